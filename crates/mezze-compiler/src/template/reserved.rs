//! Names that JavaScript reserves and WXS does not: `var class = ''` is fine there.
//!
//! The first letter becomes a `$`, which no name in WXS has, so that places in the text stay. Members keep their names:
//! `a.class` and `{ class: 1 }` are read elsewhere.

use std::sync::Arc;

use crate::quotes::string_length;

/// Words that no statement of WXS begins with and no operator is named by.
const WORDS: [&str; 8] = ["class", "debugger", "enum", "export", "extends", "import", "super", "with"];

/// The text with other names in place of those; nothing where it has none.
pub fn rename(source: &str) -> Option<Arc<str>> {
    let mut renamed = String::with_capacity(source.len());
    let mut changed = false;
    // The last thing that is neither space nor comment.
    let mut before = ' ';
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' | '`' => string_length(rest, letter),
            letter if is_of_name(letter) => rest.find(|letter| !is_of_name(letter)).unwrap_or(rest.len()),
            letter => letter.len_utf8(),
        };
        let token = &rest[..length];
        rest = &rest[length..];
        let is_member = before == '.' || (matches!(before, '{' | ',') && rest.trim_start().starts_with(':'));
        if WORDS.contains(&token) && !is_member {
            changed = true;
            renamed.push('$');
            renamed.push_str(&token[1..]);
        } else {
            renamed.push_str(token);
        }
        if !(token.trim().is_empty() || token.starts_with("//") || token.starts_with("/*")) {
            before = token.chars().next_back().unwrap_or(before);
        }
    }
    changed.then(|| renamed.into())
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::rename;

    #[test]
    fn variables_are_renamed_and_members_are_not() {
        let source = "var class = a.class; // class\nreturn { class: class, b: 'class' + (c ? class : super) }";
        let renamed = "var $lass = a.class; // class\nreturn { class: $lass, b: 'class' + (c ? $lass : $uper) }";
        assert_eq!(rename(source).as_deref(), Some(renamed));
        assert_eq!(rename("var classes = { with: 1 }.with /* class */"), None);
    }
}
