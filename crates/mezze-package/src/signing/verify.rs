//! Turns bytes into a [`VerifiedPackage`], the proof that code which runs or releases packages asks for.

use mezze_model::{AppId, Digest, Manifest, VersionName};

use super::container_digest;
use super::keys::PublicKey;
use super::statement::{Role, SignedStatement};
use crate::container::Archive;
use crate::signing::read_block;
use crate::{Limits, Package, PackageError};

/// Whose signatures a package must have, and which release it must be.
#[derive(Debug, Clone)]
pub struct Trust {
    /// `None`: any developer key will do, as where a package is first taken in and the key is looked up after.
    developers: Option<Vec<PublicKey>>,
    /// `None`: no platform statement is required; one that is there must still verify.
    platforms: Option<Vec<PublicKey>>,
    release: Option<(AppId, VersionName)>,
}

impl Trust {
    /// Any developer's key. The signature must be right; who made it is in [`VerifiedPackage::developer`].
    #[must_use]
    pub const fn any_developer() -> Self {
        Self { developers: None, platforms: None, release: None }
    }

    /// Only these developer keys.
    #[must_use]
    pub fn developers(keys: impl IntoIterator<Item = PublicKey>) -> Self {
        Self { developers: Some(keys.into_iter().collect()), ..Self::any_developer() }
    }

    /// Requires a platform's statement, by one of these keys.
    #[must_use]
    pub fn platforms(mut self, keys: impl IntoIterator<Item = PublicKey>) -> Self {
        self.platforms = Some(keys.into_iter().collect());
        self
    }

    /// Requires this app and version: what was asked for, not what came.
    #[must_use]
    pub fn release(mut self, app_id: AppId, version: VersionName) -> Self {
        self.release = Some((app_id, version));
        self
    }

    fn check_signer(&self, statement: &SignedStatement) -> Result<(), PackageError> {
        let allowed = match statement.role() {
            Role::Developer => &self.developers,
            Role::Platform => &self.platforms,
        };
        match allowed {
            Some(keys) if !keys.contains(statement.key()) => {
                Err(PackageError::UntrustedSigner { role: statement.role(), key: *statement.key() })
            }
            _ => Ok(()),
        }
    }
}

/// Files that are all covered by signatures that were asked for. How they were packed is not known.
#[derive(Debug, Clone)]
pub struct VerifiedFiles {
    package: Package,
    manifest: Manifest,
    developer: SignedStatement,
    platform: Option<SignedStatement>,
}

impl VerifiedFiles {
    /// Verifies files that were put together from an update, by the statements that came with it.
    pub(crate) fn verify(package: Package, trust: &Trust) -> Result<Self, PackageError> {
        let (developer, platform) = by_role(package.statements().to_vec(), trust)?;
        for statement in [Some(&developer), platform.as_ref()].into_iter().flatten() {
            statement.check_signature()?;
        }
        check_same_subject(&developer, platform.as_ref())?;
        Self::checked(package, developer, platform, trust)
    }

    /// The last checks: signatures and subjects are right already.
    fn checked(
        package: Package,
        developer: SignedStatement,
        platform: Option<SignedStatement>,
        trust: &Trust,
    ) -> Result<Self, PackageError> {
        if package.listing().digest() != developer.statement().files_digest {
            return Err(PackageError::DigestMismatch { what: "list of files" });
        }
        let manifest = package.manifest()?;
        check_names(&manifest, &developer, trust)?;
        Ok(Self { package, manifest, developer, platform })
    }

    /// The files.
    #[must_use]
    pub const fn package(&self) -> &Package {
        &self.package
    }

    /// The manifest, read and valid.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The developer's statement.
    #[must_use]
    pub const fn developer(&self) -> &SignedStatement {
        &self.developer
    }

    /// The platform's statement, where there is one.
    #[must_use]
    pub const fn platform(&self) -> Option<&SignedStatement> {
        self.platform.as_ref()
    }
}

/// A package whose every byte is covered by signatures that were asked for.
#[derive(Debug, Clone)]
pub struct VerifiedPackage {
    files: VerifiedFiles,
    package_digest: Digest,
}

impl VerifiedPackage {
    /// Reads and verifies a package.
    ///
    /// # Errors
    /// The first check that fails, in the order of `docs/architecture/signing.md`. Nothing is inflated before the
    /// signatures and the container digest are right.
    pub fn verify(bytes: &[u8], trust: &Trust, limits: &Limits) -> Result<Self, PackageError> {
        let archive = Archive::parse(bytes, limits)?;
        let statements = read_block(archive.signing_block_bytes().ok_or(PackageError::Unsigned)?)?;
        let (developer, platform) = by_role(statements, trust)?;
        for statement in [Some(&developer), platform.as_ref()].into_iter().flatten() {
            statement.check_signature()?;
        }
        check_same_subject(&developer, platform.as_ref())?;
        if container_digest(&archive)? != developer.statement().container_digest {
            return Err(PackageError::DigestMismatch { what: "container" });
        }
        let files = VerifiedFiles::checked(Package::from_archive(&archive)?, developer, platform, trust)?;
        Ok(Self { files, package_digest: Digest::of(bytes) })
    }

    /// The files.
    #[must_use]
    pub const fn package(&self) -> &Package {
        self.files.package()
    }

    /// The manifest, read and valid.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        self.files.manifest()
    }

    /// The app that the statements are about.
    #[must_use]
    pub const fn app_id(&self) -> &AppId {
        &self.files.manifest().app_id
    }

    /// The version that the statements are about.
    #[must_use]
    pub const fn version(&self) -> &VersionName {
        &self.files.manifest().version.name
    }

    /// The developer's statement.
    #[must_use]
    pub const fn developer(&self) -> &SignedStatement {
        self.files.developer()
    }

    /// The platform's statement, where there is one.
    #[must_use]
    pub const fn platform(&self) -> Option<&SignedStatement> {
        self.files.platform()
    }

    /// Digest of the list of files.
    #[must_use]
    pub const fn files_digest(&self) -> &Digest {
        &self.files.developer().statement().files_digest
    }

    /// Digest of the container without its signing block.
    #[must_use]
    pub const fn container_digest(&self) -> &Digest {
        &self.files.developer().statement().container_digest
    }

    /// SHA-256 of the whole file, signing block included.
    #[must_use]
    pub const fn package_digest(&self) -> &Digest {
        &self.package_digest
    }
}

fn by_role(
    statements: Vec<SignedStatement>,
    trust: &Trust,
) -> Result<(SignedStatement, Option<SignedStatement>), PackageError> {
    let (mut developer, mut platform) = (None, None);
    for statement in statements {
        trust.check_signer(&statement)?;
        match statement.role() {
            Role::Developer => developer = Some(statement),
            Role::Platform => platform = Some(statement),
        }
    }
    let developer = developer.ok_or(PackageError::StatementMissing { role: Role::Developer })?;
    if trust.platforms.is_some() && platform.is_none() {
        return Err(PackageError::StatementMissing { role: Role::Platform });
    }
    Ok((developer, platform))
}

fn check_same_subject(developer: &SignedStatement, platform: Option<&SignedStatement>) -> Result<(), PackageError> {
    match platform {
        Some(platform) if platform.statement().subject() != developer.statement().subject() => {
            let rule = "it is about another app, version or content than the developer's";
            Err(PackageError::Statement { role: Role::Platform, rule })
        }
        _ => Ok(()),
    }
}

fn check_names(manifest: &Manifest, developer: &SignedStatement, trust: &Trust) -> Result<(), PackageError> {
    let statement = developer.statement();
    let (app_id, version) = (&manifest.app_id, &manifest.version.name);
    if (&statement.app_id, &statement.version) != (app_id, version) {
        return Err(PackageError::StatementOfOther {
            signed_app: statement.app_id.clone(),
            signed_version: statement.version.clone(),
            app_id: app_id.clone(),
            version: version.clone(),
        });
    }
    match &trust.release {
        Some((asked_app, asked_version)) if (asked_app, asked_version) != (app_id, version) => {
            Err(PackageError::NotWhatWasAsked {
                asked_app: asked_app.clone(),
                asked_version: asked_version.clone(),
                app_id: app_id.clone(),
                version: version.clone(),
            })
        }
        _ => Ok(()),
    }
}
