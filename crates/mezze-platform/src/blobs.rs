//! Files of the platform: a folder, or an S3-compatible bucket, by URL.
//!
//! Names hold the content's digest, so a file never changes and may be written twice. A folder's files are staged
//! and renamed by the library, so a reader never sees half of one.

mod folder;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use bytes::Bytes;
use futures::TryStreamExt as _;
use futures::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as BlobPath;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _};
use url::Url;

use self::folder::FolderLock;
use crate::http::ByteRange;
use crate::problem::Problem;

/// The blob store.
#[derive(Clone)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Of a folder; a bucket has none.
    lock: Option<Arc<FolderLock>>,
}

/// Why the blob store can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BlobStoreFailure {
    /// The URL is not one of the known kinds.
    #[error("{url} is not a place for blobs")]
    Address {
        /// As given.
        url: String,
    },
    /// The folder can't be made.
    #[error("can't make the folder for blobs: {0}")]
    Folder(#[from] std::io::Error),
    /// The store refuses.
    #[error("can't open the blob store: {0}")]
    Store(#[from] object_store::Error),
}

impl Blobs {
    /// Opens `url` (`file:///…`, `s3://BUCKET/PREFIX`), or the folder `blobs` in `data`.
    ///
    /// `durable` waits for the disk, so that a release that is in the database survives a power cut with its file.
    pub(crate) fn open(url: Option<&str>, data: &Path, durable: bool) -> Result<Self, BlobStoreFailure> {
        let Some(text) = url else {
            return Self::open_folder(&data.join("blobs"), durable);
        };
        let unknown = || BlobStoreFailure::Address { url: text.to_owned() };
        let parsed = Url::parse(text).map_err(|_| unknown())?;
        match parsed.scheme() {
            "file" => Self::open_folder(&parsed.to_file_path().map_err(|()| unknown())?, durable),
            "s3" => {
                let bucket = parsed.host_str().ok_or_else(unknown)?;
                Self::in_bucket(AmazonS3Builder::from_env().with_bucket_name(bucket), parsed.path())
            }
            _ => Err(unknown()),
        }
    }

    fn open_folder(folder: &Path, durable: bool) -> Result<Self, BlobStoreFailure> {
        std::fs::create_dir_all(folder)?;
        let lock = FolderLock::take(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(durable);
        Ok(Self { lock: Some(Arc::new(lock)), ..Self::in_store(store) })
    }

    pub(crate) fn in_bucket(bucket: AmazonS3Builder, prefix: &str) -> Result<Self, BlobStoreFailure> {
        Ok(Self::in_store(PrefixStore::new(bucket.build()?, prefix.trim_matches('/'))))
    }

    fn in_store(store: impl ObjectStore) -> Self {
        Self { store: Arc::new(store), lock: None }
    }

    /// Whether no other node uses this store; of a bucket nobody knows.
    pub(crate) fn is_alone(&self) -> bool {
        self.lock.as_ref().is_some_and(|lock| lock.is_alone())
    }

    /// Removes what a killed node was writing; only where this one is alone.
    pub(crate) fn remove_unfinished(&self) -> Result<(), BlobStoreFailure> {
        if let Some(lock) = self.lock.as_ref().filter(|lock| lock.is_alone()) {
            let removed = lock.remove_unfinished()?;
            tracing::debug!(blobs.unfinished = removed, "files that were broken off are gone");
        }
        Ok(())
    }

    /// Lets nodes in that wait for this one to clear up.
    pub(crate) fn share(&self) -> Result<(), BlobStoreFailure> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.share()).map_err(BlobStoreFailure::Folder)
    }

    pub(crate) async fn put(&self, name: &str, content: Bytes) -> Result<(), Problem> {
        match self.store.put(&BlobPath::from(name), content.into()).await {
            Ok(_) => Ok(()),
            Err(cause) if is_full(&cause) => Err(storage_full(&cause)),
            Err(cause) => Err(cause.into()),
        }
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Bytes, Problem> {
        Ok(self.store.get(&BlobPath::from(name)).await?.bytes().await?)
    }

    /// Streams the whole or a part.
    pub(crate) async fn stream(
        &self,
        name: &str,
        range: Option<ByteRange>,
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, Problem> {
        let options =
            GetOptions { range: range.map(|range| GetRange::Bounded(range.start..range.end)), ..GetOptions::default() };
        Ok(self.store.get_opts(&BlobPath::from(name), options).await?.into_stream())
    }

    /// Takes a file away; it may be gone already.
    pub(crate) async fn delete(&self, name: &str) -> Result<(), Problem> {
        match self.store.delete(&BlobPath::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(cause.into()),
        }
    }

    /// Names of the files in `folder`, with the seconds since 1970 when each was written.
    pub(crate) async fn list(&self, folder: &str) -> Result<Vec<(String, i64)>, Problem> {
        let listed = self.store.list(Some(&BlobPath::from(folder)));
        let names = listed
            .map_ok(|file| (file.location.filename().unwrap_or_default().to_owned(), file.last_modified.timestamp()));
        Ok(names.try_collect().await?)
    }

    /// Whether the store answers.
    pub(crate) async fn ping(&self) -> Result<(), Problem> {
        match self.store.head(&BlobPath::from("ping")).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(cause.into()),
        }
    }
}

fn is_full(cause: &object_store::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(cause);
    while let Some(inner) = source {
        if inner.downcast_ref::<std::io::Error>().is_some_and(|cause| cause.kind() == std::io::ErrorKind::StorageFull) {
            return true;
        }
        source = inner.source();
    }
    false
}

fn storage_full(cause: &object_store::Error) -> Problem {
    tracing::error!(fault.cause = %cause, "the disk is full");
    Problem::new(
        StatusCode::INSUFFICIENT_STORAGE,
        "storage-full",
        "The platform's disk is full",
        "There is no room for the package; nothing was kept of it.",
    )
    .hint("Free room in the platform's data folder and upload again.")
}
