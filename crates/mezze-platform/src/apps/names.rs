//! What a name looks like to people: two names that are easily taken for each other have the same skeleton.
//!
//! ```text
//! "Pаypal" (Cyrillic а), "PayPaI", "ＰayPal ", "pay-pal"  ->  "paypal"
//! ```
//! The skeleton of Unicode TR 39 (`unicode-security`), over compatibility forms and lower case, without what does not
//! show, spaces and punctuation. It is compared, never shown.

use unicode_security::confusable_detection::skeleton as confusable_skeleton;

/// The skeleton of a name.
pub(crate) fn skeleton(name: &str) -> String {
    // Lower case first, so that `I` and `l` meet as TR 39 has them; again after, because look-alikes may be capital.
    let folded = fold(name);
    let looked: String = confusable_skeleton(&folded).collect();
    let again: String = confusable_skeleton(&fold(&looked)).collect();
    again.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn fold(text: &str) -> String {
    text.chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| match letter {
            // A capital I is read as a small L in most fonts, which lower case would hide.
            'I' | '|' => 'l',
            letter => letter,
        })
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '0' => 'o',
            '1' => 'l',
            letter => letter,
        })
        .collect()
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether two skeletons differ in one letter: worth a look, not a refusal. Short names differ in one letter by nature.
pub(super) fn are_near(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let (short, long) = if left.len() <= right.len() { (&left, &right) } else { (&right, &left) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    head + tail >= short.len().saturating_sub(usize::from(short.len() == long.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        let paypal = skeleton("PayPal");
        for disguised in [
            "paypal",
            "PAYPAL",
            "P\u{430}yPal",
            "PayPaI",
            "Pay\u{200b}Pal",
            "ＰａｙＰａｌ",
            "Pay-Pal",
            " pay pal ",
            "p\u{430}yp\u{430}l",
        ] {
            assert_eq!(skeleton(disguised), paypal, "{disguised}");
        }
        assert_eq!(skeleton("\u{3a1}ay\u{3a1}al"), paypal, "Greek capital rho");
        assert_eq!(skeleton("G00gle"), skeleton("Google"));
        assert_ne!(skeleton("Menu"), skeleton("Maps"));
        assert_ne!(skeleton("微信"), skeleton("微博"));
        assert_eq!(skeleton("微 信"), skeleton("微信"));
    }

    #[test]
    fn near_is_one_letter_apart_in_names_of_some_length() {
        assert!(are_near("paypal", "paypa"));
        assert!(are_near("paypal", "paypals"));
        assert!(!are_near("paypal", "payball"));
        assert!(are_near("paypal", "paybal"));
        assert!(!are_near("menu", "mena"));
        assert!(!are_near("kitchen", "chicken"));
    }
}
