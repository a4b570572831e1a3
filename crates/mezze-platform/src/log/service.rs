//! Checkpoints and proofs.

use mezze_model::Digest;
use mezze_package::log::checkpoint::verifier_key;
use mezze_package::log::{Checkpoint, SignedCheckpoint, Span, consistency_spans, inclusion_spans};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store;
use crate::problem::Problem;
use crate::state::Services;

/// The public log of this platform.
pub(crate) struct Log<'s>(pub(crate) &'s Services);

/// Proof that a release is in the log.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Inclusion {
    /// Place of the entry in the log, from 0.
    pub(crate) index: u64,
    /// The entry as it was hashed: canonical JSON.
    pub(crate) entry: String,
    /// Hashes from the leaf upwards, hex.
    pub(crate) proof: Vec<String>,
    /// The signed head of the log that the proof leads to.
    pub(crate) checkpoint: String,
}

impl Log<'_> {
    /// The log's name, which stands in every checkpoint.
    pub(crate) fn origin(&self) -> String {
        format!("{}/log", self.0.host())
    }

    /// The key that checkpoints are signed with, as verifiers are given it.
    pub(crate) fn verifier_key(&self) -> String {
        verifier_key(&self.origin(), &self.0.keys.log.public())
    }

    pub(super) async fn size(&self) -> Result<u64, Problem> {
        Ok(store::size(self.0.database.read()).await?)
    }

    /// The head of the log as it is now.
    pub(super) async fn checkpoint(&self) -> Result<(Checkpoint, SignedCheckpoint), Problem> {
        let size = self.size().await?;
        self.checkpoint_at(size).await
    }

    async fn checkpoint_at(&self, size: u64) -> Result<(Checkpoint, SignedCheckpoint), Problem> {
        // Entries are only ever added, so what was read as the size stays a size that the log had.
        let roots = store::hashes(self.0.database.read(), &[Span::whole(size)]).await?;
        let root = roots.into_iter().next().unwrap_or_else(|| Span::fold(&[]));
        let checkpoint = Checkpoint { origin: self.origin(), size, root };
        let signed = checkpoint.sign(&self.0.keys.log);
        Ok((checkpoint, signed))
    }

    /// Proves that a package's release is in the log; `None` where it is not.
    pub(crate) async fn inclusion_of(&self, package_digest: &Digest) -> Result<Option<Inclusion>, Problem> {
        let Some((index, entry)) = store::release_of(self.0.database.read(), package_digest).await? else {
            return Ok(None);
        };
        let (checkpoint, signed) = self.checkpoint().await?;
        let spans = inclusion_spans(index, checkpoint.size)
            .ok_or_else(|| Problem::internal("prove a release", &"its entry is behind the log's end"))?;
        let proof = store::hashes(self.0.database.read(), &spans).await?;
        let proof = proof.iter().map(Digest::to_string).collect();
        Ok(Some(Inclusion { index, entry, proof, checkpoint: signed.as_str().to_owned() }))
    }

    /// Proves that the log of `to` entries continues the one of `from`.
    pub(super) async fn consistency(&self, from: u64, to: u64) -> Result<Vec<Digest>, Problem> {
        let size = self.size().await?;
        let spans = consistency_spans(from, to).filter(|_| to <= size).ok_or_else(|| {
            Problem::bad_request(format!("The log has {size} entries: it can't be proved from {from} to {to}."))
                .hint("Ask from a smaller size to a larger one that the log has reached.")
        })?;
        store::hashes(self.0.database.read(), &spans).await
    }
}
