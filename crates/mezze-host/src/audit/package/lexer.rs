//! Separates a script's code from what is written in it: comments and strings. Enough to find names and texts, no parser:
//! a package's scripts have been through one already.

use std::ops::Range;

/// A script taken apart.
#[derive(Debug, Default)]
pub struct Lexed {
    /// The script with every comment and string blanked; offsets and lines are the script's own.
    pub code: String,
    /// The strings without their quotes.
    pub strings: Vec<Range<usize>>,
}

/// Takes a script apart.
pub fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer { bytes: text.as_bytes(), place: 0, code: text.as_bytes().to_vec(), strings: Vec::new() };
    lexer.run();
    // Blanks replace whole characters, so this is UTF-8 still.
    Lexed { code: String::from_utf8(lexer.code).unwrap_or_default(), strings: lexer.strings }
}

struct Lexer<'a> {
    bytes: &'a [u8],
    place: usize,
    code: Vec<u8>,
    strings: Vec<Range<usize>>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        // `${` of template strings that are open, with the braces that are open inside.
        let mut templates: Vec<u32> = Vec::new();
        let mut last = b'(';
        while let Some(byte) = self.peek(0) {
            match byte {
                b'/' if self.peek(1) == Some(b'/') => self.blank_until(|rest| rest.first() == Some(&b'\n'), 0),
                b'/' if self.peek(1) == Some(b'*') => {
                    self.place += 2;
                    self.blank_from(2);
                    self.blank_until(|rest| rest.starts_with(b"*/"), 2);
                }
                b'/' if begins_pattern(last) => self.pattern(),
                b'\'' | b'"' => {
                    self.string(byte);
                    last = b'"';
                    continue;
                }
                b'`' => {
                    self.place += 1;
                    if self.template_part() {
                        templates.push(0);
                    }
                    last = b'"';
                    continue;
                }
                b'{' => {
                    if let Some(open) = templates.last_mut() {
                        *open += 1;
                    }
                    self.place += 1;
                }
                b'}' if templates.last() == Some(&0) => {
                    templates.pop();
                    self.place += 1;
                    if self.template_part() {
                        templates.push(0);
                    }
                    last = b'"';
                    continue;
                }
                b'}' => {
                    if let Some(open) = templates.last_mut() {
                        *open = open.saturating_sub(1);
                    }
                    self.place += 1;
                }
                _ => self.place += 1,
            }
            if !byte.is_ascii_whitespace() {
                last = byte;
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.place + ahead).copied()
    }

    fn blank(&mut self, at: usize) {
        if let Some(byte) = self.code.get_mut(at).filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }

    /// Blanks the bytes that were just passed.
    fn blank_from(&mut self, count: usize) {
        for at in self.place - count..self.place {
            self.blank(at);
        }
    }

    /// Blanks up to where `ends` is true, and that many bytes more.
    fn blank_until(&mut self, ends: impl Fn(&[u8]) -> bool, more: usize) {
        while self.place < self.bytes.len() && !ends(&self.bytes[self.place..]) {
            self.blank(self.place);
            self.place += 1;
        }
        let end = (self.place + more).min(self.bytes.len());
        for at in self.place..end {
            self.blank(at);
        }
        self.place = end;
    }

    fn string(&mut self, quote: u8) {
        self.place += 1;
        let start = self.place;
        while let Some(byte) = self.peek(0).filter(|byte| *byte != quote && *byte != b'\n') {
            let width = if byte == b'\\' { 2 } else { 1 };
            for at in self.place..(self.place + width).min(self.bytes.len()) {
                self.blank(at);
            }
            self.place += width;
        }
        self.place = self.place.min(self.bytes.len());
        self.strings.push(start..self.place);
        self.place += 1;
    }

    /// Text of a template string up to its end, or up to `${`: then it answers true.
    fn template_part(&mut self) -> bool {
        let start = self.place;
        while let Some(byte) = self.peek(0) {
            if byte == b'`' || (byte == b'$' && self.peek(1) == Some(b'{')) {
                break;
            }
            let width = if byte == b'\\' { 2 } else { 1 };
            for at in self.place..(self.place + width).min(self.bytes.len()) {
                self.blank(at);
            }
            self.place += width;
        }
        self.place = self.place.min(self.bytes.len());
        self.strings.push(start..self.place);
        let expression = self.peek(0) == Some(b'$');
        self.place += if expression { 2 } else { 1 };
        expression
    }

    fn pattern(&mut self) {
        let mut in_class = false;
        self.blank(self.place);
        self.place += 1;
        while let Some(byte) = self.peek(0).filter(|byte| *byte != b'\n') {
            self.blank(self.place);
            self.place += 1;
            match byte {
                b'\\' => {
                    self.blank(self.place);
                    self.place += 1;
                }
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                _ => {}
            }
        }
        self.place = self.place.min(self.bytes.len());
    }
}

/// Whether a slash after this byte begins a regular expression and is no division.
fn begins_pattern(last: u8) -> bool {
    matches!(
        last,
        b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b'{' | b'}' | b';' | b'+' | b'-' | b'<' | b'>'
    )
}

#[cfg(test)]
mod tests {
    use super::lex;

    fn parts(text: &str) -> (String, Vec<&str>) {
        let lexed = lex(text);
        (lexed.code, lexed.strings.into_iter().filter_map(|range| text.get(range)).collect())
    }

    #[test]
    fn comments_and_strings_are_blanked() {
        let (code, strings) = parts("a('x\\'y', \"z\") // wx.b\n/* wx.c */ d");
        assert_eq!(code, "a('    ', \" \")        \n           d");
        assert_eq!(strings, ["x\\'y", "z"]);
    }

    #[test]
    fn code_inside_template_strings_is_code() {
        let (code, strings) = parts("`a${ wx.b({c: `d`}) }e`; f");
        assert_eq!(code, "` ${ wx.b({c: ` `}) } `; f");
        assert_eq!(strings, ["a", "d", "e"]);
    }

    #[test]
    fn patterns_are_no_strings() {
        let (code, strings) = parts("x = /['\"/]/g; y = a / b / 'c'");
        assert_eq!(code, "x =        g; y = a / b / ' '");
        assert_eq!(strings, ["c"]);
    }

    #[test]
    fn what_never_ends_ends_with_the_text() {
        for text in ["'a", "`a${", "/* a", "x = /a", "'\\", "`\\"] {
            assert_eq!(lex(text).code.len(), text.len(), "{text}");
        }
        assert_eq!(lex("'é' // ü").code.len(), "'é' // ü".len());
    }
}
