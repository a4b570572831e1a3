//! Rules between members and about texts that JSON types don't say; every broken one is listed.

use std::collections::HashSet;

use super::{DataUse, LocalisedText, Manifest, ManifestProblem, MezzeMembers, PermissionRequest};
use crate::origin::{OriginRule, OriginUse};
use crate::package_path::PackagePath;

/// Problems that are told.
pub(super) const MOST_PROBLEMS: usize = 100;
/// Longest name in characters.
const LONGEST_NAME: usize = 64;
/// Longest description in characters.
const LONGEST_TEXT: usize = 4000;
/// Longest reason for a permission, purpose or retention, in characters: a prompt has to be read.
const LONGEST_REASON: usize = 500;
/// Languages that a text may come in.
const MOST_LANGUAGES: usize = 100;
/// Permissions of one list, and categories of data: more than there are, and few enough for a person to read.
const MOST_PERMISSIONS: usize = 50;
/// Longest name of a permission or a category, in characters.
const LONGEST_PERMISSION: usize = 64;
/// Origins of one use, as the original host counts them.
const MOST_ORIGINS: usize = 200;
/// Most pages an app may have.
const MOST_PAGES: usize = 2000;
/// Tabs a tab bar may have.
const TABS: std::ops::RangeInclusive<usize> = 2..=5;

pub(super) fn validate(manifest: &Manifest) -> Vec<ManifestProblem> {
    let mut rules = Rules { problems: Vec::new() };
    rules.texts(manifest);
    rules.icons(manifest);
    rules.pages(manifest);
    rules.widgets(manifest);
    rules.window(manifest);
    rules.permissions("req_permissions", &manifest.req_permissions);
    rules.permissions("mezze.permissions", &manifest.mezze.permissions);
    rules.permissions_once(manifest);
    rules.data(&manifest.mezze.data);
    rules.extension(manifest);
    rules.origins(&manifest.mezze);
    rules.subpackages(manifest);
    rules.tab_bar(manifest);
    rules.problems
}

struct Rules {
    problems: Vec<ManifestProblem>,
}

impl Rules {
    /// A manifest with so many problems is no manifest; the first ones say enough.
    fn problem(&mut self, member: impl Into<String>, problem: impl Into<String>, hint: impl Into<String>) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        self.problems.push(ManifestProblem { member: member.into(), problem: problem.into(), hint: hint.into() });
    }

    fn text(&mut self, member: &str, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.problem(member, "it is empty", "write a text for people");
        } else if text.chars().count() > longest {
            self.problem(member, format!("it is longer than {longest} characters"), "shorten it");
        } else if text.chars().any(is_deceptive) {
            self.problem(
                member,
                "it holds control or text-direction characters",
                "remove them, they can make a name look like another",
            );
        }
    }

    fn texts(&mut self, manifest: &Manifest) {
        self.text("name", &manifest.name, LONGEST_NAME);
        if let Some(short_name) = &manifest.short_name {
            self.text("short_name", short_name, LONGEST_NAME);
        }
        if let Some(description) = &manifest.description
            && description.chars().count() > LONGEST_TEXT
        {
            self.problem("description", format!("it is longer than {LONGEST_TEXT} characters"), "shorten it");
        }
        if let Some(lang) = &manifest.lang
            && !is_language_tag(lang)
        {
            self.problem("lang", format!("`{lang}` is no language tag"), "write one like `en` or `zh-Hans`");
        }
    }

    fn path(&mut self, member: &str, path: &str) -> bool {
        if let Err(error) = PackagePath::parse(path) {
            self.problem(member, error.to_string(), "name a file of the package, without a slash at the start");
            return false;
        }
        true
    }

    fn icons(&mut self, manifest: &Manifest) {
        for (index, icon) in manifest.icons.iter().enumerate() {
            self.path(&format!("icons[{index}].src"), &icon.src);
            if let Some(sizes) = &icon.sizes
                && !sizes.split_ascii_whitespace().all(is_icon_size)
            {
                let problem = format!("`{sizes}` is no size");
                self.problem(format!("icons[{index}].sizes"), problem, "write it like `48x48`");
            }
        }
    }

    fn pages(&mut self, manifest: &Manifest) {
        if manifest.pages.is_empty() {
            self.problem("pages", "it is empty", "an app has at least one page");
        }
        if manifest.pages.len() > MOST_PAGES {
            self.problem("pages", format!("there are more than {MOST_PAGES} pages"), "split the app");
        }
        let mut seen = HashSet::new();
        for (index, page) in manifest.pages.iter().enumerate() {
            let member = format!("pages[{index}]");
            if self.path(&member, page) && !seen.insert(page) {
                self.problem(member, format!("`{page}` is listed twice"), "list each page once");
            }
        }
    }

    fn known_page(&mut self, manifest: &Manifest, member: &str, page: &str) {
        if !manifest.pages.iter().any(|known| known == page) {
            self.problem(member, format!("`{page}` is not in `pages`"), "name one of the app's pages");
        }
    }

    fn widgets(&mut self, manifest: &Manifest) {
        for (index, widget) in manifest.widgets.iter().enumerate() {
            self.text(&format!("widgets[{index}].name"), &widget.name, LONGEST_NAME);
            self.path(&format!("widgets[{index}].path"), &widget.path);
        }
    }

    fn window(&mut self, manifest: &Manifest) {
        let Some(window) = &manifest.window else { return };
        for (member, color) in [
            ("window.background_color", &window.background_color),
            ("window.navigation_bar_background_color", &window.navigation_bar_background_color),
        ] {
            if let Some(color) = color
                && !is_color(color)
            {
                self.problem(member, format!("`{color}` is no colour"), "write it like `#1f6feb`");
            }
        }
    }

    /// A list that is too long is said once, and not read.
    fn is_short(&mut self, list: &str, length: usize, most: usize, hint: &str) -> bool {
        if length > most {
            self.problem(list, format!("there are {length}, at most {most} are allowed"), hint);
        }
        length <= most
    }

    fn permissions(&mut self, list: &str, permissions: &[PermissionRequest]) {
        if !self.is_short(list, permissions.len(), MOST_PERMISSIONS, "declare what the app uses") {
            return;
        }
        let mut seen = HashSet::new();
        for (index, permission) in permissions.iter().enumerate() {
            let member = format!("{list}[{index}]");
            let shape = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
            if permission.name.is_empty() || !permission.name.chars().all(shape) {
                let problem = format!("`{}` is no permission", permission.name);
                self.problem(format!("{member}.name"), problem, "write it like `scope.userLocation`");
            } else if permission.name.len() > LONGEST_PERMISSION {
                let problem = format!("it is longer than {LONGEST_PERMISSION} characters");
                self.problem(format!("{member}.name"), problem, "name one of the platform's permissions");
            } else if !seen.insert(&permission.name) {
                self.problem(member.clone(), format!("`{}` is listed twice", permission.name), "list it once");
            }
            if let Some(reason) = &permission.reason {
                self.localised(&format!("{member}.reason"), reason);
            }
        }
    }

    /// A text that may come in several languages.
    fn localised(&mut self, member: &str, text: &LocalisedText) {
        if text.texts().next().is_none() {
            self.problem(member, "it is empty", "write a text for people");
        }
        let languages = text.texts().count();
        if !self.is_short(member, languages, MOST_LANGUAGES, "leave out languages; English stands in for them") {
            return;
        }
        for (tag, text) in text.texts() {
            let member = tag.map_or_else(|| member.to_owned(), |tag| format!("{member}.{tag}"));
            self.text(&member, text, LONGEST_REASON);
            if let Some(tag) = tag
                && !is_language_tag(tag)
            {
                self.problem(member, format!("`{tag}` is no language tag"), "write one like `en` or `zh-Hans`");
            }
        }
    }

    /// A permission is required or optional, not both.
    fn permissions_once(&mut self, manifest: &Manifest) {
        for (index, permission) in manifest.mezze.permissions.iter().enumerate() {
            if manifest.req_permissions.iter().any(|required| required.name == permission.name) {
                let problem = format!("`{}` is in `req_permissions` too", permission.name);
                self.problem(format!("mezze.permissions[{index}]"), problem, "list it in one of the two");
            }
        }
    }

    fn data(&mut self, data: &[DataUse]) {
        if !self.is_short("mezze.data", data.len(), MOST_PERMISSIONS, "declare what the app uses") {
            return;
        }
        let mut seen = HashSet::new();
        for (index, data_use) in data.iter().enumerate() {
            let member = format!("mezze.data[{index}]");
            let category = &data_use.category;
            if category.is_empty() || category.bytes().any(|byte| !(byte.is_ascii_lowercase() || byte == b'-')) {
                let problem = format!("`{category}` is no category of data");
                self.problem(format!("{member}.category"), problem, "write it like `location`");
            } else if category.len() > LONGEST_PERMISSION {
                let problem = format!("it is longer than {LONGEST_PERMISSION} characters");
                self.problem(format!("{member}.category"), problem, "name one of the platform's categories");
            } else if !seen.insert(category) {
                self.problem(member.clone(), format!("`{category}` is listed twice"), "list it once");
            }
            self.localised(&format!("{member}.purpose"), &data_use.purpose);
            self.localised(&format!("{member}.retention"), &data_use.retention);
        }
    }

    fn extension(&mut self, manifest: &Manifest) {
        let mezze = &manifest.mezze;
        if mezze.format != MezzeMembers::FORMAT {
            let problem = format!("format {} is not known, this build reads {}", mezze.format, MezzeMembers::FORMAT);
            self.problem("mezze.format", problem, "build the app with a matching version of mezze");
        }
        self.known_page(manifest, "mezze.entry_page", &mezze.entry_page);
        if let Some(publisher) = &mezze.publisher {
            self.text("mezze.publisher.name", &publisher.name, LONGEST_NAME);
            if let Some(url) = &publisher.url
                && !url.starts_with("https://")
            {
                self.problem("mezze.publisher.url", format!("`{url}` is not https"), "write an https address");
            }
        }
        if let Some(category) = &mezze.category
            && (category.is_empty() || category.bytes().any(|byte| !(byte.is_ascii_lowercase() || byte == b'-')))
        {
            self.problem("mezze.category", format!("`{category}` is no category"), "write it like `food`");
        }
    }

    fn origins(&mut self, mezze: &MezzeMembers) {
        for origin_use in OriginUse::ALL {
            let list = format!("mezze.origins.{}", origin_use.as_str());
            let rules = mezze.origins.for_use(origin_use);
            let hint = "declare the servers that the app talks to; one may stand before others";
            if !self.is_short(&list, rules.len(), MOST_ORIGINS, hint) {
                continue;
            }
            for (index, rule) in rules.iter().enumerate() {
                let member = format!("{list}[{index}]");
                match rule {
                    OriginRule::AnyInDevelopment if !mezze.development => {
                        self.problem(member, "`*` is allowed in development only", "declare each origin by its name");
                    }
                    OriginRule::Declared(origin) if origin.scheme() != origin_use.scheme() => {
                        let wanted = origin_use.scheme().as_str();
                        let problem = format!("`{origin}` has the wrong scheme for {}", origin_use.as_str());
                        self.problem(member, problem, format!("write it with {wanted}://"));
                    }
                    _ => {}
                }
            }
        }
    }

    fn subpackages(&mut self, manifest: &Manifest) {
        let mut roots: Vec<&str> = Vec::new();
        for (index, subpackage) in manifest.mezze.subpackages.iter().enumerate() {
            let member = format!("mezze.subpackages[{index}]");
            let root = subpackage.root.as_str();
            if self.path(&format!("{member}.root"), root) {
                if let Some(other) = roots.iter().find(|other| is_within(root, other) || is_within(other, root)) {
                    let problem = format!("`{root}` overlaps `{other}`");
                    self.problem(format!("{member}.root"), problem, "give each subpackage a folder of its own");
                }
                roots.push(root);
            }
            for page in &subpackage.pages {
                self.known_page(manifest, &format!("{member}.pages"), page);
                if !is_within(page, root) {
                    let problem = format!("`{page}` is not in the folder `{root}`");
                    self.problem(format!("{member}.pages"), problem, "move the page or list it elsewhere");
                }
            }
        }
    }

    fn tab_bar(&mut self, manifest: &Manifest) {
        let Some(tab_bar) = &manifest.mezze.tab_bar else { return };
        if !TABS.contains(&tab_bar.list.len()) {
            let problem = format!("there are {} tabs", tab_bar.list.len());
            let hint = format!("a tab bar has {} to {}", TABS.start(), TABS.end());
            self.problem("mezze.tab_bar.list", problem, hint);
        }
        for (index, tab) in tab_bar.list.iter().enumerate() {
            let member = format!("mezze.tab_bar.list[{index}]");
            self.known_page(manifest, &format!("{member}.page"), &tab.page);
            for (name, icon) in [("icon", &tab.icon), ("selected_icon", &tab.selected_icon)] {
                if let Some(icon) = icon {
                    self.path(&format!("{member}.{name}"), icon);
                }
            }
        }
    }
}

/// True where `path` is `folder` or lies below it; whole segments, so that `v10` is not in `v1`.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character), 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0xFFF9..=0xFFFB)
}

fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    (1..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_icon_size(size: &str) -> bool {
    let number = |text: &str| {
        !text.is_empty() && text.len() <= 5 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    size == "any" || size.split_once(['x', 'X']).is_some_and(|(width, height)| number(width) && number(height))
}

/// `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa` or a name; theme variables are resolved before the manifest is written.
fn is_color(color: &str) -> bool {
    match color.strip_prefix('#') {
        Some(digits) => matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !color.is_empty() && color.len() <= 32 && color.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}
