//! `manifest.json` from the configuration and what the project says of itself.

use mezze_model::manifest::{
    ColorScheme, Icon, ManifestSubpackage, ManifestTabBar, ManifestWindow, MezzeMembers, PlatformVersion, Publisher,
};
use mezze_model::{AppConfig, Manifest, Version};

use super::CompileOptions;
use crate::diagnostic::{Diagnostic, catalog};
use crate::dialect::Identity;
use crate::project::Sources;

/// Platform version that this compiler writes for.
const PLATFORM: u64 = 1;

pub fn make(
    config: &AppConfig,
    identity: &Identity,
    options: &CompileOptions,
    sources: &Sources,
    file: &str,
    findings: &mut Vec<Diagnostic>,
) -> Manifest {
    let name = identity.name.clone().unwrap_or_else(|| config.app_id.to_string());
    let manifest = Manifest {
        dir: None,
        lang: None,
        app_id: config.app_id.clone(),
        name: shortened(&name),
        short_name: None,
        description: identity.description.clone(),
        icons: icons(identity, sources, findings),
        version: Version {
            code: options.version_code.unwrap_or_else(|| code(config.version.as_str())),
            name: config.version.clone(),
        },
        platform_version: PlatformVersion { min_code: PLATFORM, target_code: None, release_type: None },
        pages: pages(config),
        window: Some(ManifestWindow {
            navigation_bar_title_text: config.window.navigation_bar_title_text.clone(),
            navigation_bar_background_color: color(config.window.navigation_bar_background_color.as_deref()),
            background_color: color(config.window.background_color.as_deref()),
            ..ManifestWindow::default()
        }),
        widgets: Vec::new(),
        req_permissions: identity.required_permissions.clone(),
        color_scheme: config.dark_mode.then_some(ColorScheme::Auto),
        device_type: Vec::new(),
        mezze: members(config, identity, options),
    };
    for problem in manifest.validate() {
        findings.push(catalog::manifest_problem(file, &problem.member, &problem.problem, &problem.hint));
    }
    manifest
}

fn members(config: &AppConfig, identity: &Identity, options: &CompileOptions) -> MezzeMembers {
    MezzeMembers {
        development: options.development,
        tab_bar: config.tab_bar.as_ref().map(ManifestTabBar::from),
        subpackages: config
            .packages
            .iter()
            .filter(|package| !package.root.is_empty())
            .map(|package| ManifestSubpackage {
                root: package.root.clone(),
                name: package.name.clone(),
                independent: package.independent,
                pages: package.pages.clone(),
            })
            .collect(),
        origins: config.origins.clone(),
        permissions: identity.permissions.clone(),
        data: identity.data.clone(),
        publisher: identity.developer.clone().map(|name| Publisher { name, url: None, contact: None }),
        category: identity.category.clone(),
        ..MezzeMembers::new(config.namespace, config.entry_page.clone())
    }
}

/// The entry page first, then the rest in declared order.
fn pages(config: &AppConfig) -> Vec<String> {
    let rest = config.pages.keys().filter(|page| **page != config.entry_page);
    std::iter::once(&config.entry_page).chain(rest).cloned().collect()
}

fn icons(identity: &Identity, sources: &Sources, findings: &mut Vec<Diagnostic>) -> Vec<Icon> {
    let Some(icon) = &identity.icon else { return Vec::new() };
    if !sources.exists(icon) {
        findings.push(catalog::missing_icon("mezze.json", icon));
        return Vec::new();
    }
    vec![Icon { src: format!("file/{icon}"), sizes: None, label: None }]
}

/// `1.2.3` is 1002003: later releases of the usual kind get greater codes.
fn code(version: &str) -> u64 {
    let numbers = version.split(['.', '-', '_']).map_while(|part| part.parse::<u64>().ok()).chain(std::iter::repeat(0));
    numbers.take(3).fold(0, |code, number| code * 1000 + number.min(999))
}

/// A name as a manifest takes it: at most 64 characters.
fn shortened(name: &str) -> String {
    name.trim().chars().filter(|letter| !letter.is_control()).take(64).collect()
}

/// A colour that a manifest takes: `#rgb`, `#rrggbb`.
fn color(text: Option<&str>) -> Option<String> {
    let text = text?;
    let digits = text.strip_prefix('#')?;
    (matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn later_versions_have_greater_codes() {
        assert_eq!(code("1.2.3"), 1_002_003);
        assert!(code("1.10.0") > code("1.9.9"));
        assert_eq!(code("beta"), 0);
    }
}
