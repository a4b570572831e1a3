//! The WeChat dialect: `app.json`, `.wxml`, `.wxss`, `.wxs`, `wx`.

mod application;
mod component;
mod declared;
mod identity;
mod plugins;
mod settings;
mod tab_bar;
mod values;

use std::path::{Path, PathBuf};

use super::{Application, ComponentDeclaration, Dialect, Extensions};
use crate::config::JsonFile;
use crate::diagnostic::Diagnostic;
use crate::project::{OpenProjectError, Project, Sources, paths};

/// The front end for WeChat mini programs.
#[derive(Debug)]
pub struct WeChat;

impl Dialect for WeChat {
    fn find_source_root(&self, root: &Path) -> Result<Option<PathBuf>, OpenProjectError> {
        let Some(named) = settings::source_folder(root)? else {
            let folders = ["", "miniprogram", "dist", "src"].map(|folder| paths::join_on_disk(root, folder));
            return Ok(folders.into_iter().find(|folder| folder.join("app.json").is_file()));
        };
        let source_root = root.join(paths::resolve("", &named));
        if !source_root.is_dir() {
            return Err(OpenProjectError::NoSourceRoot { file: settings::FILE.to_owned(), source_root: named });
        }
        // A project that names its root but has no app.json in it is still ours: compiling it says what is missing.
        Ok(Some(source_root))
    }

    fn find_plugin_root(&self, root: &Path) -> Option<PathBuf> {
        let folder = root.join(paths::resolve("", &settings::plugin_folder(root)?));
        folder.join("plugin.json").is_file().then_some(folder)
    }

    fn extensions(&self) -> Extensions {
        Extensions {
            template: &["wxml"],
            style: &["wxss", "scss", "sass", "less"],
            template_script: &["wxs"],
            script: &["js", "ts"],
        }
    }

    fn read_application(
        &self,
        project: &Project,
        sources: &Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Application> {
        application::read(project, sources, findings)
    }

    fn read_component(&self, file: JsonFile, findings: &mut Vec<Diagnostic>) -> ComponentDeclaration {
        component::read(file, findings)
    }
}
