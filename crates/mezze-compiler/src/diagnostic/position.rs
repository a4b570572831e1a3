//! Byte offsets to lines and columns and back. Lines and columns count from 1, columns in UTF-16 units.

/// Line starts of a text, for many look-ups in one text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_newlines(text).map(|offset| offset as u32 + 1));
        Self { starts }
    }

    /// Line (from 1) that holds the byte offset.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|start| *start as usize <= offset) as u32
    }

    /// Line and UTF-16 column of a byte offset.
    pub fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let end = floor_char_boundary(text, offset);
        (line, text[start..end.max(start)].encode_utf16().count() as u32 + 1)
    }

    /// Byte offset of a line and UTF-16 column, clamped to the text.
    pub fn offset(&self, text: &str, line: u32, column: u32) -> usize {
        let Some(&start) = self.starts.get((line.max(1) - 1) as usize) else { return text.len() };
        let mut units = column.max(1) - 1;
        for (offset, character) in text[start as usize..].char_indices() {
            if units == 0 || character == '\n' {
                return start as usize + offset;
            }
            units = units.saturating_sub(character.len_utf16() as u32);
        }
        text.len()
    }
}

/// Line and column of one byte offset, without an index.
pub fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..floor_char_boundary(text, offset)];
    let line = memchr_newlines(before).count() as u32 + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].encode_utf16().count() as u32 + 1)
}

fn memchr_newlines(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset)
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|candidate| text.is_char_boundary(*candidate)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf16_units_and_come_back() {
        let text = "ab\n😀c\n";
        let index = LineIndex::new(text);
        let offset = text.find('c').map_or(0, |offset| offset);
        assert_eq!(index.position(text, offset), (2, 3));
        assert_eq!(line_and_column(text, offset), (2, 3));
        assert_eq!(index.offset(text, 2, 3), offset);
        assert_eq!(index.offset(text, 99, 1), text.len());
    }
}
