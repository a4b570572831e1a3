//! Files that rows name: there, whole, and opened by the key that their row keeps.

use mezze_model::Digest;
use sea_orm::EntityTrait as _;

use super::Examination;
use crate::delivery::{delta, delta_blob_name};
use crate::organisations::{document_blob_name, model::document};
use crate::problem::Problem;
use crate::registry::model::{release, trial_build};
use crate::registry::{icon_blob_name, sealed_blob_name, trial_subject, unseal_file};
use crate::state::Services;
use crate::uploads::Uploads;

struct Sealed<'a> {
    what: String,
    blob: String,
    digest: &'a str,
    wrapped: &'a [u8],
    subject: String,
    /// SHA-256 of what it opens to, where the row says.
    content: Option<&'a str>,
}

pub(super) async fn examine(services: &Services, examination: &mut Examination) -> Result<(), Problem> {
    let database = services.database.read();
    for row in release::Entity::find().all(database).await? {
        let what = format!("{} {}", row.app_id, row.version);
        if let (Some(digest), Some(wrapped)) = (&row.sealed_digest, &row.wrapped_content_key) {
            let content = row.package_digest.as_deref().or(Some(&row.submitted_digest));
            let (blob, subject) = (sealed_blob_name(digest), row.id.clone());
            opens(services, Sealed { what: what.clone(), blob, digest, wrapped, subject, content }, examination).await;
        }
        if let Some(digest) = &row.icon_digest {
            is_there(services, &format!("the icon of {what}"), &icon_blob_name(digest), Some(digest), examination)
                .await;
        }
    }
    for row in trial_build::Entity::find().all(database).await? {
        let sealed = Sealed {
            what: format!("the trial build of {}", row.release_id),
            blob: sealed_blob_name(&row.sealed_digest),
            digest: &row.sealed_digest,
            wrapped: &row.wrapped_content_key,
            subject: trial_subject(&row.release_id),
            content: Some(&row.package_digest),
        };
        opens(services, sealed, examination).await;
    }
    for row in delta::Entity::find().all(database).await? {
        if let (Some(digest), Some(wrapped)) = (&row.sealed_digest, &row.wrapped_content_key) {
            let (what, subject) = (format!("the update to {}", row.to_digest), row.subject());
            let blob = delta_blob_name(digest);
            opens(services, Sealed { what, blob, digest, wrapped, subject, content: None }, examination).await;
        }
    }
    for row in document::Entity::find().all(database).await? {
        let what = format!("the document {}", row.id);
        is_there(services, &what, &document_blob_name(&row.blob), None, examination).await;
    }
    for (upload, outcome) in Uploads(services).examine().await? {
        examination.files += 1;
        if let Err(problem) = outcome {
            examination.finding(format!("the upload {upload} can't be read: {problem}"));
        }
    }
    Ok(())
}

async fn opens(services: &Services, sealed: Sealed<'_>, examination: &mut Examination) {
    let bytes = is_there(services, &sealed.what, &sealed.blob, Some(sealed.digest), examination).await;
    let Some(bytes) = bytes else { return };
    match unseal_file(services, &bytes, sealed.wrapped, &sealed.subject) {
        Ok(content) => {
            let digest = Digest::of(&content).to_string();
            if sealed.content.is_some_and(|wanted| wanted != digest) {
                examination.finding(format!("{} opens to another package than its row says", sealed.what));
            }
        }
        Err(problem) => examination.finding(format!("{} does not open: {problem}", sealed.what)),
    }
}

async fn is_there(
    services: &Services,
    what: &str,
    blob: &str,
    digest: Option<&str>,
    examination: &mut Examination,
) -> Option<bytes::Bytes> {
    examination.files += 1;
    match services.blobs.get(blob).await {
        Ok(bytes) if digest.is_some_and(|digest| Digest::of(&bytes).to_string() != digest) => {
            examination.finding(format!("{what}: the file {blob} is damaged"));
            None
        }
        Ok(bytes) => Some(bytes),
        Err(problem) => {
            examination.finding(format!("{what}: the file {blob} can't be read: {problem}"));
            None
        }
    }
}
