//! Results kept between the compilations of one project, each with what it was made from.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use crate::config::JsonFile;
use crate::diagnostic::Diagnostic;
use crate::script::Script;
use crate::style::{CompiledStyle, StyleOptions};
use crate::template::CompiledTemplate;
use crate::template::scripts::CompiledScript;

/// Everything that is kept. Entries of files that are no longer used stay; they cost memory only.
#[derive(Debug, Default)]
pub struct Cache {
    pub json: HashMap<String, Kept<Result<JsonFile, Box<Diagnostic>>>>,
    pub scripts: HashMap<String, Kept<Script>>,
    pub modules: HashMap<String, Module>,
    pub templates: HashMap<String, Kept<CompiledTemplate>>,
    pub template_scripts: HashMap<String, Kept<CompiledScript>>,
    pub styles: HashMap<String, KeptStyle>,
    pub assets: HashMap<String, Asset>,
    /// How often something kept was used in this compilation.
    pub reused: usize,
}

/// A result with the hash of the text it was made from.
#[derive(Debug)]
pub struct Kept<T> {
    pub hash: u64,
    pub value: Arc<T>,
    /// The file it became, where it became one as it is.
    pub file: Option<OutputFile>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { hash: self.hash, value: Arc::clone(&self.value), file: self.file.clone() }
    }
}

/// Bytes of a package file and its lines.
#[derive(Debug, Clone)]
pub struct OutputFile {
    pub bytes: Arc<[u8]>,
    pub lines: u32,
}

impl OutputFile {
    pub fn new(text: String) -> Self {
        let lines = text.bytes().filter(|byte| *byte == b'\n').count() as u32;
        Self { bytes: text.into_bytes().into(), lines }
    }
}

/// A linked module.
#[derive(Debug, Clone)]
pub struct Module {
    pub hash: u64,
    pub resolved: Vec<Option<String>>,
    pub file: OutputFile,
}

#[derive(Debug, Clone)]
pub struct KeptStyle {
    pub options: StyleOptions,
    pub style: Arc<CompiledStyle>,
    pub file: OutputFile,
}

#[derive(Debug, Clone)]
pub struct Asset {
    pub modified: Option<SystemTime>,
    pub size: u64,
    pub bytes: Arc<[u8]>,
}

impl Cache {
    /// Forgets what depends on which files there are, beside what they say.
    pub fn files_came_or_went(&mut self) {
        self.styles.clear();
    }
}
