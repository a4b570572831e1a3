//! How deep a text nests, before a parser that recurses reads it: `((((…`, `a=>a=>a=>…`, `<view><view>…`.
//!
//! Input: a text. Output: the place where it nests deeper than is read. An estimate from above: brackets that are open,
//! and operators and heads of statements since the last one that was finished. What recurses runs [`on_a_large_stack`],
//! which has room for that depth in a build without optimisation too.

use std::ops::Range;
use std::sync::LazyLock;

/// Deepest script; a page of code by hand has twenty.
const DEEPEST_SCRIPT: usize = 4_000;
/// Deepest brackets in a style sheet or a configuration.
const DEEPEST_BRACKETS: usize = 256;
/// Deepest elements in a template: a page frame draws no more.
const DEEPEST_TEMPLATE: usize = 512;
/// Bytes for each thread that compiles; only what is used takes memory.
const STACK: usize = 256 << 20;

static THREADS: LazyLock<Option<rayon::ThreadPool>> =
    LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Runs what recurses with the text. Where no such thread can be had it runs where it is called.
pub fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

/// Place in a script.
pub fn too_deep_script(text: &str) -> Option<Range<usize>> {
    Scan::of(text, true).deeper_than(DEEPEST_SCRIPT)
}

/// Place in a style sheet or a configuration, where brackets alone nest.
pub fn too_deep_brackets(text: &str) -> Option<Range<usize>> {
    Scan::of(text, false).deeper_than(DEEPEST_BRACKETS)
}

/// Place in a template: elements, or an expression.
pub fn too_deep_template(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let end = text[start..].find("}}").map_or(text.len(), |at| start + at);
        if let Some(place) = Scan::of(&text[start..end], true).deeper_than(DEEPEST_BRACKETS) {
            return Some(place.start + start..place.end + start);
        }
        from = end;
    }
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, bytes.get(at + 1)) {
            (b'<', Some(b'/')) | (b'/', Some(b'>')) => depth = depth.saturating_sub(1),
            (b'<', Some(next)) if next.is_ascii_alphabetic() => depth += 1,
            _ => {}
        }
        if depth > DEEPEST_TEMPLATE {
            return Some(at..at + 1);
        }
    }
    None
}

/// What is open inside one pair of brackets.
#[derive(Clone, Copy)]
struct Level {
    /// Operators since the last expression was finished.
    operators: usize,
    /// `if`, `else`, `for`, … since the last statement was finished.
    heads: usize,
    /// Opened by `${`: a text goes on after it.
    in_text: bool,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    levels: Vec<Level>,
    depth: usize,
    /// Operators count, as they do in scripts.
    script: bool,
    /// The last byte that is no white space.
    last: u8,
}

impl<'a> Scan<'a> {
    const GROUND: Level = Level { operators: 0, heads: 0, in_text: false };

    fn of(text: &'a str, script: bool) -> Self {
        Self { bytes: text.as_bytes(), at: 0, levels: vec![Self::GROUND], depth: 0, script, last: b';' }
    }

    fn deeper_than(mut self, limit: usize) -> Option<Range<usize>> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            let start = self.at;
            self.step(byte);
            if self.depth > limit {
                // Between letters: what counts begins with an ASCII one.
                return Some(start..start + 1);
            }
        }
        None
    }

    fn step(&mut self, byte: u8) {
        let next = self.bytes.get(self.at + 1).copied();
        self.at += 1;
        match (byte, next) {
            (b'/', Some(b'*')) => return self.skip_to(b"*/"),
            (b'/', Some(b'/')) if self.script => return self.skip_to(b"\n"),
            (b'\'' | b'"', _) => self.string(byte),
            (b'`', _) if self.script => self.text(),
            (b'(' | b'[' | b'{', _) => self.open(false),
            (b')' | b']' | b'}', _) => self.close(byte),
            (b';', _) => self.finish_statement(),
            (b',', _) => self.finish_expression(),
            (b'\n', _) => return self.line(),
            (byte, _) if byte.is_ascii_whitespace() => return,
            (
                b'!' | b'~' | b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'?' | b':' | b'=' | b'<' | b'>'
                | b'.',
                _,
            ) if self.script => {
                self.operator();
            }
            (byte, _) if byte.is_ascii_alphabetic() && self.script => return self.word(),
            _ => {}
        }
        self.last = byte;
    }

    fn open(&mut self, in_text: bool) {
        self.levels.push(Level { in_text, ..Self::GROUND });
        self.depth += 1;
    }

    fn close(&mut self, byte: u8) {
        if self.levels.len() == 1 {
            return;
        }
        let Some(level) = self.levels.pop() else { return };
        self.depth -= 1 + level.operators + level.heads;
        if level.in_text && byte == b'}' {
            self.text();
        } else if byte == b'}' && !self.rest().trim_ascii_start().starts_with(b"else") {
            self.finish_heads();
        }
    }

    fn operator(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.operators += 1;
            self.depth += 1;
        }
    }

    fn finish_expression(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.depth -= std::mem::take(&mut level.operators);
        }
    }

    fn finish_heads(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.depth -= std::mem::take(&mut level.heads);
        }
    }

    fn finish_statement(&mut self) {
        self.finish_expression();
        self.finish_heads();
    }

    /// A new line ends an expression where a word follows and no operator stands before it.
    fn line(&mut self) {
        let ended = self.last.is_ascii_alphanumeric() || matches!(self.last, b')' | b']' | b'}' | b'"' | b'\'' | b'`');
        let follows = self.rest().trim_ascii_start().first().is_some_and(|byte| byte.is_ascii_alphabetic());
        if ended && follows {
            self.finish_expression();
        }
    }

    fn word(&mut self) {
        let start = self.at - 1;
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
        self.at += self.rest().iter().take_while(is_part).count();
        match &self.bytes[start..self.at] {
            b"if" | b"else" | b"for" | b"while" | b"do" | b"with" => {
                if let Some(level) = self.levels.last_mut() {
                    level.heads += 1;
                    self.depth += 1;
                }
            }
            b"typeof" | b"void" | b"delete" | b"new" | b"await" | b"yield" | b"async" | b"extends" | b"as" => {
                self.operator()
            }
            _ => {}
        }
        self.last = b'a';
    }

    /// A string ends at its quote, or at the end of its line.
    fn string(&mut self, quote: u8) {
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' => return,
                byte if *byte == quote => return,
                _ => {}
            }
        }
    }

    /// A template string, up to its end or its next expression.
    fn text(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => return,
                b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                    self.at += 1;
                    return self.open(true);
                }
                _ => {}
            }
        }
    }

    fn skip_to(&mut self, end: &[u8]) {
        let found = self.rest().windows(end.len()).position(|part| part == end);
        self.at = found.map_or(self.bytes.len(), |at| self.at + at + if end == b"\n" { 0 } else { end.len() });
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{too_deep_brackets, too_deep_script, too_deep_template};

    #[test]
    fn what_nests_too_deep_is_found_whatever_it_nests_by() {
        let many = |part: &str| part.repeat(5_000);
        for part in [
            "(", "[", "{", "a=>", "!", "- ", "a?b:", "if(a)", "if(a)\n", "typeof ", "`${", "a=\n", "new ", "a+", "b.",
            "l:",
        ] {
            assert!(too_deep_script(&many(part)).is_some(), "{part}");
        }
        assert!(too_deep_brackets(&many("a{")).is_some() && too_deep_brackets(&many("[")).is_some());
        assert!(too_deep_template(&many("<view>")).is_some());
        assert!(too_deep_template(&format!("<a b=\"{{{{{}", many("("))).is_some());
    }

    #[test]
    fn long_is_not_deep() {
        let many = |part: &str| part.repeat(5_000);
        for part in [
            "a = b + c;\n",
            "a.b(c)\n",
            "if (a) { b() } else { c() }\n",
            "const a = `b${c}d`, e = 'f+g'\n",
            "// ((( '\n",
            "/* ((( */",
            "[1, -2.5, 'a'],",
            "{ a: b, c: d },\n",
            "function a() { return b }\n",
            "class A { b = 1; c() { } }\n",
            "export { a } from 'b'\n",
        ] {
            assert_eq!(too_deep_script(&many(part)), None, "{part}");
        }
        assert_eq!(too_deep_brackets(&many("a { b: c(d) }\n")), None);
        assert_eq!(too_deep_template(&many("<view a=\"{{b + c}}\"><text/>d</view><!-- e -->")), None);
    }
}
