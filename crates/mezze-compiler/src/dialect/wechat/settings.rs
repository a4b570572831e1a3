//! `project.config.json`: the developer tool's settings, of which a few decide what is built.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::config::JsonFile;
use crate::diagnostic::Diagnostic;
use crate::dialect::IgnoreRule;
use crate::project::OpenProjectError;

pub const FILE: &str = "project.config.json";

/// The settings that matter for a build.
#[derive(Debug, Default)]
pub struct Settings {
    pub app_id: Option<String>,
    pub name: Option<String>,
    pub ignored: Vec<IgnoreRule>,
    /// Folders beside the app that are never part of it.
    pub outside: Vec<String>,
}

/// `miniprogramRoot` (or the older `srcMiniprogramRoot`), where the file exists and names one.
pub fn source_folder(root: &Path) -> Result<Option<String>, OpenProjectError> {
    let Ok(text) = std::fs::read_to_string(root.join(FILE)) else { return Ok(None) };
    let source: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    let file = JsonFile::parse(FILE, &source)
        .map_err(|problem| OpenProjectError::Unreadable { file: FILE.to_owned(), reason: problem.message.clone() })?;
    let named = ["srcMiniprogramRoot", "miniprogramRoot"].iter().find_map(|name| file.string(name));
    Ok(named.filter(|folder| !folder.is_empty() && *folder != "./" && *folder != "/").map(str::to_owned))
}

/// `pluginRoot`, where the file names one.
pub fn plugin_folder(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(FILE)).ok()?;
    let source: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    let file = JsonFile::parse(FILE, &source).ok()?;
    file.string("pluginRoot").filter(|folder| !folder.is_empty()).map(str::to_owned)
}

/// Reads the settings; a missing or broken file gives none (opening the project reported a broken one).
pub fn read(root: &Path, findings: &mut Vec<Diagnostic>) -> Settings {
    let Ok(text) = std::fs::read_to_string(root.join(FILE)) else { return Settings::default() };
    let source: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
    match JsonFile::parse(FILE, &source) {
        Ok(file) => Settings {
            app_id: file.string("appid").filter(|id| !id.is_empty() && *id != "touristappid").map(str::to_owned),
            name: file.string("projectname").filter(|name| !name.is_empty()).map(decode_percent),
            ignored: ignore_rules(file.value.get("packOptions").and_then(|options| options.get("ignore"))),
            outside: ["cloudfunctionRoot", "cloudfunctionTemplateRoot", "pluginRoot", "qcloudRoot", "cloudbaseRoot"]
                .iter()
                .filter_map(|name| file.string(name))
                .map(|folder| crate::project::paths::resolve("", folder))
                .filter(|folder| !folder.is_empty())
                .collect(),
        },
        Err(problem) => {
            findings.push(*problem);
            Settings::default()
        }
    }
}

fn ignore_rules(rules: Option<&Value>) -> Vec<IgnoreRule> {
    let rules = rules.and_then(Value::as_array).into_iter().flatten();
    rules
        .filter_map(|rule| {
            let value = rule.get("value")?.as_str()?.trim_start_matches("./").trim_start_matches('/').to_owned();
            Some(match rule.get("type")?.as_str()? {
                "file" => IgnoreRule::File(value),
                "folder" => IgnoreRule::Folder(value.trim_end_matches('/').to_owned()),
                "suffix" => IgnoreRule::Suffix(value),
                "prefix" => IgnoreRule::Prefix(value),
                "glob" => IgnoreRule::Glob(value),
                "regexp" => IgnoreRule::Regex(value),
                _ => return None,
            })
        })
        .collect()
}

/// The developer tool writes project names percent-encoded.
fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let decoded = (byte == b'%')
            .then(|| tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::decode_percent;

    #[test]
    fn project_names_are_decoded() {
        assert_eq!(decode_percent("ECharts%20Demo"), "ECharts Demo");
        assert_eq!(decode_percent("100%"), "100%");
        assert_eq!(decode_percent("%E5%95%86"), "商");
    }
}
