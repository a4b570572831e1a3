//! Makes an update where there is none yet.

use bytes::Bytes;
use mezze_package::{Limits, Package, make_delta, make_part};

use super::parts::Parts;
use super::{model, store};
use crate::problem::Problem;
use crate::registry::{Registry, Release, off_thread};
use crate::state::Services;

/// An update is offered up to this share of the whole package, in tenths: beyond it, two requests save nothing.
const WORTH_TENTHS: u64 = 7;

/// A package at rest: what opens it, and where it is.
pub(in crate::delivery) struct SealedPackage {
    package_digest: String,
    sealed_digest: String,
    wrapped_content_key: Vec<u8>,
    /// What its content key is bound to.
    subject: String,
}

impl SealedPackage {
    /// `None` where the release was never countersigned and sealed.
    pub(in crate::delivery) fn of(release: &Release) -> Option<Self> {
        Some(Self {
            package_digest: release.package_digest.clone()?,
            sealed_digest: release.sealed_digest.clone()?,
            wrapped_content_key: release.wrapped_content_key.clone()?,
            subject: release.id.clone(),
        })
    }
}

/// The update from the package on the device to the one that it shall run; `None` where the whole package is to be
/// fetched: nothing is known of the older one, the update is hardly smaller, or the platform is busy.
pub(in crate::delivery) async fn offered(
    services: &Services,
    from: Option<SealedPackage>,
    to: &SealedPackage,
) -> Result<Option<model::Model>, Problem> {
    let Some(from) = from.filter(|from| from.package_digest != to.package_digest) else { return Ok(None) };
    let making = async {
        // Whoever asks first waits for it, but never behind packages that are being taken in.
        let Ok(_room) = services.publishing.try_acquire() else { return Ok(None) };
        let (older, newer) = (opened(services, &from).await?, opened(services, to).await?);
        let limits = services.options.limits.package.clone();
        let whole = newer.len() as u64;
        let delta = off_thread(move || {
            let base = Package::read(&older, &limits).map_err(|cause| damaged(&cause))?.listing();
            make_delta(&base, &newer, &Limits { container_bytes: u64::MAX, ..limits }).map_err(|cause| damaged(&cause))
        })
        .await?;
        if delta.len() as u64 * 10 > whole * WORTH_TENTHS {
            return Ok(Some(not_worth(services, &from.package_digest, to)));
        }
        sealed(services, &from.package_digest, to, delta).await.map(Some)
    };
    made_once(services, &from.package_digest, &to.package_digest, making).await
}

/// The contents of some of the package's subpackages, in the form of an update from nothing.
pub(in crate::delivery) async fn part(
    services: &Services,
    parts: &Parts,
    package: &SealedPackage,
) -> Result<Option<model::Model>, Problem> {
    let name = parts.name();
    let making = async {
        let _room = services.update_turns.room().await;
        let whole = opened(services, package).await?;
        let limits = Limits { container_bytes: u64::MAX, ..services.options.limits.package.clone() };
        let held = parts.clone();
        let delta = off_thread(move || {
            make_part(&whole, &|path| held.holds(path.as_str()), &limits).map_err(|cause| damaged(&cause))
        })
        .await?;
        sealed(services, &name, package, delta).await.map(Some)
    };
    made_once(services, &name, &package.package_digest, making).await
}

/// What is in the store, or what `making` gives, which one of this node's callers runs while the others wait.
async fn made_once(
    services: &Services,
    from: &str,
    to: &str,
    making: impl Future<Output = Result<Option<model::Model>, Problem>>,
) -> Result<Option<model::Model>, Problem> {
    if let Some(known) = store::find(services, from, to).await? {
        return Ok(worth(known));
    }
    let _turn = services.update_turns.of(&model::subject(from, to)).await;
    if let Some(known) = store::find(services, from, to).await? {
        return Ok(worth(known));
    }
    let Some(made) = making.await? else { return Ok(None) };
    store::keep(services, made).await?;
    // Another node may have been first, with another key.
    Ok(store::find(services, from, to).await?.and_then(worth))
}

fn worth(delta: model::Model) -> Option<model::Model> {
    delta.sealed_digest.is_some().then_some(delta)
}

fn not_worth(services: &Services, from: &str, to: &SealedPackage) -> model::Model {
    model::Model {
        from_digest: from.to_owned(),
        to_digest: to.package_digest.clone(),
        sealed_digest: None,
        sealed_size: None,
        wrapped_content_key: None,
        created_at: services.now(),
    }
}

async fn sealed(services: &Services, from: &str, to: &SealedPackage, delta: Vec<u8>) -> Result<model::Model, Problem> {
    let subject = model::subject(from, &to.package_digest);
    let sealed = Registry(services).seal_bytes(Bytes::from(delta), None, &subject).await?;
    let size = i64::try_from(sealed.content.len()).map_err(|cause| damaged(&cause))?;
    services.blobs.put(&store::blob_name(&sealed.sealed_digest), sealed.content).await?;
    Ok(model::Model {
        sealed_digest: Some(sealed.sealed_digest),
        sealed_size: Some(size),
        wrapped_content_key: Some(sealed.wrapped_content_key),
        ..not_worth(services, from, to)
    })
}

/// A package as it was before it was sealed.
async fn opened(services: &Services, package: &SealedPackage) -> Result<Bytes, Problem> {
    Registry(services).unsealed(&package.sealed_digest, &package.wrapped_content_key, &package.subject).await
}

fn damaged(cause: &dyn std::fmt::Display) -> Problem {
    Problem::internal("make an update", cause)
}
