//! What changed since the release that users have.

use std::collections::BTreeSet;

use mezze_model::{Manifest, OriginUse, Origins};
use mezze_package::{FileListing, VerifiedPackage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::permissions::declared;
use super::{Finding, Severity, UsedOrigin};

/// Names in one list beyond this are counted, not listed.
const MOST_LISTED: usize = 500;

/// What is known of the release before.
pub(in super::super) struct Predecessor {
    pub(in super::super) version: String,
    pub(in super::super) package_size: u64,
    pub(in super::super) files: FileListing,
    pub(in super::super) manifest: Manifest,
    pub(in super::super) developer_key: Option<String>,
}

/// One file that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ChangedFile {
    pub(crate) path: String,
    /// Bytes before and after.
    pub(crate) before: u64,
    pub(crate) after: u64,
}

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Difference {
    /// The release that users have.
    pub(crate) from_version: String,
    pub(crate) files_added: Vec<String>,
    pub(crate) files_removed: Vec<String>,
    pub(crate) files_changed: Vec<ChangedFile>,
    pub(crate) files_unchanged: u64,
    /// Whether the lists above leave some out.
    pub(crate) truncated: bool,
    pub(crate) permissions_added: Vec<String>,
    pub(crate) permissions_removed: Vec<String>,
    pub(crate) origins_added: Vec<UsedOrigin>,
    pub(crate) origins_removed: Vec<UsedOrigin>,
    /// Bytes of the package before.
    pub(crate) size_before: u64,
    /// The name before, where it changed.
    pub(crate) name_before: Option<String>,
    /// The signing key before, where it changed.
    pub(crate) developer_key_before: Option<String>,
}

impl Difference {
    pub(super) fn between(before: &Predecessor, after: &VerifiedPackage) -> Self {
        let manifest = after.manifest();
        let mut difference =
            Self { from_version: before.version.clone(), size_before: before.package_size, ..Self::default() };
        difference.compare_files(&before.files, &after.package().listing());
        let names = |manifest: &Manifest| -> BTreeSet<String> {
            declared(manifest).into_iter().map(|permission| permission.name).collect()
        };
        let (old, new) = (names(&before.manifest), names(manifest));
        difference.permissions_added = new.difference(&old).cloned().collect();
        difference.permissions_removed = old.difference(&new).cloned().collect();
        let (old, new) = (origins_of(&before.manifest.mezze.origins), origins_of(&manifest.mezze.origins));
        difference.origins_added = new.iter().filter(|origin| !old.contains(origin)).cloned().collect();
        difference.origins_removed = old.iter().filter(|origin| !new.contains(origin)).cloned().collect();
        let old_name = before.manifest.display_name();
        difference.name_before = (old_name != manifest.display_name()).then(|| old_name.to_owned());
        let key = after.developer().key().to_string();
        difference.developer_key_before = before.developer_key.clone().filter(|old| *old != key);
        difference
    }

    fn compare_files(&mut self, before: &FileListing, after: &FileListing) {
        for (path, file) in after.iter() {
            match before.get(path.as_str()) {
                None => self.files_added.push(path.to_string()),
                Some(old) if old == file => self.files_unchanged += 1,
                Some(old) => {
                    let changed = ChangedFile { path: path.to_string(), before: old.size, after: file.size };
                    self.files_changed.push(changed);
                }
            }
        }
        let removed = before.iter().filter(|(path, _)| after.get(path.as_str()).is_none());
        self.files_removed = removed.map(|(path, _)| path.to_string()).collect();
        let longest = self.files_added.len().max(self.files_removed.len()).max(self.files_changed.len());
        self.truncated = longest > MOST_LISTED;
        self.files_added.truncate(MOST_LISTED);
        self.files_removed.truncate(MOST_LISTED);
        self.files_changed.truncate(MOST_LISTED);
    }

    /// What of it a reviewer must not overlook.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for permission in &self.permissions_added {
            let message = format!("It now asks for `{permission}`, which {} did not.", self.from_version);
            findings.push(Finding::new("new-permission", Severity::Warning, message));
        }
        for origin in &self.origins_added {
            let message = format!(
                "It now reaches {} ({}), which {} did not.",
                origin.origin, origin.origin_use, self.from_version
            );
            findings.push(Finding::new("new-origin", Severity::Warning, message));
        }
        if let Some(name) = &self.name_before {
            let message = format!("Its name was `{name}` before.");
            findings.push(Finding::new("new-name", Severity::Warning, message));
        }
        if let Some(key) = &self.developer_key_before {
            let message = format!("It is signed with another key than before ({key}).");
            findings.push(Finding::new("new-key", Severity::Warning, message));
        }
        findings
    }
}

pub(super) fn origins_of(origins: &Origins) -> Vec<UsedOrigin> {
    let uses = OriginUse::ALL.into_iter();
    uses.flat_map(|origin_use| {
        origins
            .for_use(origin_use)
            .iter()
            .map(move |rule| UsedOrigin { origin_use: origin_use.as_str().to_owned(), origin: rule.to_string() })
    })
    .collect()
}
