//! A linked module's text: wrapper line, body, closing line.

use super::Script;
use super::prologue::quoted;
use crate::edits::Piece;
use crate::project::paths;

/// Name that a module goes by at run time: its path with the extension of what it was compiled to.
pub fn module_name(path: &str) -> String {
    match paths::extension(path) {
        "ts" | "mts" | "cts" => format!("{}.js", paths::without_extension(path)),
        _ => path.to_owned(),
    }
}

/// Name of the file that holds a module in the package.
pub fn file_name(module: &str) -> String {
    match paths::extension(module) {
        "js" => format!("script/{module}"),
        _ => format!("script/{module}.js"),
    }
}

/// Writes a module. `resolved[n]` is the module name of dependency `n`, or nothing where there is no such module:
/// then the name stays as it was written, and requiring it fails at run time.
pub fn wrap(script: &Script, module: &str, resolved: &[Option<String>]) -> String {
    let mut output = String::with_capacity(script.text.len() + 256);
    output.push_str("__mezze__.module(");
    output.push_str(&quoted(module));
    output.push_str(",function(require,module,exports,");
    output.push_str(script.scope_name);
    output.push_str("){");
    if script.strict {
        output.push_str("\"use strict\";");
    }
    if !script.bound.is_empty() {
        output.push_str(&format!("var {{{}}}={};", script.bound.join(","), script.scope_name));
    }
    if script.in_block {
        output.push('{');
    }
    let fill = |hole: &Piece| match hole {
        Piece::Text(text) => text.clone(),
        Piece::Folder => quoted(paths::folder(module)),
        Piece::Specifier(number) => {
            let resolved = resolved.get(*number).and_then(Option::as_ref);
            let written = script.dependencies.get(*number).map(|dependency| &dependency.written);
            quoted(resolved.or(written).map(String::as_str).unwrap_or_default())
        }
    };
    script.prologue.iter().for_each(|piece| output.push_str(&fill(piece)));
    output.push('\n');
    script.edits.apply(&script.text, &mut output, fill);
    if !output.ends_with('\n') {
        output.push('\n');
    }
    output.push_str(if script.in_block { "}});\n" } else { "});\n" });
    output
}
