//! Configuration files as text, and small rules about the common form's types (which are `mezze-model`'s).

mod json;

use mezze_model::app_config::StyleIsolation;

pub use json::JsonFile;

/// A style isolation by the name that configuration gives it.
pub fn style_isolation(name: &str) -> Option<StyleIsolation> {
    serde_json::from_value(name.into()).ok()
}

/// True where a style sheet reaches beyond its component, so that its classes carry no prefix.
pub fn is_shared(isolation: StyleIsolation) -> bool {
    matches!(isolation, StyleIsolation::Shared | StyleIsolation::PageShared)
}
