//! Whether a declaration is a `font-family` that names no generic family.

use cssparser::Token;

/// Families and keywords after which nothing is missing.
const GENERIC: [&str; 17] = [
    "sans-serif",
    "serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-sans-serif",
    "ui-serif",
    "ui-monospace",
    "ui-rounded",
    "math",
    "emoji",
    "inherit",
    "initial",
    "unset",
    "revert",
    "revert-layer",
];

/// Follows the tokens of one declaration.
#[derive(Debug, Default)]
pub struct FontFamily {
    state: State,
    /// Where the value ends so far, `!important` not included.
    end: usize,
    ends_generic: bool,
}

#[derive(Debug, Default, PartialEq)]
enum State {
    #[default]
    Start,
    Named,
    Value,
    /// `!important` has begun.
    After,
    Other,
}

impl FontFamily {
    /// Takes note of a token that ends at an offset; white space and comments are not shown.
    pub fn see(&mut self, token: &Token<'_>, end: usize) {
        self.state = match (&self.state, token) {
            (State::Start, Token::Ident(name)) if name.eq_ignore_ascii_case("font-family") => State::Named,
            (State::Named, Token::Colon) => State::Value,
            (State::Value, Token::Delim('!')) => State::After,
            (State::Value, token) => {
                self.end = end;
                self.ends_generic = match token {
                    Token::Ident(name) => GENERIC.iter().any(|generic| name.eq_ignore_ascii_case(generic)),
                    Token::Function(_) => true,
                    _ => false,
                };
                State::Value
            }
            (State::After, _) => State::After,
            _ => State::Other,
        };
    }

    /// End of the value, where a generic family is missing.
    pub fn end_without_generic(&self) -> Option<usize> {
        let has_value = matches!(self.state, State::Value | State::After) && self.end > 0;
        (has_value && !self.ends_generic).then_some(self.end)
    }
}
