//! What a machine can check about a package without knowing the registry.
//!
//! Input: uploaded bytes. Output: a [`CheckedPackage`]: strictly read, signed by its developer, with a manifest
//! and a configuration that agree and that this platform takes.

use axum::http::StatusCode;
use mezze_model::{AppConfig, Manifest, OriginRule, OriginUse};
use mezze_package::{Limits, PackageError, Trust, VerifiedPackage};

use super::icon::{Icon, find_icon};
use crate::problem::Problem;

/// A package that may be offered to the registry.
pub(super) struct CheckedPackage {
    pub(super) verified: VerifiedPackage,
    pub(super) icon: Option<Icon>,
}

/// Checks `bytes`. In development, sizes of code packages and declared origins are the developer's business.
pub(super) fn check(bytes: &[u8], limits: &Limits, development: bool) -> Result<CheckedPackage, Problem> {
    let verified =
        VerifiedPackage::verify(bytes, &Trust::any_developer(), limits).map_err(|cause| bad_package(&cause))?;
    if verified.platform().is_some() {
        return Err(refused("already-countersigned", "The package carries a platform's countersignature already.")
            .hint("Upload the package as `mezze build` and `mezze sign` made it."));
    }
    let manifest = verified.manifest();
    let config = verified.package().app_config().map_err(|cause| bad_package(&cause))?;
    agree(manifest, &config)?;
    if !development {
        refuse_development_build(manifest)?;
        let roots: Vec<&str> = manifest.mezze.subpackages.iter().map(|subpackage| subpackage.root.as_str()).collect();
        verified.package().check_code_packages(limits, &roots).map_err(|cause| bad_package(&cause))?;
    }
    let icon = find_icon(manifest, verified.package());
    Ok(CheckedPackage { verified, icon })
}

/// Stores and reviewers read the manifest, hosts run by the configuration: both must say the same.
fn agree(manifest: &Manifest, config: &AppConfig) -> Result<(), Problem> {
    let disagree = |member: &str| {
        refused("config-mismatch", &format!("manifest.json and config/app.json say different things about {member}."))
            .hint("Build the package again with `mezze build`.")
    };
    if config.app_id != manifest.app_id {
        return Err(disagree("the app id"));
    }
    if config.version != manifest.version.name {
        return Err(disagree("the version"));
    }
    if config.entry_page != manifest.mezze.entry_page {
        return Err(disagree("the entry page"));
    }
    if config.origins != manifest.mezze.origins {
        return Err(disagree("the declared origins"));
    }
    Ok(())
}

fn refuse_development_build(manifest: &Manifest) -> Result<(), Problem> {
    let origins = &manifest.mezze.origins;
    let open = OriginUse::ALL
        .into_iter()
        .any(|origin_use| origins.for_use(origin_use).contains(&OriginRule::AnyInDevelopment));
    if manifest.mezze.development || open {
        return Err(refused("development-build", "This is a development build, which may reach every origin.")
            .hint("Build it with `mezze build`; `mezze dev` makes packages for the developer's own machine."));
    }
    Ok(())
}

fn bad_package(cause: &PackageError) -> Problem {
    let status = match cause {
        PackageError::Limit { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let name = match cause {
        PackageError::Limit { .. } => "package-too-large",
        PackageError::Unsigned | PackageError::StatementMissing { .. } => "package-unsigned",
        PackageError::BadSignature { .. } | PackageError::DigestMismatch { .. } => "package-tampered",
        _ => "package-refused",
    };
    let problem = Problem::new(status, name, "The package is refused", sentence(&cause.to_string()));
    match cause.hint() {
        Some(hint) => problem.hint(sentence(hint)),
        None => problem,
    }
}

fn refused(name: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, name, "The package is refused", detail)
}

/// `the package is not signed` becomes `The package is not signed.`
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", characters.as_str())
}
