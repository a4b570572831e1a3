//! What an app uses and does not declare. The audit calls this with the APIs that it saw in the code or during a run,
//! the platform's check with those it finds in a package, both before a release.

use std::fmt;

use mezze_api::Catalog;
use mezze_model::Manifest;

use super::scopes::is_open_category;

/// An API that an app uses, by its name in the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiUse {
    pub api: String,
    /// Where, for a person: `pages/index/index.js:12`.
    pub place: Option<String>,
}

/// A permission or a category of data that is used and not declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct UndeclaredUse {
    /// A scope, or `data.` and a category.
    pub permission: String,
    pub api: String,
    pub place: Option<String>,
}

impl UndeclaredUse {
    /// What its maker has to add.
    #[must_use]
    pub fn hint(&self) -> String {
        match self.permission.strip_prefix("data.") {
            Some(category) => {
                format!(r#"add to mezze.json: "data": {{"{category}": {{"purpose": "…", "retention": "…"}}}}"#)
            }
            None => format!(
                r#"add to app.json: "permission": {{"{0}": {{"desc": "why"}}}}, or to mezze.json: "permissions": {{"{0}": "why"}}"#,
                self.permission
            ),
        }
    }
}

impl fmt::Display for UndeclaredUse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} needs {}, which the app does not declare", self.api, self.permission)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(formatter, " ({place})"))
    }
}

/// Every use that is not declared, each permission once, with the first place that needs it.
#[must_use]
pub fn undeclared_uses(manifest: &Manifest, catalog: &Catalog, uses: &[ApiUse]) -> Vec<UndeclaredUse> {
    let mut found: Vec<UndeclaredUse> = Vec::new();
    for used in uses {
        let Some(api) = catalog.find(&used.api) else { continue };
        let permission = match (&api.scope, &api.data_category) {
            (Some(scope), _) => (!manifest.declares_permission(scope)).then(|| scope.clone()),
            (None, Some(category)) if !is_open_category(category) => {
                manifest.data_use(category).is_none().then(|| format!("data.{category}"))
            }
            _ => None,
        };
        let Some(permission) = permission else { continue };
        if !found.iter().any(|known| known.permission == permission) {
            found.push(UndeclaredUse { permission, api: used.api.clone(), place: used.place.clone() });
        }
    }
    found.sort();
    found
}
