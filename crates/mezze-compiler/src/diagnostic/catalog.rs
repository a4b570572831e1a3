//! Every finding by name: what happened, then what to do.

use serde_json::Value;

use super::{Diagnostic, Severity};

// Configuration

pub fn no_application(file: &str) -> Diagnostic {
    Diagnostic::error("config/no-app", file, "the project has no app.json")
        .hint("add one with at least `{\"pages\": [\"pages/index/index\"]}`, or correct miniprogramRoot in project.config.json")
}

pub fn json_syntax(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("json/syntax", file, format!("this is not JSON: {}", first_lower(problem)))
}

/// For any file that a parser would not come back from.
pub fn nested_too_deep(file: &str) -> Diagnostic {
    Diagnostic::error("file/nested-too-deep", file, "the text nests too deep to be read")
        .hint("break it up; where a tool wrote it, have it write shorter expressions")
}

pub fn json_not_an_object(file: &str) -> Diagnostic {
    Diagnostic::error("json/not-an-object", file, "the file must hold an object").hint("write `{ … }`")
}

pub fn no_pages(file: &str) -> Diagnostic {
    Diagnostic::error("config/no-pages", file, "the app has no pages").hint("list at least one in `pages`")
}

pub fn page_path_not_text(file: &str) -> Diagnostic {
    Diagnostic::error("config/page-not-text", file, "a page is given by its path")
        .hint("write it like \"pages/index/index\"")
}

pub fn page_twice(file: &str, page: &str) -> Diagnostic {
    Diagnostic::warning("config/page-twice", file, format!("the page {page} is listed twice"))
        .hint("remove one of the two")
}

pub fn missing_page(file: &str, page: &str) -> Diagnostic {
    Diagnostic::error("config/missing-page", file, format!("there is no page {page}"))
        .hint(format!("create {page}.wxml and {page}.js, or remove the page from the list"))
}

pub fn library_not_here(file: &str, library: &str, package: &str) -> Diagnostic {
    Diagnostic::warning(
        "config/library",
        file,
        format!("the library {library} is not here, so its styles are left out"),
    )
    .hint(format!("run `npm install {package}` in the project folder"))
}

pub fn empty_subpackage(file: &str, root: &str) -> Diagnostic {
    Diagnostic::warning(
        "config/empty-subpackage",
        file,
        format!("the folder {root} is empty, so its pages are left out"),
    )
    .hint("fetch it if it is a Git submodule (`git submodule update --init`), or remove the subpackage")
}

pub fn entry_is_not_a_page(file: &str, written: &str) -> Diagnostic {
    Diagnostic::warning("config/entry-page", file, format!("the entry page {written} is not among the app's pages"))
        .hint("the first page opens instead; name one of `pages`")
}

pub fn tab_is_not_a_page(file: &str, written: &str) -> Diagnostic {
    Diagnostic::error("config/tab-page", file, format!("a tab leads to {written}, which is not among the app's pages"))
        .hint("add the page to `pages`, or name one that is there")
}

pub fn subpackage_without_root(file: &str) -> Diagnostic {
    Diagnostic::error("config/subpackage-root", file, "a subpackage has no root").hint("name its folder in `root`")
}

pub fn component_path_not_text(file: &str, tag: &str) -> Diagnostic {
    Diagnostic::error("config/component-not-text", file, format!("the component for <{tag}> is not given by a path"))
        .hint("write it like \"/components/card/card\"")
}

pub fn missing_component(file: &str, tag: &str, written: &str, is_package: bool) -> Diagnostic {
    let hint = if is_package {
        "install the package it comes from (`npm install` in the project folder), or correct the path"
    } else {
        "create the component, or correct the path"
    };
    Diagnostic::warning("config/missing-component", file, format!("there is no component {written} (for <{tag}>)"))
        .hint(format!("<{tag}> is drawn as an empty element; {hint}"))
}

pub fn missing_tab_bar(file: &str, path: &str) -> Diagnostic {
    Diagnostic::warning("config/missing-tab-bar", file, format!("the app's own tab bar is not there: {path}"))
        .hint("its pages open without a tab bar; create the component, or remove `custom`")
}

pub fn foreign_component(file: &str, tag: &str, written: &str) -> Diagnostic {
    Diagnostic::warning(
        "config/foreign-component",
        file,
        format!("<{tag}> comes from {written}, which only its own host can load"),
    )
    .hint("the tag is drawn as an empty element; use a component of the project or of a package instead")
}

pub fn foreign_plugin(file: &str, name: &str) -> Diagnostic {
    Diagnostic::warning("config/foreign-plugin", file, format!("the plugin {name} is not here: only its own host keeps it"))
        .hint("its components are drawn as empty elements and requirePlugin fails; name its source folder as pluginRoot in project.config.json to build it in")
}

pub fn unknown_style_isolation(file: &str, written: &str) -> Diagnostic {
    Diagnostic::warning("config/style-isolation", file, format!("{written} is no style isolation"))
        .hint("write isolated, apply-shared or shared; for a page also page-isolated, page-apply-shared or page-shared")
}

pub fn meaningless_value(file: &str, name: &str, value: &Value) -> Diagnostic {
    Diagnostic::warning("config/value", file, format!("`{name}` can't be {value}"))
        .hint("the setting was left out; correct its value")
}

pub fn unknown_member(file: &str, name: &str, known: &[&str]) -> Diagnostic {
    let known: Vec<&str> = known.iter().copied().filter(|name| !name.starts_with('$')).collect();
    Diagnostic::warning("config/unknown-member", file, format!("`{name}` means nothing here"))
        .hint(format!("known are {}", known.join(", ")))
}

pub fn invalid_identity(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("config/identity", file, problem)
}

pub fn invalid_origin(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("config/origin", file, problem).hint("write it like https://api.example.org, without a path")
}

pub fn invalid_permission(file: &str, name: &str) -> Diagnostic {
    Diagnostic::error("config/permission", file, format!("`{name}` is not declared as a permission is"))
        .hint("write `\"scope.userLocation\": \"why\"`, or `{\"reason\": \"why\", \"required\": true}`; a text may be given by language, `{\"en\": \"…\", \"zh\": \"…\"}`")
}

pub fn permission_without_reason(file: &str, name: &str) -> Diagnostic {
    Diagnostic::warning("config/permission-reason", file, format!("`{name}` is declared without a reason")).hint(
        format!(
            "users are told so when they are asked; add \"permission\": {{\"{name}\": {{\"desc\": \"…\"}}}} to app.json"
        ),
    )
}

pub fn invalid_data_use(file: &str, category: &str) -> Diagnostic {
    Diagnostic::error("config/data", file, format!("`{category}` is not declared as a category of data is"))
        .hint("write `\"location\": {\"purpose\": \"…\", \"retention\": \"…\"}`; both are shown to users")
}

pub fn missing_icon(file: &str, icon: &str) -> Diagnostic {
    Diagnostic::error("config/missing-icon", file, format!("there is no picture {icon}"))
        .hint("name a picture of the project")
}

pub fn manifest_problem(file: &str, member: &str, problem: &str, hint: &str) -> Diagnostic {
    Diagnostic::error("manifest/rule", file, format!("the manifest's `{member}` breaks a rule: {problem}")).hint(hint)
}

pub fn unwritable_configuration(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("config/unwritable", file, format!("the configuration can't be written: {problem}"))
}

// Files

pub fn missing_file(file: &str, path: &str) -> Diagnostic {
    Diagnostic::warning("file/missing", file, format!("there is no file {path}"))
        .hint("add the file, or correct the path")
}

pub fn unreadable(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("file/unreadable", file, format!("the file can't be read: {problem}"))
}

pub fn unpackable_name(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("file/name", file, format!("the file can't go into a package: {problem}")).hint("rename it")
}

pub fn too_large(file: &str, total: u64, limit: u64, largest: &[(String, u64)]) -> Diagnostic {
    let listed: Vec<String> = largest.iter().map(|(file, size)| format!("{file} ({})", megabytes(*size))).collect();
    Diagnostic::error(
        "file/too-large",
        file,
        format!("the app's files are {} together, {} is allowed", megabytes(total), megabytes(limit)),
    )
    .hint(format!("load large files over the network, or shrink them; the largest are {}", listed.join(", ")))
}

// Scripts

pub fn script_syntax(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("script/syntax", file, first_lower(problem))
}

pub fn missing_module(file: &str, written: &str, is_package: bool) -> Diagnostic {
    let hint = if is_package {
        "install the package it comes from (`npm install` in the project folder), or correct the name"
    } else {
        "create the file, or correct the path"
    };
    Diagnostic::warning("script/missing-module", file, format!("there is no module {written}"))
        .hint(format!("requiring it fails at run time; {hint}"))
}

pub fn computed_require(file: &str, folder: &str, count: usize) -> Diagnostic {
    Diagnostic::warning("script/computed-require", file, "which module is required here is known only at run time")
        .hint(format!("all {count} scripts below {folder} were included; name modules by literals where you can"))
}

pub fn regular_expression(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::warning(
        "script/regular-expression",
        file,
        format!("this is no regular expression: {}", first_lower(problem)),
    )
    .hint("it fails when the module runs; correct it")
}

pub fn import_meta(file: &str) -> Diagnostic {
    Diagnostic::error("script/import-meta", file, "a mini app's modules have no import.meta")
}

pub fn top_level_await(file: &str) -> Diagnostic {
    Diagnostic::error("script/top-level-await", file, "a mini app's module can't wait at its top level")
        .hint("wait inside an async function, for example in onLoad")
}

// Templates

pub fn template_remark(
    file: &str,
    severity: Severity,
    code: &'static str,
    problem: &str,
    text: &str,
    hint: Option<&str>,
) -> Diagnostic {
    let text = text.lines().next().unwrap_or_default().trim();
    let message = if text.is_empty() || text.len() > 40 { problem.to_owned() } else { format!("{problem}: {text}") };
    let finding = match severity {
        Severity::Error => Diagnostic::error(code, file, message),
        Severity::Warning => Diagnostic::warning(code, file, message),
    };
    match hint {
        Some(hint) => finding.hint(hint),
        None => finding,
    }
}

pub fn unquoted_attribute(file: &str) -> Diagnostic {
    Diagnostic::warning("template/unquoted-attribute", file, "the attribute's value has no quotes")
        .hint("put it in quotes; it was read up to the next space or the end of the tag")
}

pub fn template_failed(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("template/failed", file, format!("the template could not be compiled: {problem}"))
}

pub fn html_tag(file: &str, tag: &str) -> Diagnostic {
    let instead = match tag {
        "img" => "image",
        "span" | "a" | "b" | "i" | "u" | "em" | "strong" | "small" | "s" | "code" => "text",
        _ => "view",
    };
    Diagnostic::warning("template/html-tag", file, format!("<{tag}> is an HTML element, not a component"))
        .hint(format!("it is drawn as an element without behaviour; use <{instead}>"))
}

pub fn loop_without_braces(file: &str, value: &str) -> Diagnostic {
    Diagnostic::warning(
        "template/loop-without-braces",
        file,
        format!("wx:for repeats over the letters of the text \"{value}\""),
    )
    .hint(format!("write wx:for=\"{{{{{value}}}}}\" to repeat over the list"))
}

pub fn missing_template(file: &str, path: &str) -> Diagnostic {
    Diagnostic::warning("template/missing", file, format!("there is no template {path}"))
        .hint("nothing is drawn in its place; create the file, or correct `src`")
}

pub fn missing_template_script(file: &str, path: &str) -> Diagnostic {
    Diagnostic::warning("template/missing-script", file, format!("there is no template script {path}"))
        .hint("it counts as an empty one; create the file, or correct the path")
}

pub fn template_module_name(file: &str, name: &str) -> Diagnostic {
    Diagnostic::error("template/module-name", file, format!("a template script can't be named \"{name}\""))
        .hint("use letters, digits and _")
}

pub fn computed_template_require(file: &str) -> Diagnostic {
    Diagnostic::warning("template/computed-require", file, "a template script names what it requires by a literal")
        .hint("write require('./name.wxs')")
}

pub fn circular_template(file: &str, cycle: &[String]) -> Diagnostic {
    Diagnostic::error(
        "template/circular",
        file,
        format!("templates include each other without end: {}", cycle.join(" → ")),
    )
    .hint("take the shared part out into a template of its own")
}

// Style sheets

pub fn missing_style(file: &str, written: &str) -> Diagnostic {
    Diagnostic::warning("style/missing-import", file, format!("there is no style sheet {written}"))
        .hint("the import was left out; create the file, or correct the path")
}

pub fn remote_style(file: &str, written: &str) -> Diagnostic {
    Diagnostic::warning(
        "style/remote-import",
        file,
        format!("{written} is not part of the project and can't be imported"),
    )
    .hint("the import was left out; copy the style sheet into the project")
}

pub fn circular_style(file: &str, cycle: &[String]) -> Diagnostic {
    Diagnostic::error("style/circular", file, format!("style sheets import each other: {}", cycle.join(" → ")))
        .hint("take the shared part out into a style sheet of its own")
}

pub fn stray_brace(file: &str) -> Diagnostic {
    Diagnostic::warning("style/stray-brace", file, "this brace closes nothing")
        .hint("it was left out; remove it, or open the rule it belongs to")
}

pub fn less(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("style/less", file, format!("{problem} can't be compiled from Less here"))
        .hint("compile it beside its source first (`npx lessc NAME.less NAME.wxss`, or the project's own build step); the .wxss is then taken")
}

pub fn missing_sass_import(file: &str, written: &str) -> Diagnostic {
    Diagnostic::error("style/missing-import", file, format!("there is no style sheet {written}"))
        .hint("create the file, or correct the path")
}

pub fn sass(file: &str, problem: &str) -> Diagnostic {
    Diagnostic::error("style/sass", file, format!("Sass could not compile this: {problem}"))
}

fn first_lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        // An abbreviation or a name keeps its capitals.
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1024.0 / 1024.0)
}
