//! How large a page's tree is, and what it says.

use serde::Serialize;

use super::{NodeKind, Tree};

/// Figures of one tree, as WeChat's audit counts them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TreeFigures {
    /// Elements, the root among them.
    pub nodes: u32,
    pub depth: u32,
    /// Children of the element that has most.
    pub children: u32,
    /// Elements that show something: text, pictures, fields and what has a look of its own.
    pub drawn: u32,
    pub images: u32,
}

/// Built-in components that show something without text in them.
const VISIBLE: [&str; 22] = [
    "image",
    "icon",
    "input",
    "textarea",
    "button",
    "switch",
    "slider",
    "checkbox",
    "radio",
    "progress",
    "canvas",
    "video",
    "map",
    "camera",
    "live-player",
    "live-pusher",
    "web-view",
    "cover-image",
    "picker-view",
    "ad",
    "rich-text",
    "editor",
];

impl Tree {
    pub fn figures(&self) -> TreeFigures {
        let mut figures = TreeFigures::default();
        for (_, depth, node) in self.walk() {
            match &node.kind {
                NodeKind::Element(tag) => {
                    figures.nodes += 1;
                    figures.depth = figures.depth.max(depth);
                    let elements = node.children.iter().filter(|child| self.is_element(**child)).count();
                    figures.children = figures.children.max(u32::try_from(elements).unwrap_or(u32::MAX));
                    figures.images += u32::from(tag == "image");
                    let says = node.children.iter().any(|child| self.says_something(*child));
                    figures.drawn += u32::from(says || VISIBLE.contains(&tag.as_str()));
                }
                NodeKind::Text | NodeKind::Fragment => {}
            }
        }
        figures
    }

    fn is_element(&self, id: u32) -> bool {
        self.get(id).is_some_and(|node| matches!(node.kind, NodeKind::Element(_)))
    }

    fn says_something(&self, id: u32) -> bool {
        self.get(id).is_some_and(|node| node.kind == NodeKind::Text && !node.text.trim().is_empty())
    }

    /// All text on the page, one line a node, up to so many bytes.
    pub fn visible_text(&self, most: usize) -> String {
        let mut text = String::new();
        for (_, _, node) in self.walk() {
            let own = if node.kind == NodeKind::Text { node.text.trim() } else { "" };
            if own.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            if text.len() + own.len() > most {
                text.push('…');
                break;
            }
            text.push_str(own);
        }
        text
    }
}
