//! Codes of the drawing operations, as `web/runtime/protocol/operations.ts` has them; a test compares.

pub const CREATE_ELEMENT: u64 = 1;
pub const CREATE_TEXT: u64 = 2;
pub const CREATE_FRAGMENT: u64 = 3;
pub const APPEND_CHILD: u64 = 4;
pub const REMOVE_CHILD: u64 = 5;
pub const INSERT_BEFORE: u64 = 6;
pub const REPLACE_CHILD: u64 = 7;
pub const SPLICE_BEFORE: u64 = 8;
pub const SPLICE_APPEND: u64 = 9;
pub const SPLICE_REMOVE: u64 = 10;
pub const RELEASE: u64 = 11;
pub const SET_TEXT: u64 = 12;
pub const SET_ID: u64 = 13;
pub const SET_CLASS: u64 = 14;
pub const SET_STYLE: u64 = 15;
pub const SET_ATTRIBUTE: u64 = 16;
pub const REMOVE_ATTRIBUTE: u64 = 17;
pub const SET_LISTENER: u64 = 18;
/// A two-way binding changes nothing that is measured; it is here to be compared.
#[cfg(test)]
pub const SET_MODEL_BINDING: u64 = 19;

/// Number of operands by code.
pub const OPERAND_COUNT: [usize; 20] = [0, 2, 2, 1, 2, 2, 3, 3, 4, 2, 3, 2, 2, 2, 2, 2, 4, 2, 3, 3];

/// Caps of a page frame.
pub const MOST_NODES: usize = 100_000;
pub const MOST_DEPTH: u32 = 512;
pub const LONGEST_TEXT: usize = 1_000_000;
pub const LONGEST_STYLE: usize = 65_536;
pub const LONGEST_CLASS: usize = 16_384;

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of `name: VALUE` or `name = VALUE` in the protocol, spaces and underscores left out.
    fn value_of<'a>(source: &'a str, name: &str) -> Option<&'a str> {
        let (_, rest) = source.split_once(&format!("\n  {name}: "))?;
        rest.split([',', '\n']).next()
    }

    #[test]
    fn codes_are_those_of_the_protocol() -> Result<(), std::io::Error> {
        let source =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/runtime/protocol/operations.ts"))?;
        let codes = [
            ("createElement", CREATE_ELEMENT),
            ("createText", CREATE_TEXT),
            ("createFragment", CREATE_FRAGMENT),
            ("appendChild", APPEND_CHILD),
            ("removeChild", REMOVE_CHILD),
            ("insertBefore", INSERT_BEFORE),
            ("replaceChild", REPLACE_CHILD),
            ("spliceBefore", SPLICE_BEFORE),
            ("spliceAppend", SPLICE_APPEND),
            ("spliceRemove", SPLICE_REMOVE),
            ("release", RELEASE),
            ("setText", SET_TEXT),
            ("setId", SET_ID),
            ("setClass", SET_CLASS),
            ("setStyle", SET_STYLE),
            ("setAttribute", SET_ATTRIBUTE),
            ("removeAttribute", REMOVE_ATTRIBUTE),
            ("setListener", SET_LISTENER),
            ("setModelBinding", SET_MODEL_BINDING),
        ];
        for (name, code) in codes {
            assert_eq!(value_of(&source, name), Some(code.to_string().as_str()), "{name}");
        }
        let limits = [
            ("nodes", MOST_NODES),
            ("depth", MOST_DEPTH as usize),
            ("textLength", LONGEST_TEXT),
            ("styleLength", LONGEST_STYLE),
            ("classLength", LONGEST_CLASS),
        ];
        for (name, limit) in limits {
            let written = value_of(&source, name).map(|value| value.replace('_', ""));
            assert_eq!(written, Some(limit.to_string()), "{name}");
        }
        let counts: Vec<String> = OPERAND_COUNT.iter().map(ToString::to_string).collect();
        assert!(source.contains(&format!("= [{}];", counts.join(", "))), "operandCount");
        Ok(())
    }
}
