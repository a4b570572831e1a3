//! White space that the template parser takes for none: no-break spaces, the full-width space of Chinese keyboards, line
//! separators. Between attributes it would never go on from one, and take all memory; so there it becomes a space, and
//! everywhere else a code point that nothing uses, which is turned back in what comes out. Columns stay what they were.
//!
//! Input: `<a　b="c　d">` (full-width spaces). Output, hidden: `<a b="c\u{fde2}d">`.

use std::borrow::Cow;

/// White space beyond the template's own.
const FOREIGN: [char; 19] = [
    '\u{85}', '\u{A0}', '\u{1680}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}',
    '\u{2007}', '\u{2008}', '\u{2009}', '\u{200A}', '\u{2028}', '\u{2029}', '\u{202F}', '\u{205F}', '\u{3000}',
];
/// The first of 32 code points that Unicode keeps for a program's own use.
const FIRST: u32 = 0xFDD0;

/// Hides foreign white space from the parser.
pub fn hide(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_foreign) {
        return Cow::Borrowed(text);
    }
    let mut place = Place::Text;
    let mut before = ' ';
    let hidden = text.char_indices().map(|(at, letter)| {
        place = place.after(letter, before, &text[at..]);
        if !letter.is_whitespace() {
            before = letter;
        }
        match FOREIGN.iter().position(|foreign| *foreign == letter) {
            Some(_) if place == Place::Tag => ' ',
            Some(index) => stand_in(index).unwrap_or(' '),
            None => letter,
        }
    });
    Cow::Owned(hidden.collect())
}

/// Puts it back, as it is or as it is escaped in a script.
pub fn restore(text: &str) -> Cow<'_, str> {
    let mut restored = Cow::Borrowed(text);
    for (index, foreign) in FOREIGN.iter().enumerate() {
        let Some(stand_in) = stand_in(index) else { continue };
        let escaped = stand_in.escape_unicode().to_string();
        if restored.contains(stand_in) || restored.contains(&escaped) {
            let plain = restored.replace(stand_in, foreign.encode_utf8(&mut [0; 4]));
            restored = Cow::Owned(plain.replace(&escaped, &foreign.escape_unicode().to_string()));
        }
    }
    restored
}

fn is_foreign(letter: char) -> bool {
    FOREIGN.contains(&letter)
}

fn stand_in(index: usize) -> Option<char> {
    u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST + index))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Comment,
    Tag,
    Value(char),
}

impl Place {
    fn after(self, letter: char, before: char, rest: &str) -> Self {
        match (self, letter) {
            (Self::Text, '<') if rest.starts_with("<!--") => Self::Comment,
            (Self::Text, '<') if rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/') => {
                Self::Tag
            }
            (Self::Comment, '>') if before == '-' => Self::Text,
            (Self::Tag, '>') => Self::Text,
            (Self::Tag, '"' | '\'') if before == '=' => Self::Value(letter),
            (Self::Value(quote), _) if letter == quote => Self::Tag,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FOREIGN, hide, restore};

    #[test]
    fn every_foreign_space_is_known() {
        let missing = (0..=0x10_FFFF_u32).filter_map(char::from_u32).find(|letter| {
            letter.is_whitespace() && !matches!(letter, ' ' | '\u{9}'..='\u{D}') && !FOREIGN.contains(letter)
        });
        assert_eq!(missing, None);
    }

    #[test]
    fn between_attributes_it_parts_and_elsewhere_it_stays() {
        let text = "<a\u{3000}b=\"c\u{A0}d\">e\u{3000}f</a\u{3000}><!-- g\u{2028} -->";
        let hidden = hide(text);
        assert!(hidden.starts_with("<a b=\"c") && !hidden.chars().any(|letter| FOREIGN.contains(&letter)));
        assert_eq!(hidden.encode_utf16().count(), text.encode_utf16().count());
        assert_eq!(restore(&hidden), "<a b=\"c\u{A0}d\">e\u{3000}f</a ><!-- g\u{2028} -->");
        assert_eq!(restore("\"\\u{fdd1}\""), "\"\\u{a0}\"");
        assert_eq!(hide("<a b>"), "<a b>");
    }
}
