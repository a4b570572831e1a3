//! `wx:key` with braces, which the original host tolerates: `wx:key="{{item.id}}"` is read as `wx:key="id"`.
//!
//! A key names a member of each item, so that an expression can only mean one of three things: a member of the item,
//! the item itself (`*this`), or the index, which is no key at all.

use glass_easel_template_compiler::parse::tag::{ElementKind, Node};

/// Puts the keys below the nodes right.
pub fn tidy(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match &mut element.kind {
            ElementKind::For { item_name, key, children, .. } => {
                if let Some(plain) = plain_key(&key.1.name, &item_name.1.name) {
                    key.1.name = plain.into();
                }
                tidy(children);
            }
            ElementKind::Normal { children, .. } | ElementKind::Pure { children, .. } => tidy(children),
            ElementKind::If { branches, else_branch, .. } => {
                branches.iter_mut().for_each(|(_, _, children)| tidy(children));
                if let Some((_, children)) = else_branch {
                    tidy(children);
                }
            }
            _ => {}
        }
    }
}

/// The key that a key with braces stands for; nothing where it has none.
fn plain_key(key: &str, item: &str) -> Option<String> {
    let expression = key.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    if expression == item {
        return Some("*this".to_owned());
    }
    let member = expression.strip_prefix(item).and_then(|rest| rest.strip_prefix('.'));
    let is_name = |name: &&str| name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$'));
    Some(member.filter(is_name).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain_key;

    #[test]
    fn keys_with_braces() {
        assert_eq!(plain_key("{{item.id}}", "item").as_deref(), Some("id"));
        assert_eq!(plain_key("{{ item }}", "item").as_deref(), Some("*this"));
        assert_eq!(plain_key("{{index}}", "item").as_deref(), Some(""));
        assert_eq!(plain_key("id", "item"), None);
    }
}
