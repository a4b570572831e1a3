//! Attribute names of early versions of the dialect, brought to today's in place, so that positions stay.

use std::borrow::Cow;

/// Old name and new one; the new one is not longer.
const RENAMED: [(&str, &str); 1] = [("wx:for-items", "wx:for")];

/// Renames old attributes; spaces fill what the shorter name leaves.
pub fn rename_attributes(source: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(source);
    for (old, new) in RENAMED {
        if text.contains(old) {
            let padded = format!("{new:width$}", width = old.len());
            text = Cow::Owned(text.replace(old, &padded));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::rename_attributes;

    #[test]
    fn old_loops_keep_their_place() {
        assert_eq!(rename_attributes("<a wx:for-items=\"{{b}}\" c>"), "<a wx:for      =\"{{b}}\" c>");
    }
}
