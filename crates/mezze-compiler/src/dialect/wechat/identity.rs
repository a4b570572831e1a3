//! Who the app is: `mezze.json` where there is one, then the developer tool's settings, then what the app says.
//!
//! `mezze.json` stands in the project folder or the source root:
//! `{"app_id", "name", "version", "description", "icon", "category", "developer", "origins", "permissions", "data"}`.

use std::path::Path;
use std::sync::Arc;

use mezze_model::{AppId, Origins, VersionName};
use serde_json::{Map, Value};

use super::declared;
use super::settings::Settings;
use crate::config::JsonFile;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::Identity;
use crate::project::{Project, paths};

pub const FILE: &str = "mezze.json";

const MEMBERS: &[&str] = &[
    "$schema",
    "app_id",
    "name",
    "version",
    "description",
    "icon",
    "category",
    "developer",
    "origins",
    "permissions",
    "data",
];
const ORIGIN_USES: &[&str] = &["request", "upload", "download", "socket", "media", "webview"];

/// What [`read`] found.
pub struct Found {
    pub app_id: AppId,
    pub version: VersionName,
    pub identity: Identity,
    pub origins: Origins,
}

/// Reads the identity and the declared origins. `None` where the app has no usable id or version; findings say why.
pub fn read(
    project: &Project,
    settings: &Settings,
    application: &JsonFile,
    findings: &mut Vec<Diagnostic>,
) -> Option<Found> {
    let file = read_file(project, findings);
    let text = |name: &str| file.string(name).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let title =
        application.object("window").and_then(|window| window.get("navigationBarTitleText")).and_then(Value::as_str);
    let package = package_json(project.root());
    let from_package =
        |name: &str| package.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let (required_permissions, permissions) = declared::permissions(application, &file, findings);
    let identity = Identity {
        name: text("name")
            .or_else(|| title.filter(|title| !title.trim().is_empty() && !title.starts_with('@')).map(str::to_owned))
            .or_else(|| settings.name.clone())
            .or_else(|| folder_name(project.root())),
        description: text("description").or_else(|| from_package("description")),
        icon: text("icon").map(|icon| paths::resolve("", &icon)),
        category: text("category"),
        developer: text("developer"),
        required_permissions,
        permissions,
        data: declared::data(&file, findings),
    };
    let app_id = match text("app_id").or_else(|| settings.app_id.clone()) {
        Some(written) => AppId::parse(&written).map_err(|error| {
            findings.push(file.place(catalog::invalid_identity(&file.file, &error.to_string()), &["app_id"]))
        }),
        None => derived_app_id(project.root()),
    };
    let version = match text("version") {
        Some(written) => VersionName::parse(&written).map_err(|error| {
            findings.push(file.place(catalog::invalid_identity(&file.file, &error.to_string()), &["version"]))
        }),
        // A version of package.json that can't be a version of ours is nobody's mistake.
        None => from_package("version")
            .map_or(Err(()), |version| VersionName::parse(&version).map_err(|_| ()))
            .or_else(|()| first_version()),
    };
    Some(Found { app_id: app_id.ok()?, version: version.ok()?, identity, origins: origins(&file, findings) })
}

fn first_version() -> Result<VersionName, ()> {
    VersionName::parse("1.0.0").map_err(|_| ())
}

fn folder_name(root: &Path) -> Option<String> {
    root.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// An id for a project that names none: `local.` and the folder's name.
fn derived_app_id(root: &Path) -> Result<AppId, ()> {
    let name = folder_name(root).unwrap_or_default().to_ascii_lowercase();
    let name: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let name = name.trim_matches('-');
    let hash = format!("{:08x}", crate::project::hash_of(&root.to_string_lossy()) as u32);
    let name = if name.is_empty() { &hash } else { name };
    AppId::parse(&format!("local.{}", &name[..name.len().min(64)])).map_err(|_| ())
}

fn read_file(project: &Project, findings: &mut Vec<Diagnostic>) -> JsonFile {
    let found = [project.root(), project.source_root()]
        .into_iter()
        .find_map(|folder| std::fs::read_to_string(folder.join(FILE)).ok());
    let Some(text) = found else { return JsonFile::empty(FILE) };
    let source: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    match JsonFile::parse(FILE, &source) {
        Ok(file) => {
            for name in file.value.keys().filter(|name| !MEMBERS.contains(&name.as_str())) {
                findings.push(file.place(catalog::unknown_member(&file.file, name, MEMBERS), &[name]));
            }
            file
        }
        Err(problem) => {
            findings.push(*problem);
            JsonFile::empty(FILE)
        }
    }
}

fn package_json(root: &Path) -> Value {
    let text = std::fs::read_to_string(root.join("package.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Each origin is checked alone, so that a bad one is named and the rest still counts.
pub(super) fn origins(file: &JsonFile, findings: &mut Vec<Diagnostic>) -> Origins {
    let mut checked = Map::new();
    for (name, list) in file.object("origins").into_iter().flatten() {
        if !ORIGIN_USES.contains(&name.as_str()) {
            findings.push(file.place(catalog::unknown_member(FILE, name, ORIGIN_USES), &["origins", name]));
            continue;
        }
        let mut good = Vec::new();
        for (index, origin) in list.as_array().into_iter().flatten().enumerate() {
            let alone = Map::from_iter([(name.clone(), Value::Array(vec![origin.clone()]))]);
            match serde_json::from_value::<Origins>(Value::Object(alone)) {
                Ok(_) => good.push(origin.clone()),
                Err(error) => {
                    let place = ["origins", name, &index.to_string()].map(str::to_owned);
                    let finding = catalog::invalid_origin(&file.file, &error.to_string());
                    findings.push(file.place(finding, &place.each_ref().map(String::as_str)));
                }
            }
        }
        checked.insert(name.clone(), Value::Array(good));
    }
    serde_json::from_value(Value::Object(checked)).unwrap_or_default()
}
