//! Making, filling and reading uploads.

use axum::http::StatusCode;
use bytes::Bytes;
use mezze_model::Digest;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::model::{upload, upload_part};
use super::part::{is_under_current, open_part, seal_part};
use crate::clock::random_identifier;
use crate::database::WriteStop;
use crate::problem::Problem;
use crate::registry::too_large;
use crate::state::Services;

/// How long an upload may rest, in seconds.
const KEPT_SECONDS: i64 = 24 * 60 * 60;
/// Uploads of one user that are under way.
const MOST_OPEN: u64 = 20;

/// The uploads of a platform.
pub(crate) struct Uploads<'a>(pub(crate) &'a Services);

impl Uploads<'_> {
    /// Makes an upload, or finds the one of the same bytes; gives whether it is new.
    pub(super) async fn open(&self, user_id: &str, digest: &str, size: u64) -> Result<(upload::Model, bool), Problem> {
        let digest = Digest::parse(digest).map_err(|cause| Problem::bad_request(format!("{cause}.")))?.to_string();
        let most = self.0.options.limits.package.container_bytes;
        let fits = i64::try_from(size).ok().filter(|_| size <= most);
        let size = fits.ok_or_else(|| too_large(most))?;
        if size == 0 {
            return Err(Problem::bad_request("`size` must be more than 0."));
        }
        let now = self.0.now();
        let fresh = upload::Model {
            id: self.0.fresh_identifier(),
            user_id: user_id.to_owned(),
            digest,
            size,
            received: 0,
            state: "open".to_owned(),
            release_id: None,
            created_at: now,
            expires_at: now + KEPT_SECONDS,
        };
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                let fresh = fresh.clone();
                Box::pin(async move { find_or_insert(transaction, fresh).await })
            })
            .await
    }

    /// An upload of this user.
    pub(crate) async fn find(&self, user_id: &str, id: &str) -> Result<upload::Model, Problem> {
        let found = upload::Entity::find_by_id(id).one(self.0.database.read()).await?;
        found.filter(|upload| upload.user_id == user_id && upload.expires_at > self.0.now()).ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_FOUND,
                "unknown-upload",
                "This upload is not here",
                format!("There is no upload {id} of yours; uploads that rest for a day are removed."),
            )
            .hint("Start again with POST /api/v1/uploads.")
        })
    }

    /// Takes the next part. The last one completes the upload if the digest is right.
    pub(super) async fn append(
        &self,
        upload: &upload::Model,
        start: u64,
        part: Bytes,
    ) -> Result<upload::Model, Problem> {
        let start = i64::try_from(start).map_err(|_| wrong_offset(upload))?;
        let length = i64::try_from(part.len()).unwrap_or(i64::MAX);
        if upload.state != "open" || start != upload.received {
            return Err(wrong_offset(upload));
        }
        let missing = upload.size - start;
        if length == 0 || length > missing {
            return Err(Problem::bad_request(format!("The part has {length} bytes, but {missing} are missing.")));
        }
        if length == missing && self.digest_with(upload, &part).await? != upload.digest {
            self.start_over(&upload.id).await?;
            return Err(other_bytes(upload));
        }
        let services = self.0;
        // Two parts for one offset have two blobs; the row decides which one counts, the other is swept.
        let blob = format!("{}.{start}.{}", upload.id, random_identifier(services.randomness()));
        let sealed = seal_part(&services.keys.content_keys, &upload.id, start, &part, services.randomness())?;
        services.blobs.put(&part_blob_name(&blob), sealed).await?;
        let row = upload_part::Model { upload_id: upload.id.clone(), start, size: length, blob };
        let now = services.now();
        let id = upload.id.as_str();
        services
            .database
            .write_borrowing(move |transaction, _| {
                let row = row.clone();
                Box::pin(async move { add_part(transaction, id, row, now).await })
            })
            .await
    }

    async fn digest_with(&self, upload: &upload::Model, last: &Bytes) -> Result<String, Problem> {
        let mut bytes = self.read_parts(upload).await?;
        bytes.extend_from_slice(last);
        tokio::task::spawn_blocking(move || Digest::of(&bytes).to_string())
            .await
            .map_err(|cause| Problem::internal("read an upload", &cause))
    }

    /// The whole of a complete upload.
    pub(crate) async fn bytes(&self, upload: &upload::Model) -> Result<Bytes, Problem> {
        if upload.state == "open" {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "upload-open",
                "The upload is not complete",
                format!("{} of {} bytes are here.", upload.received, upload.size),
            )
            .hint("Send the rest with PATCH."));
        }
        let bytes = self.read_parts(upload).await?;
        if Digest::of(&bytes).to_string() != upload.digest {
            return Err(Problem::internal("read an upload", &"its parts have another digest"));
        }
        Ok(bytes.into())
    }

    async fn read_parts(&self, upload: &upload::Model) -> Result<Vec<u8>, Problem> {
        let parts = upload_part::Entity::find()
            .filter(upload_part::Column::UploadId.eq(&upload.id))
            .order_by_asc(upload_part::Column::Start)
            .all(self.0.database.read())
            .await?;
        let mut bytes = Vec::with_capacity(usize::try_from(upload.size).unwrap_or_default());
        for part in parts {
            let sealed = self.0.blobs.get(&part_blob_name(&part.blob)).await?;
            bytes.extend(open_part(&self.0.keys.content_keys, &upload.id, part.start, &sealed)?);
        }
        Ok(bytes)
    }

    /// Parts that only the older master key opens.
    pub(crate) async fn parts_under_older_key(&self) -> Result<usize, Problem> {
        let mut count = 0;
        for part in upload_part::Entity::find().all(self.0.database.read()).await? {
            let sealed = self.0.blobs.get(&part_blob_name(&part.blob)).await?;
            count += usize::from(!is_under_current(&self.0.keys.content_keys, &part.upload_id, part.start, &sealed));
        }
        Ok(count)
    }

    /// Reads all that is here of every upload, by id.
    pub(crate) async fn examine(&self) -> Result<Vec<(String, Result<(), Problem>)>, Problem> {
        let mut examined = Vec::new();
        for upload in upload::Entity::find().all(self.0.database.read()).await? {
            let read = match upload.state.as_str() {
                "open" => self.read_parts(&upload).await.and_then(|bytes| {
                    let here = i64::try_from(bytes.len()).ok() == Some(upload.received);
                    if here { Ok(()) } else { Err(Problem::internal("read an upload", &"a part is missing")) }
                }),
                "complete" => self.bytes(&upload).await.map(drop),
                _ => Ok(()),
            };
            examined.push((upload.id, read));
        }
        Ok(examined)
    }

    async fn start_over(&self, id: &str) -> Result<(), Problem> {
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    delete_parts(transaction, id).await?;
                    if let Some(found) = upload::Entity::find_by_id(id).one(transaction).await? {
                        let mut found = found.into_active_model();
                        found.received = Set(0);
                        found.update(transaction).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Ends an upload; its parts are swept.
    pub(super) async fn abandon(&self, upload: &upload::Model) -> Result<(), Problem> {
        let id = upload.id.as_str();
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    upload::Entity::delete_by_id(id).exec(transaction).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Forgets uploads that rested for a day; the blobs of their parts are swept with the other blobs.
    pub(crate) async fn forget_old(&self) -> Result<(), Problem> {
        let now = self.0.now();
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    upload::Entity::delete_many().filter(upload::Column::ExpiresAt.lte(now)).exec(transaction).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// Marks an upload as used by a release, and gives the room of its parts back.
pub(crate) async fn mark_used(
    transaction: &DatabaseTransaction,
    upload_id: &str,
    release_id: &str,
) -> Result<(), WriteStop> {
    if let Some(found) = upload::Entity::find_by_id(upload_id).one(transaction).await? {
        let mut found = found.into_active_model();
        found.state = Set("used".to_owned());
        found.release_id = Set(Some(release_id.to_owned()));
        found.update(transaction).await?;
    }
    delete_parts(transaction, upload_id).await
}

async fn delete_parts(transaction: &DatabaseTransaction, upload_id: &str) -> Result<(), WriteStop> {
    upload_part::Entity::delete_many().filter(upload_part::Column::UploadId.eq(upload_id)).exec(transaction).await?;
    Ok(())
}

/// Where a part is in the blob store.
fn part_blob_name(name: &str) -> String {
    format!("uploads/{name}")
}

async fn find_or_insert(
    transaction: &DatabaseTransaction,
    fresh: upload::Model,
) -> Result<(upload::Model, bool), WriteStop> {
    let of_user = upload::Entity::find().filter(upload::Column::UserId.eq(&fresh.user_id));
    let known = of_user.clone().filter(upload::Column::Digest.eq(&fresh.digest)).one(transaction).await?;
    if let Some(known) = known {
        if known.expires_at > fresh.created_at && known.size == fresh.size && known.state != "used" {
            return Ok((known, false));
        }
        upload::Entity::delete_by_id(&known.id).exec(transaction).await?;
    }
    let open = of_user
        .filter(upload::Column::State.eq("open"))
        .filter(upload::Column::ExpiresAt.gt(fresh.created_at))
        .count(transaction)
        .await?;
    if open >= MOST_OPEN {
        return Err(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-uploads",
            "Too many uploads are under way",
            format!("{open} of your uploads are not finished."),
        )
        .hint("Finish or delete some; they end by themselves after a day.")
        .into());
    }
    upload::Entity::insert(upload::ActiveModel::from(fresh.clone())).exec_without_returning(transaction).await?;
    Ok((fresh, true))
}

/// The offset is checked again where it counts: another request may have been faster.
async fn add_part(
    transaction: &DatabaseTransaction,
    id: &str,
    row: upload_part::Model,
    now: i64,
) -> Result<upload::Model, WriteStop> {
    let upload = upload::Entity::find_by_id(id).one(transaction).await?;
    let upload = upload.ok_or_else(|| Problem::not_found(format!("There is no upload {id}.")))?;
    if upload.state != "open" || upload.received != row.start {
        return Err(wrong_offset(&upload).into());
    }
    let received = row.start + row.size;
    let state = if received == upload.size { "complete" } else { "open" };
    upload_part::Entity::insert(upload_part::ActiveModel::from(row)).exec_without_returning(transaction).await?;
    let changed = upload::Model { received, state: state.to_owned(), expires_at: now + KEPT_SECONDS, ..upload };
    changed.clone().into_active_model().reset_all().update(transaction).await?;
    Ok(changed)
}

fn wrong_offset(upload: &upload::Model) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "wrong-offset",
        "The part does not follow on what is here",
        format!("{} of {} bytes are here.", upload.received, upload.size),
    )
    .hint("Ask for the offset with HEAD and go on from there.")
}

fn other_bytes(upload: &upload::Model) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "digest-mismatch",
        "Other bytes arrived than were announced",
        format!("The upload was announced with the digest {}; what arrived has another.", upload.digest),
    )
    .hint("Send it again from offset 0.")
}
