//! Texts in quotes, in which a backslash takes its meaning from the letter behind it: style sheets and scripts alike.

/// Bytes of the string at the start of the text, quotes included; all of the text where it does not end.
pub fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (offset, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return offset + 1,
            _ => {}
        }
    }
    text.len()
}
