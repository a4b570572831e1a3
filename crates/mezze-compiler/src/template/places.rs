//! From places in the text that the template parser read to places in the developer's.

use std::ops::Range;

use glass_easel_template_compiler::parse::Position;

use crate::diagnostic::LineIndex;

/// The developer's text by line, and what was put into it before it was parsed.
#[derive(Debug)]
pub struct Places {
    index: LineIndex,
    /// Line (from 0) and UTF-16 column (from 0, in the parsed text) of each inserted character, in order.
    inserted: Vec<(u32, u32)>,
}

impl Places {
    pub fn new(source: &str, inserted: Vec<(u32, u32)>) -> Self {
        Self { index: LineIndex::new(source), inserted }
    }

    /// Bytes of the developer's text that a range of the parsed text stands for.
    pub fn range(&self, source: &str, range: &Range<Position>) -> Range<usize> {
        let start = self.offset(source, range.start);
        start..self.offset(source, range.end).max(start)
    }

    fn offset(&self, source: &str, position: Position) -> usize {
        let line = self.inserted.partition_point(|place| place.0 < position.line);
        let before = self.inserted.partition_point(|place| *place < (position.line, position.utf16_col));
        let shift = u32::try_from(before - line).unwrap_or(0);
        self.index.offset(source, position.line + 1, position.utf16_col - shift.min(position.utf16_col) + 1)
    }
}
