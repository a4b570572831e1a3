//! Names that a module finds around it.

use mezze_model::app_config::Namespace;

/// The wrapper's parameter that holds the app's scope.
pub const SCOPE: &str = "$";
/// Its name in a module that has a `$` of its own.
pub const OTHER_SCOPE: &str = "$mezze";

/// Parameters of the wrapper, which a module may not declare with `let`, `const` or `class` beside them.
pub const PARAMETERS: [&str; 3] = ["require", "module", "exports"];

/// Members of the scope object that a module may use by name; the namespace comes beside them.
///
/// `window` and `document` are there to be undefined: libraries ask for them to find out where they run.
pub const SCOPE_MEMBERS: [&str; 12] = [
    "App",
    "Page",
    "Component",
    "Behavior",
    "getApp",
    "getCurrentPages",
    "requirePlugin",
    "requireMiniProgram",
    "console",
    "global",
    "window",
    "document",
];

/// The scope's own spelling of a name, where it has that name.
pub fn scope_member(name: &str, namespace: Namespace) -> Option<&'static str> {
    if name == namespace.as_str() {
        return Some(namespace.as_str());
    }
    SCOPE_MEMBERS.into_iter().find(|member| *member == name)
}
