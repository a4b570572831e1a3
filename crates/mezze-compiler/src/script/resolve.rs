//! From the name in `require` or `import` to a file of the project.
//!
//! In this order: the app's aliases; a path (`./`, `../`, `/`; `./name` falls back to a package); a package below `miniprogram_npm` of the folder or one
//! above it; a path without its `./`, as older apps write it. Extensions and `index` may be left out.

use crate::project::{Sources, paths};

const BUILT: &str = "miniprogram_npm";

/// Looks up modules of one project.
#[derive(Debug, Clone, Copy)]
pub struct Resolver<'a> {
    pub sources: &'a Sources,
    pub aliases: &'a [(String, String)],
    /// Extensions of scripts in order of preference.
    pub extensions: &'a [&'static str],
}

impl Resolver<'_> {
    /// Path of the script that `written` means in the file `from`.
    pub fn resolve(&self, from: &str, written: &str) -> Option<String> {
        let folder = paths::folder(from);
        if let Some(path) = self.unalias(written) {
            return self.file("", &path);
        }
        if written.starts_with('/')
            || written.starts_with("./")
            || written.starts_with("../")
            || written == "."
            || written == ".."
        {
            // `./name` means an installed package where no such file is: the original host looks there too.
            let package = || self.package(folder, written.strip_prefix("./")?);
            return self.file(folder, written).or_else(package);
        }
        self.package(folder, written).or_else(|| self.file(folder, written)).or_else(|| self.file("", written))
    }

    /// `~/utils/a` where `~/*` is `/*`.
    pub fn unalias(&self, written: &str) -> Option<String> {
        unalias(self.aliases, written)
    }

    fn file(&self, folder: &str, written: &str) -> Option<String> {
        self.candidates(&paths::resolve(folder, written))
    }

    /// The path itself where it has an extension that is a script's, with each extension, or an index in it.
    fn candidates(&self, path: &str) -> Option<String> {
        let known =
            |extension: &str| self.extensions.contains(&extension) || matches!(extension, "json" | "cjs" | "mjs");
        let exact = known(paths::extension(path)).then(|| path.to_owned());
        // A `.js` that is written may be compiled from a `.ts` that is there.
        let compiled = path.strip_suffix(".js").map(|stem| format!("{stem}.ts"));
        let with_extension = self.extensions.iter().map(|extension| format!("{path}.{extension}"));
        let index = self.extensions.iter().map(|extension| paths::join(path, &format!("index.{extension}")));
        exact
            .into_iter()
            .chain(compiled)
            .chain(with_extension)
            .chain([format!("{path}.json")])
            .chain(index)
            .find(|candidate| self.sources.exists(candidate))
    }

    /// A package's module, from the folder upwards.
    fn package(&self, folder: &str, written: &str) -> Option<String> {
        let mut base = folder;
        loop {
            // A package's own folder is not searched for itself below `miniprogram_npm/miniprogram_npm`.
            if paths::file_name(base) != BUILT {
                let path = paths::join(&paths::join(base, BUILT), written);
                if let Some(found) = self.candidates(&path).or_else(|| self.package_entry(&path)) {
                    return Some(found);
                }
            }
            if base.is_empty() {
                return None;
            }
            base = paths::folder(base);
        }
    }

    fn package_entry(&self, package: &str) -> Option<String> {
        self.candidates(&self.sources.package_entry(package)?)
    }
}

/// Applies the first alias that fits; `*` stands for the rest of the name.
pub fn unalias(aliases: &[(String, String)], written: &str) -> Option<String> {
    aliases.iter().find_map(|(pattern, target)| match pattern.strip_suffix('*') {
        Some(prefix) => {
            let rest = written.strip_prefix(prefix)?;
            Some(format!("{}{rest}", target.strip_suffix('*').unwrap_or(target)))
        }
        None => (pattern == written).then(|| target.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::unalias;

    #[test]
    fn aliases_keep_the_rest_of_the_name() {
        let aliases = [("~/*".to_owned(), "/*".to_owned()), ("@utils".to_owned(), "/shared/utils".to_owned())];
        assert_eq!(unalias(&aliases, "~/a/b").as_deref(), Some("/a/b"));
        assert_eq!(unalias(&aliases, "@utils").as_deref(), Some("/shared/utils"));
        assert_eq!(unalias(&aliases, "./a"), None);
    }
}
