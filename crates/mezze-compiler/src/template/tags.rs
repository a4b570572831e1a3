//! A walk over a parsed template: the files it names, the tags it uses, and habits that deserve a warning.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use glass_easel_template_compiler::parse::tag::{Element, ElementKind, Node, Script, StrName, Value};
use glass_easel_template_compiler::parse::{Position, Template, TemplateStructure};

use super::TemplateReference;
use super::places::Places;
use crate::diagnostic::{Diagnostic, catalog};
use crate::project::paths;

/// HTML elements that makers write by habit; the original host draws them as unknown elements.
const HTML_TAGS: [&str; 42] = [
    "div", "span", "p", "a", "img", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "table", "thead",
    "tbody", "tr", "td", "th", "section", "header", "footer", "article", "nav", "aside", "main", "strong", "em", "b",
    "i", "u", "s", "small", "pre", "code", "dl", "dt", "dd", "center",
];

/// What the walk found.
pub struct Walked {
    pub templates: Vec<TemplateReference>,
    pub scripts: Vec<TemplateReference>,
    pub tags: BTreeSet<String>,
    pub findings: Vec<Diagnostic>,
}

pub fn walk(tree: &Template, file: &str, source: &Arc<str>, places: &Places) -> Walked {
    let walked = Walked { templates: vec![], scripts: vec![], tags: BTreeSet::new(), findings: vec![] };
    let mut walker = Walker { path: &tree.path, file, source, places, walked, html: BTreeSet::new() };
    for import in &tree.globals.imports {
        walker.reference(&import.src);
    }
    for include in &tree.globals.includes {
        walker.reference(&include.src);
    }
    for script in &tree.globals.scripts {
        if let Script::GlobalRef { src, .. } = script {
            let reference = walker.resolved(src);
            walker.walked.scripts.push(reference);
        }
    }
    for template in &tree.globals.sub_templates {
        walker.nodes(&template.content);
    }
    walker.nodes(&tree.content);
    walker.walked
}

struct Walker<'a> {
    path: &'a str,
    file: &'a str,
    source: &'a Arc<str>,
    places: &'a Places,
    walked: Walked,
    /// HTML tags that were already remarked on in this file.
    html: BTreeSet<String>,
}

impl Walker<'_> {
    fn span(&self, range: &Range<Position>) -> Range<usize> {
        self.places.range(self.source, range)
    }

    fn resolved(&self, name: &StrName) -> TemplateReference {
        let path = paths::resolve(paths::folder(self.path), &name.name);
        TemplateReference { path, span: self.span(&name.location()) }
    }

    fn reference(&mut self, name: &StrName) {
        let reference = self.resolved(name);
        if !self.walked.templates.iter().any(|other| other.path == reference.path) {
            self.walked.templates.push(reference);
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            if let Node::Element(element) = node {
                self.element(element);
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match &element.kind {
            ElementKind::Normal { tag_name, children, generics, .. } => {
                let tag = tag_name.name.to_string();
                self.html_tag(&tag, &tag_name.location());
                for generic in generics {
                    self.walked.tags.insert(generic.value.name.to_string());
                }
                self.walked.tags.insert(tag);
                self.nodes(children);
            }
            ElementKind::Pure { children, .. } => self.nodes(children),
            ElementKind::For { list, children, .. } => {
                if let Value::Static { value, .. } = &list.1 {
                    let finding = catalog::loop_without_braces(self.file, value);
                    self.walked.findings.push(finding.at(self.source, self.span(&list.0)));
                }
                self.nodes(children);
            }
            ElementKind::If { branches, else_branch, .. } => {
                branches.iter().for_each(|(_, _, children)| self.nodes(children));
                if let Some((_, children)) = else_branch {
                    self.nodes(children);
                }
            }
            _ => {}
        }
    }

    /// One remark for each HTML tag and file is enough.
    fn html_tag(&mut self, tag: &str, location: &Range<Position>) {
        if HTML_TAGS.contains(&tag) && self.html.insert(tag.to_owned()) {
            let finding = catalog::html_tag(self.file, tag).at(self.source, self.span(location));
            self.walked.findings.push(finding);
        }
    }
}
