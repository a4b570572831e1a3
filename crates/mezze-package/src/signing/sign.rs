//! Puts statements into a package. The files and the central directory stay as they are, byte for byte.

use super::block::write_block;
use super::container_digest;
use super::digests::with_central_offset;
use super::keys::SigningKey;
use super::statement::{Role, SignedStatement, Statement, Subject};
use super::verify::{Trust, VerifiedPackage};
use crate::container::{Archive, END_LENGTH};
use crate::{Limits, Package, PackageError};

/// Signs a package. `created` is in seconds since 1970.
///
/// As the developer: whatever block was there is replaced. As the platform: see [`countersign`].
///
/// # Errors
/// The package can't be read, or its manifest is not valid.
pub fn sign(
    bytes: &[u8],
    key: &SigningKey,
    role: Role,
    created: u64,
    limits: &Limits,
) -> Result<Vec<u8>, PackageError> {
    match role {
        Role::Platform => countersign(bytes, key, created, limits),
        Role::Developer => {
            let archive = Archive::parse(bytes, limits)?;
            let package = Package::from_archive(&archive)?;
            let manifest = package.manifest()?;
            let subject = Subject {
                app_id: manifest.app_id,
                version: manifest.version.name,
                files_digest: package.listing().digest(),
                container_digest: container_digest(&archive)?,
            };
            with_statements(&archive, &[signed(&subject, key, role, created)?])
        }
    }
}

/// Adds the platform's statement to a package that its developer signed; one that was there before is replaced.
/// Both digests of the statements stay as they are.
///
/// # Errors
/// The package can't be read, or does not verify by its developer's own key. Whether that key may publish this app
/// is for the caller to check first.
pub fn countersign(bytes: &[u8], key: &SigningKey, created: u64, limits: &Limits) -> Result<Vec<u8>, PackageError> {
    let verified = VerifiedPackage::verify(bytes, &Trust::any_developer(), limits)?;
    let developer = verified.developer().clone();
    let statement = signed(&developer.statement().subject(), key, Role::Platform, created)?;
    let archive = Archive::parse(bytes, limits)?;
    with_statements(&archive, &[developer, statement])
}

fn signed(subject: &Subject, key: &SigningKey, role: Role, created: u64) -> Result<SignedStatement, PackageError> {
    let statement = Statement::new(subject, role, created);
    let bytes = statement.canonical()?;
    let signature = key.sign_bytes(&bytes);
    Ok(SignedStatement::new(statement, bytes, key.public(), signature))
}

fn with_statements(archive: &Archive<'_>, statements: &[SignedStatement]) -> Result<Vec<u8>, PackageError> {
    let block = write_block(statements);
    let (before_end, end) = archive.bytes.split_at(archive.bytes.len() - END_LENGTH);
    let mut output = Vec::with_capacity(archive.bytes.len() + block.len());
    output.extend_from_slice(&before_end[..archive.end_of_entries()]);
    output.extend_from_slice(&block);
    let end = with_central_offset(end, output.len())?;
    output.extend_from_slice(&before_end[archive.central_offset..]);
    output.extend_from_slice(&end);
    Ok(output)
}
