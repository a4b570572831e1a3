//! Who an organisation is: it proves a domain by a record in its DNS or by a file, attaches documents, and the operator
//! marks it.
//!
//! ```text
//! _mezze.DOMAIN                                       TXT record: mezze-verification=TOKEN
//! https://DOMAIN/.well-known/mezze-verification.txt   or one line: mezze-verification=TOKEN
//! ```
//! See `proofs` for how they are read.

use std::time::Duration;

use axum::http::StatusCode;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;
use url::Url;

use super::model::{document, domain_challenge, organisation};
use super::proofs::DomainProofs;
use super::service::{Organisations, on_organisation};
use crate::accounts::Caller;
use crate::audit_trail::{Who, record};
use crate::clock::random_bytes;
use crate::encoding::base64url;
use crate::problem::Problem;

pub(super) const PATH: &str = "/.well-known/mezze-verification.txt";
const WITHIN: Duration = Duration::from_secs(10);
const MOST_DOCUMENT_BYTES: usize = 10 * 1024 * 1024;
const MOST_DOCUMENTS: usize = 20;
const DOCUMENT_TYPES: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

impl Organisations<'_> {
    /// Starts the proof of a domain; the same domain again gives the same token.
    pub(super) async fn challenge(
        &self,
        caller: Caller,
        id: &str,
        domain: &str,
    ) -> Result<domain_challenge::Model, Problem> {
        self.require_owner(&caller, id).await?;
        let domain = parse_domain(domain)?;
        let services = self.0;
        let row = domain_challenge::Model {
            organisation_id: id.to_owned(),
            domain,
            token: base64url(&random_bytes::<24>(services.randomness())),
            created_at: services.now(),
            proved_at: None,
        };
        let row = &row;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let key = (row.organisation_id.clone(), row.domain.clone());
                    if let Some(known) = domain_challenge::Entity::find_by_id(key).one(transaction).await? {
                        return Ok(known);
                    }
                    domain_challenge::Entity::insert(domain_challenge::ActiveModel::from(row.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    Ok(row.clone())
                })
            })
            .await
    }

    /// Looks whether the token is published, and marks the organisation if it is.
    pub(super) async fn prove(&self, caller: Caller, id: &str, domain: &str) -> Result<organisation::Model, Problem> {
        self.require_owner(&caller, id).await?;
        let domain = parse_domain(domain)?;
        let services = self.0;
        let key = (id.to_owned(), domain.clone());
        let challenge = domain_challenge::Entity::find_by_id(key.clone()).one(services.database.read()).await?;
        let challenge = challenge.ok_or_else(|| {
            Problem::not_found(format!("No proof of {domain} was begun.")).hint("Ask for the token first.")
        })?;
        let expected = format!("mezze-verification={}", challenge.token);
        let by = published(services.domain_proofs.as_ref(), &domain, &expected).await?;
        let now = services.now();
        let who = Who::from(caller);
        let (who, challenge, domain) = (&who, &challenge, domain.as_str());
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let mut proved = challenge.clone().into_active_model();
                    proved.proved_at = Set(Some(now));
                    proved.update(transaction).await?;
                    let row = organisation::Entity::find_by_id(id).one(transaction).await?;
                    let row = row.ok_or_else(|| Problem::not_found(format!("There is no organisation {id}.")))?;
                    // The operator's mark says more and stays.
                    let verification = if row.verification == "operator" { "operator" } else { "domain" };
                    let row = organisation::Model {
                        verification: verification.to_owned(),
                        verified_domain: Some(domain.to_owned()),
                        verified_at: Some(now),
                        revision: row.revision + 1,
                        ..row
                    };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    let details = json!({"domain": domain, "by": by});
                    record(transaction, now, on_organisation(who, "organisation.domain_proved", id, details)).await?;
                    Ok(row)
                })
            })
            .await
    }

    /// The operator's mark, given or taken.
    pub(super) async fn mark(
        &self,
        caller: Caller,
        id: &str,
        verified: bool,
        note: &str,
    ) -> Result<organisation::Model, Problem> {
        self.require_admin(&caller).await?;
        let services = self.0;
        let now = services.now();
        let who = Who::from(caller);
        let who = &who;
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let row = organisation::Entity::find_by_id(id).one(transaction).await?;
                    let row = row.ok_or_else(|| Problem::not_found(format!("There is no organisation {id}.")))?;
                    let verification = if verified { "operator" } else { "unverified" };
                    let row = organisation::Model {
                        verification: verification.to_owned(),
                        verified_at: verified.then_some(now),
                        revision: row.revision + 1,
                        ..row
                    };
                    row.clone().into_active_model().reset_all().update(transaction).await?;
                    let details = json!({"verified": verified, "note": note});
                    record(transaction, now, on_organisation(who, "organisation.mark", id, details)).await?;
                    Ok(row)
                })
            })
            .await
    }

    /// Attaches a document.
    pub(super) async fn attach_document(
        &self,
        caller: Caller,
        id: &str,
        name: &str,
        media_type: &str,
        bytes: bytes::Bytes,
    ) -> Result<document::Model, Problem> {
        self.require_owner(&caller, id).await?;
        if !DOCUMENT_TYPES.contains(&media_type) || bytes.is_empty() || bytes.len() > MOST_DOCUMENT_BYTES {
            return Err(Problem::bad_request("A document is a PDF, PNG or JPEG of at most 10 MiB."));
        }
        let services = self.0;
        let known = self.documents(&caller, id).await?;
        if known.len() >= MOST_DOCUMENTS {
            return Err(Problem::bad_request(format!("An organisation has at most {MOST_DOCUMENTS} documents.")));
        }
        let row = document::Model {
            id: services.fresh_identifier(),
            organisation_id: id.to_owned(),
            name: name.chars().filter(|letter| !letter.is_control()).take(120).collect(),
            media_type: media_type.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or_default(),
            blob: services.fresh_identifier(),
            added_by: caller.user.id.clone(),
            created_at: services.now(),
        };
        services.blobs.put(&document_blob_name(&row.blob), bytes).await?;
        let who = Who::from(caller);
        let (who, row) = (&who, &row);
        services
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    document::Entity::insert(document::ActiveModel::from(row.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let details = json!({"name": row.name, "media_type": row.media_type, "size": row.size});
                    let act = on_organisation(who, "organisation.document", id, details);
                    record(transaction, row.created_at, act).await?;
                    Ok(row.clone())
                })
            })
            .await
    }

    /// The documents, for owners and the operator's staff.
    pub(super) async fn documents(&self, caller: &Caller, id: &str) -> Result<Vec<document::Model>, Problem> {
        self.insider(caller, id).await?;
        let rows = document::Entity::find()
            .filter(document::Column::OrganisationId.eq(id))
            .all(self.0.database.read())
            .await?;
        Ok(rows)
    }

    /// One document with its bytes.
    pub(super) async fn document(
        &self,
        caller: &Caller,
        id: &str,
        document: &str,
    ) -> Result<(document::Model, bytes::Bytes), Problem> {
        let known = self.documents(caller, id).await?;
        let found = known.into_iter().find(|row| row.id == document);
        let found = found.ok_or_else(|| Problem::not_found(format!("There is no document {document}.")))?;
        let bytes = self.0.blobs.get(&document_blob_name(&found.blob)).await?;
        Ok((found, bytes))
    }
}

pub(crate) fn document_blob_name(name: &str) -> String {
    format!("documents/{name}")
}

/// A public domain name in ASCII, lower case; the same rules as for declared origins.
fn parse_domain(text: &str) -> Result<String, Problem> {
    let refused = || Problem::bad_request(format!("`{text}` is no public domain name."));
    let text = text.trim();
    if text.contains(|letter: char| "/\\?#@:".contains(letter) || letter.is_whitespace()) {
        return Err(refused());
    }
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| refused())?;
    let host = url.host_str().ok_or_else(refused)?.trim_end_matches('.').to_owned();
    mezze_model::DeclaredOrigin::parse(&format!("https://{host}")).map_err(|_| refused())?;
    Ok(host)
}

/// Where the line stands: `dns` or `https`. The record is looked for first, since it says more: whoever may write it
/// holds the domain, not only a server in it.
async fn published(proofs: &dyn DomainProofs, domain: &str, expected: &str) -> Result<&'static str, Problem> {
    let name = record_name(domain);
    let in_dns = match within(proofs.records(&name)).await {
        Ok(records) if records.iter().any(|text| text.trim() == expected) => return Ok("dns"),
        Ok(records) if records.is_empty() => "it has no TXT record".to_owned(),
        Ok(_) => "no TXT record of it holds the token".to_owned(),
        Err(reason) => reason,
    };
    let url = Url::parse(&format!("https://{domain}{PATH}"))
        .map_err(|_| Problem::bad_request(format!("{domain} is no domain.")))?;
    let at_url = match within(proofs.fetch(&url)).await {
        Ok(text) if text.lines().any(|line| line.trim() == expected) => return Ok("https"),
        Ok(_) => "it does not hold the token".to_owned(),
        Err(reason) => reason,
    };
    Err(Problem::new(
        StatusCode::CONFLICT,
        "not-proved",
        "The domain is not proved",
        format!("{name} was looked up: {in_dns}. {url} was asked for: {at_url}."),
    )
    .hint("Publish the line that the challenge gave, in one of the two places, and try again. A new record may take an hour."))
}

async fn within<T>(answer: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    tokio::time::timeout(WITHIN, answer).await.unwrap_or_else(|_| Err("it took too long".to_owned()))
}

/// Name of the record; below the domain, so that it does not stand among the records of other services.
pub(super) fn record_name(domain: &str) -> String {
    format!("_mezze.{domain}")
}
