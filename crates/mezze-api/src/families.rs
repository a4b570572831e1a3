//! The catalog's files, embedded. A test compares the list with the folder.

/// File name and text of each family.
pub(crate) const FAMILIES: &[(&str, &str)] = &[
    ("base.toml", include_str!("../catalog/base.toml")),
    ("canvas.toml", include_str!("../catalog/canvas.toml")),
    ("device.toml", include_str!("../catalog/device.toml")),
    ("interaction.toml", include_str!("../catalog/interaction.toml")),
    ("lifecycle.toml", include_str!("../catalog/lifecycle.toml")),
    ("navigation-bar.toml", include_str!("../catalog/navigation-bar.toml")),
    ("network.toml", include_str!("../catalog/network.toml")),
    ("open.toml", include_str!("../catalog/open.toml")),
    ("route.toml", include_str!("../catalog/route.toml")),
    ("storage.toml", include_str!("../catalog/storage.toml")),
    ("tab-bar.toml", include_str!("../catalog/tab-bar.toml")),
    ("view.toml", include_str!("../catalog/view.toml")),
];

/// Names that exist and are carried out nowhere yet; written by `cargo xtask import-declared`.
pub(crate) const DECLARED: &str = include_str!("../catalog/declared.toml");

/// The built-in components.
pub(crate) const COMPONENTS: &str = include_str!("../catalog/components.toml");

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at its first failure")]

    use super::FAMILIES;
    use std::collections::BTreeSet;

    #[test]
    fn lists_every_file_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalog");
        let found: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "declared.toml" && name != "components.toml")
            .collect();
        let listed: BTreeSet<String> = FAMILIES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(found, listed, "add the new file to FAMILIES");
    }
}
