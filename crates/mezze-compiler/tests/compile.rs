//! The interface: packages, incremental compilation, positions, and bad input.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mezze_compiler::{Build, CompileOptions, Compiler, Limits, OpenProjectError, Project};
use mezze_package::Package;
use tempfile::TempDir;

const INDEX: &str = "pages/index/index";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn small() -> TempDir {
    project(&[
        ("project.config.json", r#"{"appid": "wx0123456789abcdef"}"#),
        ("app.json", r#"{"pages": ["pages/index/index"]}"#),
        ("app.js", "const { greet } = require('./greet')\nApp({ greet })\n"),
        ("app.wxss", "@import './common.wxss';\n"),
        ("common.wxss", ".a { width: 75rpx }\n"),
        ("greet.js", "export const greet = () => 'hello'\n"),
        ("pages/index/index.wxml", "<view a=\"{{b}}\" c=\"{{d}}\" e=\"{{f}}\" g=\"{{h}}\">{{a}}{{i}}</view>\n"),
        ("pages/index/index.ts", "type A = string\n\nconst a: A = 'b'\nPage({ data: { a } })\nthrow new Error(a)\n"),
        ("images/a.png", "picture"),
    ])
}

fn compile(folder: &TempDir, options: CompileOptions) -> (Compiler, Build) {
    let mut compiler = Compiler::new(options);
    let build = compiler.compile(&Project::open(folder.path()).unwrap());
    (compiler, build)
}

fn changed_files(before: &Build, after: &Build) -> Vec<String> {
    let differs = |path: &String, bytes: &Arc<[u8]>| before.files.get(path) != Some(bytes);
    let mut changed: Vec<String> =
        after.files.iter().filter(|(path, bytes)| differs(path, bytes)).map(|(path, _)| path.clone()).collect();
    changed.extend(before.files.keys().filter(|path| !after.files.contains_key(*path)).map(|path| format!("-{path}")));
    changed
}

fn codes(build: &Build) -> Vec<&str> {
    build.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn the_package_reads_back_and_is_the_same_each_time() {
    let folder = small();
    let (_, build) = compile(&folder, CompileOptions::default());
    assert!(!build.has_errors(), "{:?}", build.diagnostics);
    let bytes = build.package().unwrap();
    let package = Package::read(&bytes, &Limits::default()).unwrap();
    assert_eq!(package.app_config().unwrap(), build.config.clone().unwrap());
    assert_eq!(package.manifest().unwrap(), build.manifest.clone().unwrap());
    assert_eq!(package.get("file/images/a.png"), Some(b"picture".as_slice()));
    let (_, again) = compile(&folder, CompileOptions::default());
    assert_eq!(again.package().unwrap(), bytes);
}

#[test]
fn scripts_say_how_many_lines_they_have() {
    let (_, build) = compile(&small(), CompileOptions::default());
    let config = build.config.as_ref().unwrap();
    for package in &config.packages {
        let listed = package.scripts.iter().map(|script| (&script.file, script.lines));
        for (file, lines) in listed.chain(package.templates.iter().map(|template| (&template.file, template.lines))) {
            let text = String::from_utf8(build.files[file].to_vec()).unwrap();
            assert!(text.ends_with('\n'), "{file} ends with a newline");
            assert_eq!(text.lines().count(), lines as usize, "{file}");
        }
    }
}

#[test]
fn development_builds_allow_any_origin_and_have_source_maps() {
    let (_, build) = compile(&small(), CompileOptions { development: true, ..CompileOptions::default() });
    let config = serde_json::to_value(build.config.as_ref().unwrap()).unwrap();
    assert_eq!(config["origins"]["request"], serde_json::json!(["*"]));
    assert!(build.manifest.as_ref().unwrap().mezze.development);
    let map: serde_json::Value = serde_json::from_str(&build.source_maps["script/app.js"]).unwrap();
    assert_eq!(map["sources"], serde_json::json!(["app.js"]));
}

#[test]
fn positions_lead_back_to_the_makers_own_lines() {
    let (_, build) = compile(&small(), CompileOptions::default());
    let plain = build.original_position("script/app.js", 3, 1).unwrap();
    assert_eq!((plain.file.as_str(), plain.line, plain.column), ("app.js", 2, 1));
    let file = "script/pages/index/index.js";
    let text = String::from_utf8(build.files[file].to_vec()).unwrap();
    let line = text.lines().position(|line| line.starts_with("throw")).unwrap() as u32 + 1;
    let typed = build.original_position(file, line, 1).unwrap();
    assert_eq!((typed.file.as_str(), typed.line), ("pages/index/index.ts", 5));
    assert_eq!(build.original_position("script/nowhere.js", 1, 1), None);
}

#[test]
fn recompiling_does_only_what_changed() {
    let folder = small();
    let (mut compiler, first) = compile(&folder, CompileOptions::default());
    write(folder.path(), "greet.js", "export const greet = () => 'good morning'\n");
    let second = compiler.recompile(&[folder.path().join("greet.js")]);
    assert_eq!(changed_files(&first, &second), ["script/greet.js"]);
    // app.js, the page's script, its template and the app's style sheet.
    assert_eq!(second.stats.reused, 4);
    write(folder.path(), "common.wxss", ".a { width: 150rpx }\n");
    let third = compiler.recompile(&[PathBuf::from("common.wxss")]);
    assert_eq!(changed_files(&second, &third), ["style/app.css"]);
    assert!(String::from_utf8_lossy(&third.files["style/app.css"]).contains("20vw"));
}

#[test]
fn recompiling_notices_files_that_come_and_go() {
    let folder = small();
    let (mut compiler, first) = compile(&folder, CompileOptions::default());
    assert!(codes(&first).is_empty());
    fs::remove_file(folder.path().join("greet.js")).unwrap();
    let without = compiler.recompile(&[folder.path().join("greet.js")]);
    assert_eq!(codes(&without), ["script/missing-module"]);
    assert!(!without.files.contains_key("script/greet.js"));
    write(folder.path(), "greet/index.ts", "export const greet: string = 'x'\n");
    write(folder.path(), "images/b.png", "other");
    let with = compiler.recompile(&[folder.path().join("greet"), folder.path().join("images/b.png")]);
    assert!(codes(&with).is_empty(), "{:?}", with.diagnostics);
    assert!(with.files.contains_key("script/greet/index.js"));
    assert!(with.files.contains_key("file/images/b.png"));
    let fresh = compile(&folder, CompileOptions::default()).1;
    assert_eq!(fresh.files, with.files);
}

#[test]
fn a_folder_without_a_project_is_refused() {
    let folder = project(&[("README.txt", "nothing here")]);
    assert!(matches!(Project::open(folder.path()), Err(OpenProjectError::NoApplication { .. })));
    assert!(matches!(Project::open(&folder.path().join("none")), Err(OpenProjectError::NoFolder(_))));
    let named = project(&[("project.config.json", r#"{"miniprogramRoot": "gone/"}"#)]);
    assert!(matches!(Project::open(named.path()), Err(OpenProjectError::NoSourceRoot { .. })));
    let broken = project(&[("project.config.json", "{"), ("app.json", "{}")]);
    assert!(matches!(Project::open(broken.path()), Err(OpenProjectError::Unreadable { .. })));
}

#[test]
fn configuration_that_can_not_be_used_is_said_and_nothing_else() {
    for (app, code) in [("{", "json/syntax"), ("[]", "json/not-an-object"), (r#"{"pages": []}"#, "config/no-pages")] {
        let (_, build) = compile(&project(&[("app.json", app)]), CompileOptions::default());
        assert_eq!(codes(&build), [code]);
        assert!(build.has_errors() && build.config.is_none() && build.files.is_empty());
    }
    let folder = project(&[("project.config.json", r#"{"miniprogramRoot": "src/"}"#), ("src/app.js", "App({})")]);
    assert_eq!(codes(&compile(&folder, CompileOptions::default()).1), ["config/no-app"]);
}

#[test]
fn an_asset_that_is_too_large_is_named() {
    let folder = small();
    let file = fs::File::create(folder.path().join("images/huge.mp4")).unwrap();
    file.set_len(40 * 1024 * 1024).unwrap();
    let (_, build) = compile(&folder, CompileOptions::default());
    let problem = build.diagnostics.iter().find(|diagnostic| diagnostic.code == "file/too-large").unwrap();
    assert_eq!(problem.file, "images/huge.mp4");
    assert!(problem.message.contains("40.0 MB") && problem.message.contains("30.0 MB"), "{}", problem.message);
    assert!(build.has_errors());
}

#[test]
fn identity_comes_from_the_options_first() {
    let options = CompileOptions {
        app_id: Some("Org.Other".to_owned()),
        version: Some("9.8".to_owned()),
        ..CompileOptions::default()
    };
    let manifest = compile(&small(), options).1.manifest.unwrap();
    assert_eq!(
        (manifest.app_id.as_str(), manifest.version.name.as_str(), manifest.version.code),
        ("org.other", "9.8", 9_008_000)
    );
    let wrong = CompileOptions { app_id: Some("not an id".to_owned()), ..CompileOptions::default() };
    assert_eq!(codes(&compile(&small(), wrong).1), ["config/identity"]);
}

#[test]
fn findings_are_json_for_tools_and_readable_for_people() {
    let folder = small();
    write(folder.path(), &format!("{INDEX}.wxml"), "<view>\n  {{ a + }}\n</view>");
    let (_, build) = compile(&folder, CompileOptions::default());
    let finding = build.diagnostics.first().unwrap().clone();
    let json = serde_json::to_value(&finding).unwrap();
    let members: BTreeMap<String, serde_json::Value> = serde_json::from_value(json).unwrap();
    assert_eq!(members["file"], "pages/index/index.wxml");
    assert_eq!((&members["line"], &members["severity"]), (&2.into(), &"error".into()));
    let mut text = String::new();
    miette::NarratableReportHandler::new().render_report(&mut text, &finding).unwrap();
    assert!(text.contains("pages/index/index.wxml") && text.contains("line 2"), "{text}");
}

#[test]
fn texts_that_nest_too_deep_are_refused_with_their_place() {
    let deep = format!("Page({}1{})", "(".repeat(30_000), ")".repeat(30_000));
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a", "pages/b"]}"#),
        ("pages/a.wxml", &"<view>".repeat(3_000)),
        ("pages/a.js", &deep),
        ("pages/a.wxss", &"a{".repeat(3_000)),
        ("pages/b.json", &"[".repeat(100_000)),
        ("pages/b.js", "Page({})"),
    ]);
    let (_, build) = compile(&folder, CompileOptions::default());
    let found: Vec<(&str, &str)> =
        build.diagnostics.iter().map(|finding| (finding.code, finding.file.as_str())).collect();
    for file in ["pages/a.js", "pages/a.wxml", "pages/a.wxss", "pages/b.json"] {
        assert!(found.contains(&("file/nested-too-deep", file)), "{file}: {found:?}");
    }
}

/// The parser does not go on from one by itself, and takes all memory.
#[test]
fn a_full_width_space_between_attributes_is_a_space() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a"]}"#),
        ("pages/a.wxml", "<view\u{3000}id=\"b\u{3000}c\">d\u{A0}e</view\u{3000}><wxs module=\"m\">var\u{3000}f</wxs>"),
        ("pages/a.js", "Page({})"),
    ]);
    let (_, build) = compile(&folder, CompileOptions::default());
    assert!(!build.has_errors(), "{:?}", build.diagnostics);
    let template = String::from_utf8_lossy(&build.files["template/pages/a.js"]);
    assert!(template.contains("d\\u{a0}e") && template.contains("b\\u{3000}c"), "{template}");
    assert!(template.contains("var\u{3000}f") && !template.contains("fd"), "{template}");
}

#[test]
fn a_template_script_may_assign_to_a_constructor() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a"]}"#),
        ("pages/a.wxml", "<wxs module=\"m\">var a = {}; a.b.constructor = a.constructor; module.exports = a</wxs>"),
        ("pages/a.js", "Page({})"),
    ]);
    let (_, build) = compile(&folder, CompileOptions::default());
    assert!(!build.has_errors(), "{:?}", build.diagnostics);
    let template = String::from_utf8_lossy(&build.files["template/pages/a.js"]);
    assert!(template.contains("a.b.constructor = _mezzeKind(a)"), "{template}");
}

#[test]
fn of_very_many_remarks_on_a_template_the_first_are_told() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a"]}"#),
        ("pages/a.wxml", &format!("<view {}/>", "} 'b' ".repeat(20_000))),
        ("pages/a.js", &format!("Page({{}})\n{}", "\\ ".repeat(30_000))),
        ("pages/a.wxss", &"}\n".repeat(30_000)),
    ]);
    let (_, build) = compile(&folder, CompileOptions::default());
    for file in ["pages/a.js", "pages/a.wxss"] {
        let told = build.diagnostics.iter().filter(|finding| finding.file == file).count();
        assert!((1..=100).contains(&told), "{file}: {told}");
    }
    let told = build.diagnostics.iter().filter(|finding| finding.file == "pages/a.wxml").count();
    assert!((1..=200).contains(&told), "{told}");
}
