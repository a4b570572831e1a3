//! Attribute values without quotes. The template parser takes names only (`a=b-1`); the original host takes all up to
//! the next space or the end of the tag, so the others get their quotes here.
//!
//! Input: `<image src=../a.png mode=fit/>`. Output: `<image src="../a.png" mode=fit/>`.

use std::borrow::Cow;
use std::ops::Range;

/// A text whose attribute values can be read.
#[derive(Debug)]
pub struct Quoted<'a> {
    pub text: Cow<'a, str>,
    /// Bytes of each value in the text that was given.
    pub values: Vec<Range<usize>>,
    /// Line and UTF-16 column, from 0, of each quote that was put in.
    pub inserted: Vec<(u32, u32)>,
}

/// Puts values in quotes where the parser would not read them whole.
pub fn quote(source: &str) -> Quoted<'_> {
    let mut scanner = Scanner { source, position: 0, values: Vec::new() };
    scanner.run();
    let values = scanner.values;
    if values.is_empty() {
        return Quoted { text: Cow::Borrowed(source), values, inserted: Vec::new() };
    }
    let mut text = String::with_capacity(source.len() + 2 * values.len());
    let (mut copied, mut inserted) = (0, Vec::new());
    let mut end = End { line: 0, column: 0 };
    for value in &values {
        let content = &source[value.clone()];
        let mark = if content.contains('"') { '\'' } else { '"' };
        end.pass(&source[copied..value.start]);
        text.push_str(&source[copied..value.start]);
        // Both kinds of quotes in one value: those that would end it go.
        let kept: String = content.chars().filter(|letter| *letter != '\'' || mark == '"').collect();
        for part in [mark.to_string(), kept, mark.to_string()] {
            if part.len() == 1 && part.starts_with(mark) {
                inserted.push((end.line, end.column));
            }
            end.pass(&part);
            text.push_str(&part);
        }
        copied = value.end;
    }
    text.push_str(&source[copied..]);
    Quoted { text: Cow::Owned(text), values, inserted }
}

/// Where a text that is being written ends.
struct End {
    line: u32,
    column: u32,
}

impl End {
    fn pass(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '\n' => (self.line, self.column) = (self.line + 1, 0),
                letter => self.column += letter.len_utf16() as u32,
            }
        }
    }
}

/// Finds the values, going over comments, expressions and template scripts.
struct Scanner<'a> {
    source: &'a str,
    position: usize,
    values: Vec<Range<usize>>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.position..]
    }

    fn run(&mut self) {
        while let Some(found) = self.rest().find(['<', '{']) {
            self.position += found;
            let rest = self.rest();
            if rest.starts_with("<!--") {
                self.skip(rest.find("-->").map_or(rest.len(), |end| end + 3));
            } else if rest.starts_with("{{") {
                self.skip(expression_length(rest));
            } else if rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic()) && rest.starts_with('<') {
                self.tag();
            } else {
                self.skip(1);
            }
        }
    }

    fn skip(&mut self, length: usize) {
        self.position += length;
    }

    fn tag(&mut self) {
        self.skip(1);
        let name = &self.rest()[..self.rest().find(ends_name).unwrap_or(self.rest().len())];
        self.skip(name.len());
        let closed = self.attributes();
        if name == "wxs" && !closed {
            self.skip(self.rest().find("</wxs").unwrap_or(self.rest().len()));
        }
    }

    /// Goes to the end of the tag; answers true where the element ends with it.
    fn attributes(&mut self) -> bool {
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                '>' => {
                    self.skip(1);
                    return false;
                }
                '/' if self.rest().starts_with("/>") => {
                    self.skip(2);
                    return true;
                }
                '=' => {
                    self.skip(1);
                    self.value();
                }
                letter => self.skip(letter.len_utf8()),
            }
        }
        true
    }

    fn value(&mut self) {
        let spaces = self.rest().len() - self.rest().trim_start().len();
        let rest = &self.rest()[spaces..];
        match rest.chars().next() {
            Some(mark @ ('"' | '\'')) => self.skip(spaces + quoted_length(rest, mark)),
            // `a= b` is an attribute without a value, and another one.
            Some(_) if spaces == 0 => {
                let length = unquoted_length(rest);
                let (start, content) = (self.position, &rest[..length]);
                if !is_readable(content) {
                    self.values.push(start..start + length);
                }
                self.skip(length);
            }
            _ => self.skip(spaces),
        }
    }
}

fn ends_name(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '>' | '/' | '=')
}

/// What the parser reads whole: nothing, a name, or an expression that no more belongs to.
fn is_readable(value: &str) -> bool {
    if value.starts_with("{{") {
        let rest = &value[expression_length(value)..];
        return rest.is_empty() || rest.starts_with(|letter: char| letter.is_ascii_alphabetic());
    }
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Bytes of `{{…}}`, texts in it included.
fn expression_length(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices().skip(2) {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(mark), _) if mark == letter => quote = None,
            (None, '}') if text[at..].starts_with("}}") => return at + 2,
            _ => {}
        }
    }
    // It does not end: its beginning is all that is sure.
    2.min(text.len())
}

/// Bytes of a value in quotes, these included.
fn quoted_length(text: &str, mark: char) -> usize {
    let mut at = 1;
    while let Some(letter) = text[at..].chars().next() {
        if letter == mark {
            return at + 1;
        }
        at += if text[at..].starts_with("{{") { expression_length(&text[at..]) } else { letter.len_utf8() };
    }
    text.len()
}

/// Bytes up to a space or the end of the tag.
fn unquoted_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_whitespace() || letter == '>' || text[at..].starts_with("/>") {
            break;
        }
        at += if text[at..].starts_with("{{") { expression_length(&text[at..]) } else { letter.len_utf8() };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::quote;

    fn quoted(source: &str) -> String {
        quote(source).text.into_owned()
    }

    #[test]
    fn values_that_are_no_names_get_quotes() {
        assert_eq!(quoted("<image src=../a.png mode=fit/>"), "<image src=\"../a.png\" mode=fit/>");
        assert_eq!(quoted("<a b=/p?x={{ y }}&z=1 c>"), "<a b=\"/p?x={{ y }}&z=1\" c>");
        assert_eq!(quoted("<a b={{c}}{{d}}>"), "<a b=\"{{c}}{{d}}\">");
        assert_eq!(quoted("<a b=https://c/d\" e=\"f\">"), "<a b='https://c/d\"' e=\"f\">");
        assert_eq!(quoted("<a b=c(1)></a>"), "<a b=\"c(1)\"></a>");
    }

    #[test]
    fn what_can_be_read_stays() {
        for text in [
            "<a b={{ c ? '>' : 1 }} d=e f = \"x=/y\" g=>h=/i</a>",
            "<a b={{c}}class=\"d\">",
            "<!-- <a b=/c> --><a b='{{ \"</a x=/y>\" }}'>",
            "{{ a <b ? 'c=/d' : e }}",
            "<wxs module=\"m\">for (var i=0;i<b; i=/1/) {}</wxs>",
            "<a b= /c>",
            "a < b=/c",
        ] {
            assert_eq!(quoted(text), text);
        }
    }

    #[test]
    fn places_of_the_quotes_are_known() {
        let quoted = quote("<a>\n<b c=😀/ d=/e>");
        assert_eq!(quoted.text, "<a>\n<b c=\"😀/\" d=\"/e\">");
        assert_eq!(quoted.inserted, [(1, 5), (1, 9), (1, 13), (1, 16)]);
        assert_eq!(quoted.values.len(), 2);
    }

    #[test]
    fn what_does_not_end_is_no_trap() {
        for text in ["<a b=\"{{", "<a b={{ \"}}", "<a b=/", "<wxs>", "<!--", "<a b=''\"", "{{", "<a b=/c'd\""] {
            assert!(quote(text).text.len() <= text.len() + 2);
        }
    }
}
