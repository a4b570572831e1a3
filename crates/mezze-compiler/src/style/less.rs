//! Less, as far as mini apps use it: translated to SCSS, which grass compiles.
//!
//! Input: `@c: red; .box(@w) { width: @w } .a { .box(1px); color: fade(@c, 50%); &:extend(.b); }`
//! Output: `$c: red; @mixin box($w) { width: $w } .a { @include box(1px); color: rgba($c, 50%); @extend .b; }`
//!
//! Variables, interpolation, nesting, mixins with parameters, operations, imports and the usual colour functions are
//! covered. Guards (`when`), detached rule sets, plugins and JavaScript are not: they are errors that say so.

use std::collections::HashSet;
use std::ops::Range;

use crate::quotes::string_length;

/// At-words that are rules of CSS, not variables.
const AT_RULES: [&str; 20] = [
    "media",
    "import",
    "keyframes",
    "-webkit-keyframes",
    "-moz-keyframes",
    "-o-keyframes",
    "font-face",
    "charset",
    "supports",
    "page",
    "namespace",
    "layer",
    "container",
    "property",
    "document",
    "-moz-document",
    "viewport",
    "counter-style",
    "font-feature-values",
    "starting-style",
];
/// Functions that Sass has under another name.
const RENAMED: [(&str, &str); 4] = [("fade", "rgba"), ("spin", "adjust-hue"), ("e", "unquote"), ("tint", "lighten")];

/// Something that can't be translated, with its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Untranslatable {
    pub problem: &'static str,
    pub range: Range<usize>,
}

/// Translates a file; lines stay where they are.
pub fn to_scss(source: &str) -> Result<String, Untranslatable> {
    let output = String::with_capacity(source.len() + 64);
    let mut translator = Translator { source, position: 0, output, statement: 0, mixins: defined_mixins(source) };
    translator.run()?;
    Ok(translator.output)
}

struct Translator<'a> {
    source: &'a str,
    position: usize,
    output: String,
    /// Where the current statement began in the source, white space and comments before it left out.
    statement: usize,
    /// Names that are defined as mixins with parameters.
    mixins: HashSet<&'a str>,
}

/// Bytes between a mixin's name and its block or the end of its call.
const LONGEST_HEAD: usize = 8 << 10;

impl<'a> Translator<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.position..]
    }

    /// Copies bytes as they are.
    fn copy(&mut self, length: usize) {
        let end = (self.position + length).min(self.source.len());
        self.output.push_str(&self.source[self.position..end]);
        self.position = end;
    }

    fn replace(&mut self, length: usize, text: &str) {
        self.output.push_str(text);
        self.position += length;
    }

    /// True where nothing but white space stands between the start of the statement and here.
    fn at_statement_start(&self) -> bool {
        self.statement == self.position
    }

    fn run(&mut self) -> Result<(), Untranslatable> {
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                '/' if self.rest().starts_with("//") => {
                    let length = self.rest().find('\n').unwrap_or(self.rest().len());
                    self.skip_comment(length);
                }
                '/' if self.rest().starts_with("/*") => {
                    let length = self.rest().find("*/").map_or(self.rest().len(), |end| end + 2);
                    self.skip_comment(length);
                }
                '"' | '\'' => self.string(letter),
                '~' if self.rest()[1..].starts_with(['"', '\'']) => self.escaped()?,
                '@' => self.at()?,
                '.' | '#' if self.at_statement_start() => self.mixin()?,
                '&' if self.rest().starts_with("&:extend(") => self.extend(),
                // Sass takes the parent's selector for itself only where a selector begins.
                '&' if self
                    .output
                    .ends_with(|before: char| before.is_alphanumeric() || matches!(before, '-' | '_')) =>
                {
                    self.replace(1, "#{&}");
                }
                ';' | '{' | '}' => {
                    self.copy(1);
                    self.statement = self.position;
                }
                letter if letter.is_whitespace() && self.at_statement_start() => {
                    self.copy(letter.len_utf8());
                    self.statement = self.position;
                }
                letter if letter.is_ascii_alphabetic() || letter == '-' => self.word()?,
                letter => self.copy(letter.len_utf8()),
            }
        }
        Ok(())
    }

    /// A comment may stand before a statement without being part of it.
    fn skip_comment(&mut self, length: usize) {
        let first = self.at_statement_start();
        self.copy(length);
        if first {
            self.statement = self.position;
        }
    }

    /// A string, with `@{name}` in it.
    fn string(&mut self, quote: char) {
        let length = string_length(self.rest(), quote);
        let text = self.rest()[..length].replace("@{", "#{$");
        self.replace(length, &text);
    }

    /// `~"text"` is the text itself.
    fn escaped(&mut self) -> Result<(), Untranslatable> {
        let quote = if self.rest()[1..].starts_with('"') { '"' } else { '\'' };
        let length = string_length(&self.rest()[1..], quote);
        if length < 2 {
            return Err(self.untranslatable("a string that does not end", 1));
        }
        let text = self.rest()[2..length].replace("@{", "#{$");
        self.replace(length + 1, &text);
        Ok(())
    }

    fn at(&mut self) -> Result<(), Untranslatable> {
        if self.rest().starts_with("@{") {
            self.replace(2, "#{$");
            return Ok(());
        }
        if self.rest().starts_with("@@") {
            return Err(self.untranslatable("a variable named by a variable", 2));
        }
        let name = name_at(&self.rest()[1..]);
        let length = name.len() + 1;
        match name {
            "plugin" => return Err(self.untranslatable("a plugin", length)),
            "arguments" | "rest" => return Err(self.untranslatable("all arguments of a mixin at once", length)),
            "import" => self.import(),
            name if AT_RULES.contains(&name) && self.at_statement_start() => self.copy(length),
            _ => {
                if self.at_statement_start() && self.rest()[length..].trim_start().starts_with('(') {
                    return Err(self.untranslatable("a detached rule set", length));
                }
                let text = format!("${}", &self.rest()[1..length]);
                self.replace(length, &text);
            }
        }
        Ok(())
    }

    /// `@import (reference) "a.less"`: the options go, and so does the extension, which is not SCSS's.
    fn import(&mut self) {
        let end = self.rest().find(';').unwrap_or(self.rest().len());
        let statement = &self.rest()["@import".len()..end];
        let target = statement.trim().trim_start_matches(|letter| letter != '"' && letter != '\'' && letter != 'u');
        let plain = target.trim_end().ends_with(".wxss\"") || target.trim_end().ends_with(".wxss'");
        let text = match plain {
            true => format!("@import url({})", target.trim()),
            false => format!("@import {}", target.replace(".less", "")),
        };
        self.replace(end, &text);
    }

    /// At the start of a statement: the definition of a mixin, a call of one, or the selector of a rule.
    fn mixin(&mut self) -> Result<(), Untranslatable> {
        let name = name_at(&self.rest()[1..]).to_owned();
        let after = &self.rest()[1 + name.len()..];
        let head = &after[..after.floor_char_boundary(LONGEST_HEAD)];
        let Some(stop) = statement_end(head).or((head.len() == after.len()).then_some(after.len())) else {
            return Err(self.untranslatable("a mixin with so many parameters", 1 + name.len()));
        };
        let ends_with_block = after[stop..].starts_with('{');
        let head = after[..stop].trim();
        if name.is_empty() || (ends_with_block && !head.starts_with('(')) {
            self.copy(1 + name.len());
            return Ok(());
        }
        if head.contains("({") || head.contains("( {") {
            return Err(self.untranslatable("a detached rule set", 1 + name.len()));
        }
        if head.contains(" when ") || head.starts_with("when ") {
            return Err(self.untranslatable("a guard (`when`)", 1 + name.len() + stop));
        }
        let is_call = head.is_empty() || head.starts_with('(') || head == "!important";
        if !(ends_with_block || is_call) {
            return Err(self.untranslatable("a mixin inside a namespace", 1 + name.len() + stop));
        }
        // Parameters may be parted by `;` in Less; in SCSS only by `,`.
        if ends_with_block {
            self.replace(1 + name.len(), &format!("@mixin {name}"));
        } else if head.is_empty() && self.is_plain_rule(&name) {
            self.replace(1 + name.len(), &format!("@extend .{name}"));
        } else {
            self.replace(1 + name.len(), &format!("@include {name}"));
        }
        Ok(())
    }

    /// True where the class is defined as a rule, not as a mixin with parameters: calling it copies its declarations.
    fn is_plain_rule(&self, name: &str) -> bool {
        !self.mixins.contains(name)
    }

    fn extend(&mut self) {
        let start = "&:extend(".len();
        let end = self.rest().find(')').unwrap_or(self.rest().len());
        let target = self.rest()[start.min(end)..end].trim().trim_end_matches(" all").to_owned();
        self.replace((end + 1).min(self.rest().len()), &format!("@extend {target}"));
    }

    /// A word; a function is renamed where Sass calls it otherwise.
    fn word(&mut self) -> Result<(), Untranslatable> {
        let name = name_at(self.rest());
        let length = name.len().max(1);
        if self.rest()[length..].starts_with('(')
            && let Some((_, sass)) = RENAMED.iter().find(|(less, _)| *less == name)
        {
            self.replace(length, sass);
            return Ok(());
        }
        if name == "when" && !self.at_statement_start() && self.rest()[length..].trim_start().starts_with(['(', 'd']) {
            return Err(self.untranslatable("a guard (`when`)", length));
        }
        self.copy(length);
        Ok(())
    }

    fn untranslatable(&self, problem: &'static str, length: usize) -> Untranslatable {
        Untranslatable { problem, range: self.position..(self.position + length).min(self.source.len()) }
    }
}

/// Every `.name(` and `.name (`.
fn defined_mixins(source: &str) -> HashSet<&str> {
    let after_stops = source.match_indices('.').map(|(at, _)| &source[at + 1..]);
    after_stops
        .filter_map(|text| {
            let name = name_at(text);
            let rest = &text[name.len()..];
            (rest.starts_with('(') || rest.starts_with(" (")).then_some(name)
        })
        .collect()
}

fn name_at(text: &str) -> &str {
    let end =
        text.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_'))).unwrap_or(text.len());
    &text[..end]
}

/// Offset of the `;`, `{` or `}` that ends a statement, outside parentheses.
fn statement_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' | '{' | '}' if depth == 0 => return Some(offset),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_interpolation() {
        assert_eq!(to_scss("@c: red;\n.a{color:@c;.b-@{c}{}}"), Ok("$c: red;\n.a{color:$c;.b-#{$c}{}}".to_owned()));
        assert_eq!(to_scss("@media (min-width: @w) {}"), Ok("@media (min-width: $w) {}".to_owned()));
    }

    #[test]
    fn mixins_are_defined_and_included() {
        let less = ".box(@w: 1px) { width: @w }\n.a { .box(2px); .box(); }\n.c { .d; }";
        let scss = "@mixin box($w: 1px) { width: $w }\n.a { @include box(2px); @include box(); }\n.c { @extend .d; }";
        assert_eq!(to_scss(less).as_deref(), Ok(scss));
    }

    #[test]
    fn the_parent_may_stand_inside_a_selector() {
        assert_eq!(to_scss(".a{&__b&__c{}&:hover &{}}"), Ok(".a{&__b#{&}__c{}&:hover &{}}".to_owned()));
    }

    #[test]
    fn imports_functions_and_escapes() {
        assert_eq!(to_scss("@import (reference) './a.less';"), Ok("@import './a';".to_owned()));
        assert_eq!(
            to_scss(".a{color:fade(@c, 50%);width:~\"calc(1px + @{w})\"}"),
            Ok(".a{color:rgba($c, 50%);width:calc(1px + #{$w})}".to_owned())
        );
    }

    #[test]
    fn mixins_that_never_end_are_not_looked_through_again_and_again() {
        let problem = to_scss(&".box(@w".repeat(30_000)).err().map(|problem| problem.problem);
        assert_eq!(problem, Some("a mixin with so many parameters"));
        assert_eq!(to_scss("\n  .a(@b").as_deref(), Ok("\n  @include a($b"));
    }

    #[test]
    fn what_is_not_covered_is_said() {
        let problem = to_scss(".a() when (default()) {}").err().map(|problem| problem.problem);
        assert_eq!(problem, Some("a guard (`when`)"));
    }
}
