//! Dialect front ends. Each reads a project as its makers write it and hands on the common form;
//! nothing behind this module knows which dialect an app came from, except the API namespace it is given.
//!
//! A front end decides: where the source root is, what the configuration files mean, which file extensions stand for
//! templates, styles and template scripts, and how template text is brought to the form the template compiler reads.

pub mod wechat;

use std::fmt;
use std::path::{Path, PathBuf};

use mezze_model::AppConfig;
use mezze_model::app_config::{Renderer, StyleIsolation, WindowConfig};
use mezze_model::manifest::{DataUse, PermissionRequest};

use crate::config::JsonFile;
use crate::diagnostic::Diagnostic;
use crate::project::{OpenProjectError, Project, Sources};

/// File extensions of a dialect, most specific first, without dots.
#[derive(Debug, Clone, Copy)]
pub struct Extensions {
    pub template: &'static [&'static str],
    pub style: &'static [&'static str],
    pub template_script: &'static [&'static str],
    /// In order of preference where several stand beside each other.
    pub script: &'static [&'static str],
}

/// A front end.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// The source root, where `root` is a project of this dialect.
    fn find_source_root(&self, root: &Path) -> Result<Option<PathBuf>, OpenProjectError>;

    /// The folder of a plugin that is developed beside the app, where there is one.
    fn find_plugin_root(&self, _root: &Path) -> Option<PathBuf> {
        None
    }

    fn extensions(&self) -> Extensions;

    /// Reads the app's configuration. `None` where there is nothing to go on with; the reason is among `findings`.
    fn read_application(
        &self,
        project: &Project,
        sources: &Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Application>;

    /// Reads a page's or component's configuration from its JSON.
    fn read_component(&self, file: JsonFile, findings: &mut Vec<Diagnostic>) -> ComponentDeclaration;
}

/// All front ends, in the order in which a folder is offered to them.
pub fn all() -> &'static [&'static dyn Dialect] {
    &[&wechat::WeChat]
}

/// An app's configuration in the common form, before its pages and components are linked.
#[derive(Debug)]
pub struct Application {
    /// Complete except for `pages`, `components`, `global_components` and the files of `packages`.
    pub config: AppConfig,
    pub file: JsonFile,
    pub pages: Vec<DeclaredPage>,
    pub global_components: Vec<ComponentReference>,
    /// Components that no JSON names but the host uses (a custom tab bar).
    pub host_components: Vec<String>,
    /// `("~/*", "/*")`: prefixes of module and component paths.
    pub aliases: Vec<(String, String)>,
    /// Scripts that run without being required, without extension: the app's own first.
    pub entry_scripts: Vec<String>,
    /// Folders whose scripts are loaded by name at run time (workers).
    pub script_folders: Vec<String>,
    /// Style sheets of libraries that every page gets before the app's own.
    pub library_styles: Vec<String>,
    pub identity: Identity,
    /// The engine of pages that name none.
    pub renderer: Option<Renderer>,
    /// What Skyline pages that say nothing start from.
    pub layout: LayoutDefaults,
    /// Rules for files that stay out of the package.
    pub ignored: Vec<IgnoreRule>,
}

/// What the manifest says beside the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    pub name: Option<String>,
    pub description: Option<String>,
    /// Path of a file of the project.
    pub icon: Option<String>,
    pub category: Option<String>,
    pub developer: Option<String>,
    /// Permissions that the app can't work without.
    pub required_permissions: Vec<PermissionRequest>,
    /// Permissions that it works without.
    pub permissions: Vec<PermissionRequest>,
    /// Its data agreement.
    pub data: Vec<DataUse>,
}

#[derive(Debug, Clone)]
pub struct DeclaredPage {
    pub path: String,
    /// Root of its code package.
    pub package: String,
    /// Where the configuration names it.
    pub place: Vec<String>,
    /// What its subpackage says.
    pub renderer: Option<Renderer>,
}

/// A tag and the component path it stands for, as written.
#[derive(Debug, Clone)]
pub struct ComponentReference {
    pub tag: String,
    pub written: String,
    pub place: Vec<String>,
}

/// One rule of what not to pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IgnoreRule {
    File(String),
    Folder(String),
    Suffix(String),
    Prefix(String),
    Glob(String),
    Regex(String),
}

/// A page's or component's configuration before its references are resolved.
#[derive(Debug, Clone)]
pub struct ComponentDeclaration {
    pub file: JsonFile,
    pub component: bool,
    pub using: Vec<ComponentReference>,
    /// Generic name and the written path of its default.
    pub generics: Vec<(String, Option<ComponentReference>)>,
    pub placeholder: Vec<(String, String)>,
    pub style_isolation: Option<StyleIsolation>,
    pub add_global_class: Option<bool>,
    pub virtual_host: Option<bool>,
    pub pure_data_pattern: Option<String>,
    pub window: WindowConfig,
    pub renderer: Option<Renderer>,
    pub layout: LayoutDefaults,
}

/// Which of Skyline's layout defaults are turned back to the web's.
#[derive(Debug, Clone, Copy, Default)]
pub struct LayoutDefaults {
    pub display_block: Option<bool>,
    pub content_box: Option<bool>,
}
