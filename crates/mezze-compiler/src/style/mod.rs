//! Style sheets: imports inlined, `rpx` as `vw`, classes scoped, type selectors prefixed, `url()` resolved.
//!
//! Input, in a component whose scope is `abc`:
//! ```css
//! @import "../common.wxss";
//! .card view { width: 375rpx; background: url(bg.png) }
//! ```
//! Output:
//! ```css
//! /* … common.wxss … */
//! .abc--card mz-view { width: 50vw; background: url("/card/bg.png") }
//! ```
//! Edits are made to the text between tokens, so that what is not understood stays as it was written.

mod font_family;
mod imports;
mod less;
mod sass;
mod scope;
mod transform;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;

pub use imports::compile;
pub use scope::{host_class, scope_name};

/// How the classes of a style sheet are named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StyleOptions {
    /// Prefix of classes (`prefix--class`); none where the sheet reaches beyond its component.
    pub scope: Option<String>,
    /// Class that stands for `:host`.
    pub host_class: String,
}

/// One compiled style sheet with everything it imports.
#[derive(Debug, Default)]
pub struct CompiledStyle {
    pub css: String,
    /// Files it was made from, with the hash of their text.
    pub dependencies: Vec<(String, u64)>,
    pub uses_host: bool,
    /// Names of the `data-` attributes that its selectors ask for.
    pub styled_data: BTreeSet<String>,
    pub findings: Vec<Diagnostic>,
}

/// Names behind `[data-…` in selectors of a compiled style sheet: `weui-theme` of `[data-weui-theme=dark]`.
fn data_attributes(css: &str) -> impl Iterator<Item = &str> {
    css.split('[').skip(1).filter_map(|rest| {
        let name = rest.trim_start().strip_prefix("data-")?;
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_');
        name.get(..end?).filter(|name| !name.is_empty())
    })
}

/// One text alone, imports left as they are.
pub(crate) fn scoped(text: &std::sync::Arc<str>, options: &StyleOptions) -> String {
    let mut css = String::with_capacity(text.len());
    if crate::nesting::too_deep_brackets(text).is_some() {
        return css;
    }
    transform::walk(text, options).edits.finish().apply(text, &mut css, |_| String::new());
    css
}

/// A Less text as SCSS; nothing where it can't be translated.
pub(crate) fn less_to_scss(text: &str) -> Option<String> {
    less::to_scss(text).ok()
}
