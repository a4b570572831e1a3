//! The same template always becomes the same bytes.
//!
//! glass-easel's compiler lists the fields of a template's binding map in the order of a hash map, which differs from
//! run to run. The list is an object literal whose order means nothing, so it is put in alphabetical order here.

/// What stands before and after each list in generated code.
const BEFORE: &str = ",O=R.r,A={";
const AFTER: &str = "},K=U===true";

/// Puts the fields of all binding maps in order.
pub fn in_order(generated: &str) -> String {
    let mut output = String::with_capacity(generated.len());
    let mut rest = generated;
    while let Some(start) = rest.find(BEFORE) {
        let (head, tail) = rest.split_at(start + BEFORE.len());
        output.push_str(head);
        let end = tail.find(AFTER).unwrap_or(0);
        let (fields, after) = tail.split_at(end);
        output.push_str(&sorted(fields));
        rest = after;
    }
    output.push_str(rest);
    output
}

/// `"b":new Array(1),"a":new Array(2)` in order; anything else as it is.
fn sorted(fields: &str) -> String {
    let mut entries: Vec<&str> = fields.split(",\"").collect();
    if entries.len() < 2 || !entries.iter().all(|entry| is_field(entry)) {
        return fields.to_owned();
    }
    if let Some(first) = entries.first_mut() {
        *first = first.trim_start_matches('"');
    }
    entries.sort_unstable();
    format!("\"{}", entries.join(",\""))
}

fn is_field(entry: &str) -> bool {
    let count = entry.split_once("\":new Array(").and_then(|(_, count)| count.strip_suffix(')'));
    count.is_some_and(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn fields_are_sorted_and_all_else_stays() {
        let generated = r#"M=R.m,O=R.r,A={"b":new Array(1),"a":new Array(12)},K=U===true;x,O=R.r,A={},K=U===true"#;
        let ordered = r#"M=R.m,O=R.r,A={"a":new Array(12),"b":new Array(1)},K=U===true;x,O=R.r,A={},K=U===true"#;
        assert_eq!(in_order(generated), ordered);
        assert_eq!(in_order(ordered), ordered);
    }
}
