//! Edits of one file's text, found by walking its tokens.

use std::ops::Range;
use std::sync::Arc;

use cssparser::{Parser, ParserInput, Token};

use super::StyleOptions;
use super::font_family::FontFamily;
use crate::edits::Edits;

/// At-rules whose block holds rules.
const RULE_LISTS: [&str; 8] =
    ["media", "supports", "layer", "container", "document", "-moz-document", "scope", "starting-style"];
/// Pseudo-classes whose argument is a selector.
const SELECTOR_FUNCTIONS: [&str; 10] =
    ["not", "is", "where", "has", "matches", "any", "-webkit-any", "-moz-any", "host-context", "slotted"];
const PAGE_WIDTH: f64 = 750.0;

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Found {
    pub edits: Edits,
    pub imports: Vec<Import>,
    pub urls: Vec<(Range<usize>, String)>,
    pub uses_host: bool,
    /// Places of closing braces that close nothing.
    pub stray_braces: Vec<usize>,
}

/// `@import "path" media;`
#[derive(Debug)]
pub struct Import {
    pub written: String,
    /// The whole rule, semicolon included.
    pub range: Range<usize>,
    /// Layer, supports and media conditions as written.
    pub condition: String,
}

/// Walks a style sheet.
pub fn walk(text: &Arc<str>, options: &StyleOptions) -> Found {
    let mut input = ParserInput::new(text);
    let mut parser = Parser::new(&mut input);
    let mut walker = Walker { text, options, found: Found::default() };
    walker.rules(&mut parser);
    walker.found
}

/// What the token before says about a name in a selector.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Nothing,
    Dot,
    /// Offset of the first colon.
    Colon(usize),
}

struct Walker<'a> {
    text: &'a Arc<str>,
    options: &'a StyleOptions,
    found: Found,
}

impl<'i> Walker<'i> {
    /// A list of rules: the file, or the block of a conditional at-rule.
    fn rules(&mut self, parser: &mut Parser<'i, '_>) {
        let mut after = After::Nothing;
        while let Some((start, token)) = next(parser) {
            match token {
                Token::AtKeyword(name) => {
                    self.at_rule(parser, &name.to_ascii_lowercase(), start);
                    after = After::Nothing;
                }
                Token::CurlyBracketBlock => {
                    self.block(parser, Self::declarations);
                    after = After::Nothing;
                }
                Token::CloseCurlyBracket => self.found.stray_braces.push(start),
                token => after = self.selector_token(parser, token, start, after),
            }
        }
    }

    /// A selector inside a pseudo-class.
    fn selector(&mut self, parser: &mut Parser<'i, '_>) {
        let mut after = After::Nothing;
        while let Some((start, token)) = next(parser) {
            after = self.selector_token(parser, token, start, after);
        }
    }

    fn selector_token(&mut self, parser: &mut Parser<'i, '_>, token: Token<'i>, start: usize, after: After) -> After {
        match token {
            Token::Delim('.') => After::Dot,
            Token::Colon => match after {
                After::Colon(first) => After::Colon(first),
                _ => After::Colon(start),
            },
            Token::Ident(name) => {
                match after {
                    After::Dot => self.class(start),
                    After::Colon(first) if name.eq_ignore_ascii_case("host") => self.host(first..position(parser)),
                    After::Colon(_) => {}
                    After::Nothing => self.found.edits.insert(start, "mz-"),
                }
                After::Nothing
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                if let After::Colon(first) = after {
                    if name == "host" {
                        self.host(first..position(parser));
                        self.block(parser, Self::selector);
                        // `:host(.a)` becomes `.host.a`: the parentheses go.
                        let end = position(parser);
                        if self.text[..end].ends_with(')') {
                            self.found.edits.replace(end - 1..end, "");
                        }
                    } else if SELECTOR_FUNCTIONS.contains(&name.as_str()) {
                        self.block(parser, Self::selector);
                    }
                }
                After::Nothing
            }
            Token::Comment(_) => {
                self.comment(start..position(parser));
                after
            }
            _ => After::Nothing,
        }
    }

    fn class(&mut self, start: usize) {
        if let Some(scope) = &self.options.scope {
            self.found.edits.insert(start, format!("{scope}--"));
        }
    }

    fn host(&mut self, range: Range<usize>) {
        self.found.uses_host = true;
        self.found.edits.replace(range, format!(".{}", self.options.host_class));
    }

    fn comment(&mut self, range: Range<usize>) {
        self.found.edits.replace_keeping_lines(self.text, range, "");
    }

    fn at_rule(&mut self, parser: &mut Parser<'i, '_>, name: &str, start: usize) {
        let mut import = None;
        let mut condition = position(parser);
        loop {
            let before = parser.position().byte_index();
            let Some((token_start, token)) = next(parser) else { break };
            match token {
                Token::Semicolon => break,
                Token::CurlyBracketBlock => {
                    if RULE_LISTS.contains(&name) {
                        self.block(parser, Self::rules);
                    } else if name.ends_with("keyframes") {
                        self.block(parser, Self::keyframes);
                    } else if name == "font-face" {
                        self.block(parser, Self::font_face);
                    } else {
                        self.block(parser, Self::declarations);
                    }
                    return;
                }
                Token::QuotedString(text) | Token::UnquotedUrl(text) if name == "import" && import.is_none() => {
                    import = Some(text.to_string());
                    condition = position(parser);
                }
                Token::Function(function)
                    if name == "import" && import.is_none() && function.eq_ignore_ascii_case("url") =>
                {
                    let quoted = parser.parse_nested_block(|parser| {
                        parser.expect_string_cloned().map_err(cssparser::ParseError::<()>::from)
                    });
                    import = quoted.ok().map(|text| text.to_string());
                    condition = position(parser);
                }
                Token::Comment(_) => self.comment(token_start..position(parser)),
                token => self.value(parser, token, before),
            }
        }
        if let Some(written) = import {
            let end = position(parser);
            let condition = self.text[condition.min(end)..end].trim_end_matches(';').trim().to_owned();
            self.found.imports.push(Import { written, range: start..end, condition });
        }
    }

    fn keyframes(&mut self, parser: &mut Parser<'i, '_>) {
        while let Some((start, token)) = next(parser) {
            match token {
                Token::CurlyBracketBlock => self.block(parser, Self::declarations),
                Token::Comment(_) => self.comment(start..position(parser)),
                _ => {}
            }
        }
    }

    /// The inside of a rule: declarations, at-rules and nested rules.
    fn declarations(&mut self, parser: &mut Parser<'i, '_>) {
        self.declaration_list(parser, true);
    }

    /// `@font-face` names the font that it defines, and nothing to fall back to.
    fn font_face(&mut self, parser: &mut Parser<'i, '_>) {
        self.declaration_list(parser, false);
    }

    fn declaration_list(&mut self, parser: &mut Parser<'i, '_>, fonts_fall_back: bool) {
        let mut segment = parser.state();
        let mut in_value = false;
        let mut family = FontFamily::default();
        loop {
            let Some((start, token)) = next(parser) else { break };
            match token {
                Token::Semicolon => {
                    self.end_declaration(&mut family, fonts_fall_back);
                    segment = parser.state();
                    in_value = false;
                }
                Token::AtKeyword(name) if !in_value => {
                    self.at_rule(parser, &name.to_ascii_lowercase(), start);
                    segment = parser.state();
                }
                Token::CurlyBracketBlock => {
                    // What came before was the selector of a nested rule: walk it again as one.
                    parser.reset(&segment);
                    self.nested_rule(parser);
                    segment = parser.state();
                    in_value = false;
                    family = FontFamily::default();
                }
                Token::Comment(_) => self.comment(start..position(parser)),
                Token::WhiteSpace(_) => {}
                token => {
                    in_value = true;
                    let seen = token.clone();
                    self.value(parser, token, start);
                    family.see(&seen, position(parser));
                }
            }
        }
        self.end_declaration(&mut family, fonts_fall_back);
    }

    /// Apps name the fonts of the phones they know; where none of those is there, text is to have no serifs.
    fn end_declaration(&mut self, family: &mut FontFamily, fonts_fall_back: bool) {
        let family = std::mem::take(family);
        if fonts_fall_back && let Some(end) = family.end_without_generic() {
            self.found.edits.insert(end, ", sans-serif");
        }
    }

    fn nested_rule(&mut self, parser: &mut Parser<'i, '_>) {
        let mut after = After::Nothing;
        while let Some((start, token)) = next(parser) {
            if token == Token::CurlyBracketBlock {
                self.block(parser, Self::declarations);
                return;
            }
            after = self.selector_token(parser, token, start, after);
        }
    }

    /// A token of a value: `rpx` and `url()` are replaced, functions and blocks entered.
    fn value(&mut self, parser: &mut Parser<'i, '_>, token: Token<'i>, start: usize) {
        match token {
            Token::Dimension { ref unit, .. } if unit.eq_ignore_ascii_case("rpx") => {
                let range = start..position(parser);
                if let Some(replacement) = in_view_width(&self.text[range.clone()]) {
                    self.found.edits.replace(range, replacement);
                }
            }
            Token::UnquotedUrl(url) => self.found.urls.push((start..position(parser), url.to_string())),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let quoted = parser.parse_nested_block(|parser| {
                    parser.expect_string_cloned().map_err(cssparser::ParseError::<()>::from)
                });
                if let Ok(url) = quoted {
                    self.found.urls.push((start..position(parser), url.to_string()));
                }
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                self.block(parser, Self::values)
            }
            _ => {}
        }
    }

    fn values(&mut self, parser: &mut Parser<'i, '_>) {
        while let Some((start, token)) = next(parser) {
            match token {
                Token::Comment(_) => self.comment(start..position(parser)),
                Token::CurlyBracketBlock => self.block(parser, Self::values),
                token => self.value(parser, token, start),
            }
        }
    }

    fn block(&mut self, parser: &mut Parser<'i, '_>, walk: fn(&mut Self, &mut Parser<'i, '_>)) {
        // The walk reads to the end of the block and has no error of its own.
        let _: Result<(), cssparser::ParseError<'i, ()>> = parser.parse_nested_block(|parser| {
            walk(self, parser);
            Ok(())
        });
    }
}

/// Next token with the offset it starts at.
fn next<'i>(parser: &mut Parser<'i, '_>) -> Option<(usize, Token<'i>)> {
    let start = parser.position().byte_index();
    let token = parser.next_including_whitespace_and_comments().ok()?.clone();
    Some((start, token))
}

fn position(parser: &Parser<'_, '_>) -> usize {
    parser.position().byte_index()
}

/// `375rpx` to `50vw`, with at most six decimals.
fn in_view_width(text: &str) -> Option<String> {
    let number: f64 = text[..text.len() - 3].parse().ok()?;
    let value = number * 100.0 / PAGE_WIDTH;
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Some(format!("{}vw", if text == "-0" { "0" } else { text }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::Piece;

    #[test]
    fn fonts_fall_back_to_one_without_serifs() {
        assert_eq!(transformed(".a{font-family:PingFang SC}"), ".s--a{font-family:PingFang SC, sans-serif}");
        assert_eq!(
            transformed(".a{font-family:'a' !important;b:c}"),
            ".s--a{font-family:'a', sans-serif !important;b:c}"
        );
        for kept in ["font-family:a,serif", "font-family:inherit", "font-family:var(--a)", "font-size:1px"] {
            assert_eq!(transformed(&format!(".a{{{kept}}}")), format!(".s--a{{{kept}}}"));
        }
        assert_eq!(transformed("@font-face{font-family:icons}"), "@font-face{font-family:icons}");
    }

    fn transformed(css: &str) -> String {
        let text: Arc<str> = css.into();
        let options = StyleOptions { scope: Some("s".to_owned()), host_class: "s---host".to_owned() };
        let mut output = String::new();
        walk(&text, &options).edits.finish().apply(&text, &mut output, |_: &Piece| String::new());
        output
    }

    #[test]
    fn classes_and_types_of_compound_selectors() {
        assert_eq!(
            transformed("view.a>.b:not(image.c),#d [e=f]{}"),
            "mz-view.s--a>.s--b:not(mz-image.s--c),#d [e=f]{}"
        );
        assert_eq!(transformed("page::after,.a:nth-child(2n + 1){}"), "mz-page::after,.s--a:nth-child(2n + 1){}");
    }

    #[test]
    fn lengths_are_converted_everywhere_but_in_names() {
        assert_eq!(transformed(".a{width:calc(100% - 375rpx)}"), ".s--a{width:calc(100% - 50vw)}");
        assert_eq!(
            transformed("@media (min-width:750rpx){.a{margin:-1.5rpx}}"),
            "@media (min-width:100vw){.s--a{margin:-0.2vw}}"
        );
    }

    #[test]
    fn keyframes_and_fonts_keep_their_names() {
        let css = "@keyframes view{from{left:75rpx}50%{left:0}}@font-face{font-family:a.b}";
        assert_eq!(transformed(css), css.replace("75rpx", "10vw"));
    }

    #[test]
    fn host_becomes_a_class() {
        assert_eq!(transformed(":host{color:red}:host(.on) .a{}"), ".s---host{color:red}.s---host.s--on .s--a{}");
    }

    #[test]
    fn nested_rules_are_rules() {
        assert_eq!(
            transformed(".a{width:1px;&.b view{top:75rpx}color:red}"),
            ".s--a{width:1px;&.s--b mz-view{top:10vw}color:red}"
        );
    }

    #[test]
    fn comments_go_but_lines_stay() {
        assert_eq!(transformed("/* a\n b */.a{}"), "\n.s--a{}");
    }
}
