//! Which files of a package belong to which of its subpackages.
//!
//! A file belongs to the subpackage whose folder it is in, below the folder of its kind (`script/ROOT/…`, `file/ROOT/…`);
//! everything else is the main package, whose root is empty. What every part needs to run is in every part.

use mezze_model::{Digest, Manifest};

/// In every part: identity and configuration, and the runtime of templates, which an independent subpackage needs too.
const COMMON: [&str; 3] = ["manifest.json", "config/app.json", "template/_runtime.js"];

/// The subpackages of a release.
#[derive(Debug, Clone)]
pub(in crate::delivery) struct Layout {
    entry_page: String,
    subpackages: Vec<Subpackage>,
}

#[derive(Debug, Clone)]
struct Subpackage {
    root: String,
    independent: bool,
    pages: Vec<String>,
}

/// Some parts of one release; `""` is the main package.
#[derive(Debug, Clone)]
pub(in crate::delivery) struct Parts {
    all: Vec<String>,
    roots: Vec<String>,
}

impl Layout {
    /// `None` where the release has no subpackages: then it is always fetched whole.
    pub(in crate::delivery) fn of(manifest: &Manifest) -> Option<Self> {
        let subpackages: Vec<_> = manifest.mezze.subpackages.iter().map(Subpackage::from).collect();
        let entry_page = manifest.mezze.entry_page.clone();
        if subpackages.is_empty() { None } else { Some(Self { entry_page, subpackages }) }
    }

    /// What has to be there before a page opens; no page is the entry page.
    pub(in crate::delivery) fn for_page(&self, page: &str) -> Parts {
        let page = if page.is_empty() { self.entry_page.as_str() } else { page };
        let found = self.subpackages.iter().find(|subpackage| subpackage.pages.iter().any(|own| own == page));
        let roots = match found {
            None => vec![String::new()],
            Some(subpackage) if subpackage.independent => vec![subpackage.root.clone()],
            Some(subpackage) => vec![String::new(), subpackage.root.clone()],
        };
        self.parts(roots)
    }

    /// One part by its root; `None` where there is none.
    pub(in crate::delivery) fn by_root(&self, root: &str) -> Option<Parts> {
        let known = root.is_empty() || self.subpackages.iter().any(|subpackage| subpackage.root == root);
        known.then(|| self.parts(vec![root.to_owned()]))
    }

    fn parts(&self, roots: Vec<String>) -> Parts {
        Parts { all: self.subpackages.iter().map(|subpackage| subpackage.root.clone()).collect(), roots }
    }
}

impl From<&mezze_model::manifest::ManifestSubpackage> for Subpackage {
    fn from(subpackage: &mezze_model::manifest::ManifestSubpackage) -> Self {
        let trimmed = |path: &str| path.trim_matches('/').to_owned();
        Self {
            root: trimmed(&subpackage.root),
            independent: subpackage.independent,
            pages: subpackage.pages.iter().map(|page| trimmed(page)).collect(),
        }
    }
}

impl Parts {
    pub(in crate::delivery) fn roots(&self) -> &[String] {
        &self.roots
    }

    /// A name for these parts among a package's updates.
    pub(super) fn name(&self) -> String {
        format!("part {}", Digest::of(self.roots.join("\n").as_bytes()))
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        COMMON.contains(&path) || self.roots.iter().any(|root| root == self.root_of(path))
    }

    /// The longest folder counts, where one subpackage is inside another's folder.
    fn root_of(&self, path: &str) -> &str {
        let Some((_, below)) = path.split_once('/') else { return "" };
        let inside = |root: &&String| below.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.all.iter().filter(inside).max_by_key(|root| root.len()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        let subpackage = |root: &str, independent| Subpackage {
            root: root.to_owned(),
            independent,
            pages: vec![format!("{root}/index")],
        };
        let subpackages = vec![subpackage("shop", false), subpackage("shop/deep", false), subpackage("alone", true)];
        Layout { entry_page: "pages/index".to_owned(), subpackages }
    }

    #[test]
    fn a_page_needs_its_own_package_and_the_main_one_unless_it_is_independent() {
        assert_eq!(layout().for_page("").roots(), [""]);
        assert_eq!(layout().for_page("pages/other").roots(), [""]);
        assert_eq!(layout().for_page("shop/index").roots(), ["", "shop"]);
        assert_eq!(layout().for_page("alone/index").roots(), ["alone"]);
        assert!(layout().by_root("nowhere").is_none());
    }

    #[test]
    fn every_file_is_in_one_part_and_what_all_need_in_all() {
        let layout = layout();
        let parts: Vec<Parts> =
            ["", "shop", "shop/deep", "alone"].iter().filter_map(|root| layout.by_root(root)).collect();
        let holders = |path: &str| parts.iter().filter(|part| part.holds(path)).map(Parts::roots).collect::<Vec<_>>();
        assert_eq!(holders("script/shop/index.js"), [["shop"]]);
        assert_eq!(holders("file/shop/deep/picture.png"), [["shop/deep"]]);
        assert_eq!(holders("style/alone/index.css"), [["alone"]]);
        assert_eq!(holders("script/shopping/index.js"), [[""]]);
        assert_eq!(holders("file/images/shop/a.png"), [[""]]);
        for common in COMMON {
            assert_eq!(holders(common).len(), 4, "{common}");
        }
    }
}
