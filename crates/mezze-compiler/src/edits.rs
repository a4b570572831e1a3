//! Edits to a text that keep its lines where they are, with holes for paths that are resolved later.

use std::ops::Range;

/// What an edit puts in place of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// The string literal of dependency number `n`, once it is resolved.
    Specifier(usize),
    /// String literal of the module's folder.
    Folder,
}

#[derive(Debug, Clone)]
pub struct Edit {
    pub range: Range<usize>,
    pub pieces: Vec<Piece>,
}

/// Edits of one text. They may not overlap; of two that do, the one that starts first wins.
#[derive(Debug, Clone, Default)]
pub struct Edits(Vec<Edit>);

impl Edits {
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push(Edit { range, pieces: vec![Piece::Text(text.into())] });
    }

    pub fn insert(&mut self, offset: usize, text: impl Into<String>) {
        self.replace(offset..offset, text);
    }

    pub fn replace_with(&mut self, range: Range<usize>, pieces: Vec<Piece>) {
        self.0.push(Edit { range, pieces });
    }

    /// Replaces a range by `text` and as many line breaks as the range holds.
    pub fn replace_keeping_lines(&mut self, source: &str, range: Range<usize>, text: &str) {
        let breaks = source[range.clone()].bytes().filter(|byte| *byte == b'\n').count();
        self.replace(range, format!("{text}{}", "\n".repeat(breaks)));
    }

    /// Puts the edits in order and drops those inside others.
    pub fn finish(mut self) -> Self {
        self.0.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut end = 0;
        self.0.retain(|edit| {
            let keep = edit.range.start >= end;
            if keep {
                end = end.max(edit.range.end);
            }
            keep
        });
        self
    }

    /// Appends the edited text to `output`; `fill` gives the text of a hole.
    pub fn apply(&self, source: &str, output: &mut String, fill: impl Fn(&Piece) -> String) {
        let mut position = 0;
        for edit in &self.0 {
            output.push_str(&source[position..edit.range.start]);
            for piece in &edit.pieces {
                match piece {
                    Piece::Text(text) => output.push_str(text),
                    hole => output.push_str(&fill(hole)),
                }
            }
            position = edit.range.end;
        }
        output.push_str(&source[position..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_inside_others_are_dropped_and_holes_filled() {
        let source = "a\nb c";
        let mut edits = Edits::default();
        edits.replace(4..5, "X");
        edits.replace_keeping_lines(source, 0..3, ";");
        edits.replace(2..3, "lost");
        edits.replace_with(5..5, vec![Piece::Specifier(0)]);
        let mut output = String::new();
        edits.finish().apply(source, &mut output, |_| "'x'".to_owned());
        assert_eq!(output, ";\n X'x'");
    }
}
