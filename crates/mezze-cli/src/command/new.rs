//! `mezze new DIR`: a small mini app to start from.

use crate::failure::Failure;
use crate::terminal::Terminal;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder to make
    folder: PathBuf,
    /// App id; made from the folder's name where it is not given
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,
    /// Name that users see; the folder's name where it is not given
    #[arg(long)]
    name: Option<String>,
}

/// Path in the new project, and text with `{{name}}` and `{{app_id}}` in it.
const FILES: &[(&str, &str)] = &[
    ("project.config.json", include_str!("../../template/project.config.json")),
    ("app.json", include_str!("../../template/app.json")),
    ("app.js", include_str!("../../template/app.js")),
    ("app.wxss", include_str!("../../template/app.wxss")),
    ("pages/index/index.json", include_str!("../../template/pages/index/index.json")),
    ("pages/index/index.js", include_str!("../../template/pages/index/index.js")),
    ("pages/index/index.wxml", include_str!("../../template/pages/index/index.wxml")),
    ("pages/index/index.wxss", include_str!("../../template/pages/index/index.wxss")),
];

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<(), Failure> {
    let folder = &arguments.folder;
    let folder_name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("mini-app");
    let name = arguments.name.clone().unwrap_or_else(|| folder_name.to_owned());
    let app_id = arguments.app_id.clone().unwrap_or_else(|| id_from(folder_name));
    if let Err(problem) = app_id.parse::<mezze_model::AppId>() {
        return Err(Failure::new(problem.to_string(), "give another one with --app-id, for example org.example.menu"));
    }
    refuse_full(folder)?;
    for (path, text) in FILES {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Failure::writing(parent, &error))?;
        }
        let text = text.replace("{{name}}", &escaped(&name)).replace("{{app_id}}", &app_id);
        std::fs::write(&target, text).map_err(|error| Failure::writing(&target, &error))?;
    }
    terminal.result(&format!("Made {name} ({app_id}) in {}", folder.display()));
    terminal.hint(&format!("run `mezze dev {}` to see it", folder.display()));
    Ok(())
}

fn refuse_full(folder: &Path) -> Result<(), Failure> {
    let occupied = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::writing(folder, &error)),
    };
    if occupied {
        return Err(Failure::new(
            format!("{} is not empty", folder.display()),
            "choose another folder; nothing was changed",
        ));
    }
    Ok(())
}

/// `My Menu` becomes `org.example.my-menu`.
fn id_from(folder_name: &str) -> String {
    let words: String = folder_name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    let words = words.trim_matches('-');
    format!("org.example.{}", if words.is_empty() { "mini-app" } else { words })
}

/// The name as it stands inside a JSON or JavaScript string.
fn escaped(name: &str) -> String {
    let quoted = serde_json::Value::from(name).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::id_from;

    #[test]
    fn makes_an_id_of_a_folder_name() {
        assert_eq!(id_from("My Menu"), "org.example.my-menu");
        assert_eq!(id_from("菜单"), "org.example.mini-app");
    }
}
