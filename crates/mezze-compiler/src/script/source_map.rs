//! The way from a line of a generated module back to the developer's own.

use std::ops::Range;

use oxc_sourcemap::{SourceMap, SourceMapBuilder};

use crate::diagnostic::LineIndex;

/// Lines that the wrapper puts before a module's body.
pub const WRAPPER_LINES: u32 = 1;

/// How the lines of a module relate to its source.
#[derive(Debug, Clone)]
pub enum LineMap {
    /// The body is the source with edits inside its lines.
    Shifted,
    /// The body was generated (TypeScript).
    Tokens(TokenMap),
}

/// Places of a generated text and where each came from, in the order of the generated text. All count from 0.
#[derive(Debug, Clone, Default)]
pub struct TokenMap(Vec<MappedToken>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MappedToken {
    line: u32,
    column: u32,
    source_line: u32,
    source_column: u32,
}

impl TokenMap {
    pub fn new(map: &SourceMap<'_>) -> Self {
        let mut tokens: Vec<MappedToken> = map
            .get_tokens()
            .map(|token| MappedToken {
                line: token.get_dst_line(),
                column: token.get_dst_col(),
                source_line: token.get_src_line(),
                source_column: token.get_src_col(),
            })
            .collect();
        tokens.sort_unstable();
        Self(tokens)
    }

    /// Source line and column of a generated place: that of the last token before it on its line, or the first after.
    fn original(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        let after = self.0.partition_point(|token| (token.line, token.column) <= (line, column));
        let before = after.checked_sub(1).and_then(|index| self.0.get(index));
        let token = before.filter(|token| token.line == line).or_else(|| self.0.get(after)).or(before)?;
        Some((token.source_line, token.source_column))
    }

    /// Byte range in the source for one in the generated text. Its length is that of the generated range.
    pub fn original_range(&self, generated: &str, source: &str, range: Range<usize>) -> Option<Range<usize>> {
        let (line, column) = LineIndex::new(generated).position(generated, range.start);
        let (line, column) = self.original(line - 1, column - 1)?;
        let start = LineIndex::new(source).offset(source, line + 1, column + 1);
        Some(start..(start + range.len()).min(source.len()))
    }
}

impl LineMap {
    /// Line and column (from 1) in the developer's file for those of a module's file.
    pub fn original_position(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        let line = line.checked_sub(WRAPPER_LINES).filter(|line| *line > 0)?;
        match self {
            Self::Shifted => Some((line, column)),
            Self::Tokens(map) => {
                let (line, column) = map.original(line - 1, column.saturating_sub(1))?;
                Some((line + 1, column + 1))
            }
        }
    }

    /// Source map (version 3) of a module's file.
    pub fn to_json(&self, file: &str, source_name: &str, source: &str, lines: u32) -> String {
        let mut builder = SourceMapBuilder::default();
        builder.set_file(file);
        let source_id = builder.add_source_and_content(source_name, source);
        match self {
            Self::Shifted => {
                for line in WRAPPER_LINES..lines.saturating_sub(1) {
                    builder.add_token(line, 0, line - WRAPPER_LINES, 0, Some(source_id), None);
                }
            }
            Self::Tokens(map) => {
                for token in &map.0 {
                    let line = token.line + WRAPPER_LINES;
                    builder.add_token(
                        line,
                        token.column,
                        token.source_line,
                        token.source_column,
                        Some(source_id),
                        None,
                    );
                }
            }
        }
        builder.into_sourcemap().to_json_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_module_is_one_line_down() {
        assert_eq!(LineMap::Shifted.original_position(2, 7), Some((1, 7)));
        assert_eq!(LineMap::Shifted.original_position(1, 7), None);
    }

    #[test]
    fn generated_places_go_back_to_the_token_before_them() {
        let token = |line, column, source_line, source_column| MappedToken { line, column, source_line, source_column };
        let map = TokenMap(vec![token(0, 0, 2, 0), token(0, 6, 2, 10), token(1, 0, 5, 0)]);
        assert_eq!(LineMap::Tokens(map.clone()).original_position(2, 9), Some((3, 11)));
        assert_eq!(LineMap::Tokens(map).original_position(3, 4), Some((6, 1)));
    }
}
