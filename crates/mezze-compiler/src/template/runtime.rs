//! Wrappers of template files.

use glass_easel_template_compiler::TmplGroup;

use crate::script::quoted;

/// The file that is loaded before all templates of a code package.
pub const RUNTIME_FILE: &str = "template/_runtime.js";

/// Helpers that generated templates use, with the table of template scripts.
pub fn runtime_script() -> String {
    let mut group = TmplGroup::new();
    // The helpers for scripts are left out of a group that has none.
    group.add_script("_", "");
    let helpers = group.get_runtime_string();
    format!("__mezze__.templateRuntime(function(){{{helpers}\n;return {{X,Y,Z,P,Q,D}}}});\n")
}

/// File of a template or template script in the package.
pub fn file_name(path: &str) -> String {
    format!("template/{path}.js")
}

/// Wraps what was generated for a template.
pub fn wrap_template(path: &str, generated: &str) -> String {
    let name = quoted(path);
    format!("__mezze__.template({name},function(G,R,X,Y,Z,P,Q,D){{G[{name}]={generated}}});\n")
}

/// Wraps a template script. `path` has its extension; templates know it by its path without.
pub fn wrap_script(path: &str, key: &str, body: &str) -> String {
    let (name, key) = (quoted(path), quoted(key));
    format!(
        "__mezze__.template({name},function(G,R,X,Y,Z,P,Q,D){{R[{key}]=D({name},(require,exports,module)=>{{\n{body}\n}})}});\n"
    )
}
