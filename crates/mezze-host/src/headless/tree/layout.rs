//! The boxes that nodes are taken to have. An estimate, and nothing more: blocks stand below one another, text takes the
//! lines that its length needs, built-in components have the size that they have without a style, and of all styles
//! only sizes and `display: none` in `style` attributes are read. Style sheets are not.
//!
//! It is there so that code which measures gets figures that a page could have (never all zeros, never not a number),
//! not so that anyone believes them. What needs real figures needs a browser.

use std::collections::HashMap;

use super::{Node, NodeId, NodeKind, ROOT, Tree};

/// Where a node lies, CSS pixels from the page's top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Box {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The window that a page lies in, CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Viewport {
    pub width: f64,
    pub height: f64,
}

/// All boxes of one state of a tree.
#[derive(Debug, Default)]
pub struct Layout {
    boxes: HashMap<NodeId, Box>,
    /// Height of everything in the page.
    pub content_height: f64,
}

const FONT_SIZE: f64 = 16.0;
const LINE_HEIGHT: f64 = 22.0;
/// Deeper nodes get no box; a page that deep is stopped anyway.
const DEEPEST: u32 = 512;

impl Layout {
    pub fn of(tree: &Tree, viewport: Viewport) -> Self {
        let mut pass = Pass { tree, viewport, boxes: HashMap::new() };
        let content_height = pass.block(ROOT, 0.0, 0.0, viewport.width, 0);
        pass.boxes.insert(
            ROOT,
            Box { left: 0.0, top: 0.0, width: viewport.width, height: content_height.max(viewport.height) },
        );
        Self { boxes: pass.boxes, content_height }
    }

    pub fn get(&self, id: NodeId) -> Box {
        self.boxes.get(&id).copied().unwrap_or_default()
    }
}

struct Pass<'a> {
    tree: &'a Tree,
    viewport: Viewport,
    boxes: HashMap<NodeId, Box>,
}

impl Pass<'_> {
    /// Lays a node out and answers the height it takes from what follows.
    fn block(&mut self, id: NodeId, left: f64, top: f64, available: f64, depth: u32) -> f64 {
        let Some(node) = self.tree.get(id).filter(|_| depth < DEEPEST) else { return 0.0 };
        let style = Style::read(&node.style);
        if style.is("display", "none") || node.is_set("hidden") {
            self.boxes.insert(id, Box { left, top, width: 0.0, height: 0.0 });
            return 0.0;
        }
        let natural = natural_size(node, available);
        let width = style.length("width", available, self.viewport).or(natural.0).unwrap_or(available);
        let content = self.children(node, left, top, width, depth);
        let height = style
            .length("height", self.viewport.height, self.viewport)
            .or(natural.1)
            .unwrap_or(content)
            .max(style.length("min-height", self.viewport.height, self.viewport).unwrap_or(0.0));
        self.boxes.insert(id, Box { left, top, width, height });
        if style.is("position", "fixed") || style.is("position", "absolute") { 0.0 } else { height }
    }

    fn children(&mut self, node: &Node, left: f64, top: f64, width: f64, depth: u32) -> f64 {
        let mut used = 0.0;
        let mut letters = 0.0;
        for child in &node.children {
            match self.tree.get(*child) {
                Some(Node { kind: NodeKind::Text, text, .. }) => letters += text_width(text.trim()),
                Some(child_node) if child_node.tag() == Some("text") => {
                    let inner = self.inline_width(child_node);
                    let shown = Box {
                        left,
                        top: top + used,
                        width: inner.min(width),
                        height: if inner > 0.0 { lines(inner, width) * LINE_HEIGHT } else { 0.0 },
                    };
                    self.boxes.insert(*child, shown);
                    letters += inner;
                }
                Some(_) => {
                    used += line_height(&mut letters, width);
                    used += self.block(*child, left, top + used, width, depth + 1);
                }
                None => {}
            }
        }
        used + line_height(&mut letters, width)
    }

    fn inline_width(&self, node: &Node) -> f64 {
        node.children
            .iter()
            .filter_map(|child| self.tree.get(*child))
            .map(|child| if child.kind == NodeKind::Text { text_width(child.text.trim()) } else { 0.0 })
            .sum()
    }
}

/// Height of the text that has come together, which is used up with it.
fn line_height(letters: &mut f64, width: f64) -> f64 {
    let length = std::mem::take(letters);
    if length == 0.0 { 0.0 } else { lines(length, width) * LINE_HEIGHT }
}

fn lines(length: f64, width: f64) -> f64 {
    (length / width.max(FONT_SIZE)).ceil().clamp(1.0, 10_000.0)
}

/// Letters of Latin script take half of what a Chinese character takes.
fn text_width(text: &str) -> f64 {
    text.chars().map(|letter| if u32::from(letter) > 0xff { FONT_SIZE } else { FONT_SIZE / 2.0 }).sum()
}

/// Width and height of a built-in component that has no style; nothing where it is as large as what is in it.
fn natural_size(node: &Node, available: f64) -> (Option<f64>, Option<f64>) {
    let Some(tag) = node.tag() else { return (None, None) };
    match tag {
        "image" => (Some(320.0_f64.min(available)), Some(240.0)),
        "icon" => (Some(23.0), Some(23.0)),
        "button" => (None, Some(46.0)),
        "input" => (None, Some(LINE_HEIGHT)),
        "textarea" => (Some(300.0_f64.min(available)), Some(150.0)),
        "switch" => (Some(52.0), Some(32.0)),
        "slider" => (None, Some(44.0)),
        "checkbox" | "radio" => (Some(23.0), Some(23.0)),
        "progress" => (None, Some(6.0)),
        "swiper" => (None, Some(150.0)),
        "canvas" | "video" | "map" | "camera" | "live-player" | "live-pusher" => {
            (Some(300.0_f64.min(available)), Some(225.0))
        }
        "picker-view" => (None, Some(200.0)),
        _ => (None, None),
    }
}

/// Declarations of a `style` attribute.
struct Style<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Style<'a> {
    fn read(text: &'a str) -> Self {
        let declarations = text.split(';').filter_map(|declaration| declaration.split_once(':'));
        Self(declarations.map(|(name, value)| (name.trim(), value.trim())).collect())
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.value(name).is_some_and(|known| known.trim_end_matches("!important").trim() == value)
    }

    fn length(&self, name: &str, whole: f64, viewport: Viewport) -> Option<f64> {
        let value = self.value(name)?;
        let end = value.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(value.len());
        let amount: f64 = value[..end].parse().ok()?;
        let factor = match value[end..].trim_end_matches("!important").trim() {
            "px" => 1.0,
            "rpx" => viewport.width / 750.0,
            "vw" => viewport.width / 100.0,
            "vh" => viewport.height / 100.0,
            "%" => whole / 100.0,
            "em" | "rem" => FONT_SIZE,
            "" if amount == 0.0 => 0.0,
            _ => return None,
        };
        Some((amount * factor).clamp(0.0, 1e6))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Box, Layout, Viewport};
    use crate::headless::tree::Tree;
    use serde_json::json;

    #[test]
    fn blocks_stand_below_one_another() {
        let mut tree = Tree::new();
        let operations = json!([
            1,
            2,
            "view",
            4,
            1,
            2,
            15,
            2,
            "height: 100rpx", // 50 px at a width of 375
            1,
            3,
            "view",
            4,
            1,
            3,
            2,
            4,
            "some words",
            4,
            3,
            4,
            1,
            5,
            "image",
            4,
            1,
            5,
            15,
            5,
            "width:50%;height:20px",
            1,
            6,
            "view",
            4,
            1,
            6,
            15,
            6,
            "position:fixed;height:40px"
        ]);
        tree.apply(operations.as_array().unwrap()).unwrap();
        let layout = Layout::of(&tree, Viewport { width: 375.0, height: 700.0 });
        assert_eq!(layout.get(2), Box { left: 0.0, top: 0.0, width: 375.0, height: 50.0 });
        assert_eq!(layout.get(3), Box { left: 0.0, top: 50.0, width: 375.0, height: 22.0 });
        assert_eq!(layout.get(5), Box { left: 0.0, top: 72.0, width: 187.5, height: 20.0 });
        assert_eq!(layout.content_height, 92.0);
    }
}
