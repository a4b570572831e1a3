//! The nodes of one page, as the stream of operations makes them.
//!
//! The rules are those of the view runtime: an operation that names a node that does not exist, or that goes over a cap,
//! ends the page. Nodes lie in one table, so that no chain of them, however deep, is walked by recursion.

mod figures;
mod layout;
pub mod operations;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

pub use figures::TreeFigures;
pub use layout::{Box as NodeBox, Layout, Viewport};

/// Number of a node, as logic chose it.
pub type NodeId = u32;

/// The page's root, there from the start.
pub const ROOT: NodeId = 1;

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// With its tag.
    Element(String),
    Text,
    Fragment,
}

/// One node.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: NodeKind,
    pub text: String,
    /// Value of the `id` attribute.
    pub name: String,
    pub class: String,
    pub style: String,
    pub attributes: BTreeMap<String, Value>,
    /// Event types with their flags.
    pub listeners: BTreeMap<String, u64>,
    pub children: Vec<NodeId>,
    pub parent: Option<NodeId>,
}

impl Node {
    fn new(kind: NodeKind, text: String) -> Self {
        Self {
            kind,
            text,
            name: String::new(),
            class: String::new(),
            style: String::new(),
            attributes: BTreeMap::new(),
            listeners: BTreeMap::new(),
            children: Vec::new(),
            parent: None,
        }
    }

    /// The tag, or nothing for a text or a fragment.
    pub fn tag(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Element(tag) => Some(tag),
            _ => None,
        }
    }

    /// An attribute's text under either spelling (`hover-class`, `hoverClass`).
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes.get(name).or_else(|| {
            let camel: String = name
                .split('-')
                .enumerate()
                .map(|(index, part)| if index == 0 { part.to_owned() } else { capitalised(part) })
                .collect();
            self.attributes.get(&camel)
        })
    }

    pub fn attribute_text(&self, name: &str) -> Option<&str> {
        self.attribute(name).and_then(Value::as_str)
    }

    /// As templates write booleans: `true`, the attribute alone, or any text but `false`.
    pub fn is_set(&self, name: &str) -> bool {
        match self.attribute(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => text != "false",
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(_) => true,
        }
    }
}

fn capitalised(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A rule of the page that a stream broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub rule: &'static str,
    pub detail: String,
}

fn violation(rule: &'static str, detail: impl Into<String>) -> Violation {
    Violation { rule, detail: detail.into() }
}

/// All nodes of a page, those that are not attached too.
#[derive(Debug)]
pub struct Tree {
    nodes: HashMap<NodeId, Node>,
    /// Grows with each batch.
    pub version: u64,
}

impl Tree {
    pub fn new() -> Self {
        let root = Node::new(NodeKind::Element("page".to_owned()), String::new());
        Self { nodes: HashMap::from([(ROOT, root)]), version: 0 }
    }

    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// Applies a batch: codes and operands in one flat list.
    pub fn apply(&mut self, operations: &[Value]) -> Result<(), Violation> {
        self.version += 1;
        let mut place = 0;
        while let Some(code) = operations.get(place) {
            let code = code.as_u64().ok_or_else(|| violation("operation", "a code is no number"))?;
            let count = usize::try_from(code)
                .ok()
                .and_then(|code| operations::OPERAND_COUNT.get(code))
                .filter(|count| **count > 0)
                .ok_or_else(|| violation("operation", format!("{code} is no operation")))?;
            let operands = operations
                .get(place + 1..=place + count)
                .ok_or_else(|| violation("operation", format!("{code} lacks operands")))?;
            self.apply_one(code, operands)?;
            place += 1 + count;
        }
        Ok(())
    }

    fn apply_one(&mut self, code: u64, operands: &[Value]) -> Result<(), Violation> {
        let id = number(operands, 0)?;
        match code {
            operations::CREATE_ELEMENT => {
                let kind = NodeKind::Element(text(operands, 1, 256)?);
                self.create(id, Node::new(kind, String::new()))
            }
            operations::CREATE_TEXT => {
                let node = Node::new(NodeKind::Text, text(operands, 1, operations::LONGEST_TEXT)?);
                self.create(id, node)
            }
            operations::CREATE_FRAGMENT => self.create(id, Node::new(NodeKind::Fragment, String::new())),
            operations::RELEASE => {
                // A run of numbers; no more than there are nodes.
                let count = number(operands, 1)?.min(u32::try_from(operations::MOST_NODES).unwrap_or(u32::MAX));
                (id..id.saturating_add(count)).for_each(|id| self.release(id));
                Ok(())
            }
            operations::APPEND_CHILD..=operations::SPLICE_REMOVE => self.move_nodes(code, id, operands),
            _ => self.set_member(code, id, operands),
        }
    }

    fn create(&mut self, id: NodeId, node: Node) -> Result<(), Violation> {
        if self.nodes.len() >= operations::MOST_NODES {
            return Err(violation("nodes", format!("more than {} nodes", operations::MOST_NODES)));
        }
        match self.nodes.insert(id, node) {
            None => Ok(()),
            Some(_) => Err(violation("operation", format!("node {id} was made twice"))),
        }
    }

    fn move_nodes(&mut self, code: u64, parent: NodeId, operands: &[Value]) -> Result<(), Violation> {
        match code {
            operations::APPEND_CHILD => self.insert(parent, None, &[number(operands, 1)?]),
            operations::REMOVE_CHILD => self.detach(number(operands, 1)?),
            operations::INSERT_BEFORE => self.insert(parent, Some(number(operands, 2)?), &[number(operands, 1)?]),
            operations::REPLACE_CHILD => {
                let old = number(operands, 2)?;
                self.insert(parent, Some(old), &[number(operands, 1)?])?;
                self.detach(old)
            }
            operations::SPLICE_APPEND => {
                let children = self.children_of(number(operands, 1)?)?;
                self.insert(parent, None, &children)
            }
            operations::SPLICE_BEFORE => {
                let before = number(operands, 1)?;
                let fragment = number(operands, 3)?;
                let children = self.children_of(fragment)?;
                self.insert(parent, Some(before), &children)?;
                self.remove_from(parent, before, number(operands, 2)?)
            }
            _ => self.remove_from(parent, number(operands, 1)?, number(operands, 2)?),
        }
    }

    fn children_of(&self, id: NodeId) -> Result<Vec<NodeId>, Violation> {
        self.nodes.get(&id).map(|node| node.children.clone()).ok_or_else(|| missing(id))
    }

    fn index_of(&self, parent: NodeId, child: NodeId) -> Result<usize, Violation> {
        let node = self.nodes.get(&parent).ok_or_else(|| missing(parent))?;
        node.children
            .iter()
            .position(|other| *other == child)
            .ok_or_else(|| violation("operation", format!("node {child} is no child of {parent}")))
    }

    /// Inserts nodes in order, each taken from where it was.
    fn insert(&mut self, parent: NodeId, before: Option<NodeId>, children: &[NodeId]) -> Result<(), Violation> {
        for child in children {
            if *child == parent || self.is_above(*child, parent) {
                return Err(violation("operation", format!("node {child} would be inside itself")));
            }
            self.detach(*child)?;
        }
        let index = match before {
            Some(before) => self.index_of(parent, before)?,
            None => self.nodes.get(&parent).ok_or_else(|| missing(parent))?.children.len(),
        };
        for child in children {
            self.nodes.get_mut(child).ok_or_else(|| missing(*child))?.parent = Some(parent);
        }
        let node = self.nodes.get_mut(&parent).ok_or_else(|| missing(parent))?;
        node.children.splice(index..index, children.iter().copied());
        Ok(())
    }

    /// True where `node` is an ancestor of `below`; more than the deepest page is long enough.
    fn is_above(&self, node: NodeId, below: NodeId) -> bool {
        // Nodes without children are above nothing: the common case costs one look.
        if self.nodes.get(&node).is_none_or(|node| node.children.is_empty()) {
            return false;
        }
        let parents = std::iter::successors(Some(below), |id| self.nodes.get(id).and_then(|node| node.parent));
        parents.take(100_000).any(|id| id == node)
    }

    fn detach(&mut self, id: NodeId) -> Result<(), Violation> {
        let node = self.nodes.get_mut(&id).ok_or_else(|| missing(id))?;
        if let Some(parent) = node.parent.take()
            && let Some(parent) = self.nodes.get_mut(&parent)
        {
            parent.children.retain(|child| *child != id);
        }
        Ok(())
    }

    fn remove_from(&mut self, parent: NodeId, first: NodeId, count: NodeId) -> Result<(), Violation> {
        if count == 0 {
            return Ok(());
        }
        let index = self.index_of(parent, first)?;
        let node = self.nodes.get_mut(&parent).ok_or_else(|| missing(parent))?;
        let end = node.children.len().min(index + count as usize);
        for child in node.children.drain(index..end).collect::<Vec<_>>() {
            if let Some(child) = self.nodes.get_mut(&child) {
                child.parent = None;
            }
        }
        Ok(())
    }

    /// A node that logic forgot stays while it is drawn.
    fn release(&mut self, id: NodeId) {
        if self.nodes.get(&id).is_some_and(|node| node.parent.is_none() && id != ROOT) {
            self.nodes.remove(&id);
        }
    }

    fn set_member(&mut self, code: u64, id: NodeId, operands: &[Value]) -> Result<(), Violation> {
        let node = self.nodes.get_mut(&id).ok_or_else(|| missing(id))?;
        match code {
            operations::SET_TEXT => node.text = text(operands, 1, operations::LONGEST_TEXT)?,
            operations::SET_ID => node.name = text(operands, 1, operations::LONGEST_CLASS)?,
            operations::SET_CLASS => node.class = text(operands, 1, operations::LONGEST_CLASS)?,
            operations::SET_STYLE => node.style = text(operands, 1, operations::LONGEST_STYLE)?,
            operations::SET_ATTRIBUTE => {
                let value = operands.get(2).cloned().unwrap_or_default();
                node.attributes.insert(text(operands, 1, 256)?, value);
            }
            operations::REMOVE_ATTRIBUTE => {
                node.attributes.remove(&text(operands, 1, 256)?);
            }
            operations::SET_LISTENER => {
                let flags = operands.get(2).and_then(Value::as_u64).unwrap_or_default();
                node.listeners.insert(text(operands, 1, 256)?, flags);
            }
            // A two-way binding changes nothing that is measured.
            _ => {}
        }
        Ok(())
    }

    /// Attached nodes in document order with their depth; the root is at depth 1.
    pub fn walk(&self) -> impl Iterator<Item = (NodeId, u32, &Node)> {
        let mut open = vec![(ROOT, 1)];
        std::iter::from_fn(move || {
            let (id, depth) = open.pop()?;
            let node = self.nodes.get(&id)?;
            open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
            Some((id, depth, node))
        })
    }

    /// Nodes above a node, itself counted.
    pub fn depth_of(&self, id: NodeId) -> usize {
        std::iter::successors(Some(id), |id| self.nodes.get(id).and_then(|node| node.parent)).take(100_000).count()
    }

    /// Whether a node hangs below the root.
    pub fn is_attached(&self, id: NodeId) -> bool {
        self.is_above_or_same(ROOT, id)
    }

    fn is_above_or_same(&self, node: NodeId, below: NodeId) -> bool {
        std::iter::successors(Some(below), |id| self.nodes.get(id).and_then(|node| node.parent))
            .take(100_000)
            .any(|id| id == node)
    }
}

fn missing(id: NodeId) -> Violation {
    violation("operation", format!("node {id} does not exist"))
}

fn number(operands: &[Value], index: usize) -> Result<NodeId, Violation> {
    operands
        .get(index)
        .and_then(Value::as_u64)
        .and_then(|number| NodeId::try_from(number).ok())
        .ok_or_else(|| violation("operation", "an operand is no node"))
}

fn text(operands: &[Value], index: usize, longest: usize) -> Result<String, Violation> {
    let text = match operands.get(index) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    if text.len() > longest {
        return Err(violation("text", format!("a text of {} bytes, {longest} are allowed", text.len())));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{ROOT, Tree};
    use serde_json::{Value, json};

    fn tree(operations: Value) -> Result<Tree, super::Violation> {
        let mut tree = Tree::new();
        tree.apply(operations.as_array().unwrap())?;
        Ok(tree)
    }

    fn tags(tree: &Tree) -> Vec<String> {
        tree.walk().map(|(_, depth, node)| format!("{depth}{}", node.tag().unwrap_or(&node.text))).collect()
    }

    #[test]
    fn splices_put_a_fragments_children_in_place() {
        let tree = tree(json!([
            1, 2, "view", 1, 3, "text", 4, 1, 2, 4, 1, 3, // view and text under the root
            3, 4, 2, 5, "a", 2, 6, "b", 4, 4, 5, 4, 4, 6, // a fragment with two texts
            8, 1, 2, 1, 4 // in place of the view
        ]))
        .unwrap();
        assert_eq!(tags(&tree), ["1page", "2a", "2b", "2text"]);
    }

    #[test]
    fn what_breaks_a_rule_is_refused() {
        assert_eq!(tree(json!([4, 1, 9])).unwrap_err().rule, "operation");
        assert_eq!(tree(json!([1, 2, "view", 4, 2, 2])).unwrap_err().detail, "node 2 would be inside itself");
        assert_eq!(tree(json!([99, 1])).unwrap_err().detail, "99 is no operation");
        assert_eq!(tree(json!([2, 2, "x".repeat(1_000_001)])).unwrap_err().rule, "text");
    }

    #[test]
    fn released_nodes_stay_while_they_are_drawn() {
        let tree = tree(json!([1, 2, "view", 4, 1, 2, 11, 2, 1, 1, 3, "view", 11, 3, 1])).unwrap();
        assert!(tree.is_attached(2) && tree.get(3).is_none() && tree.is_attached(ROOT));
    }
}
