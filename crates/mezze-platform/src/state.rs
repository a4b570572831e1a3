//! What every handler can reach.

use std::sync::{Arc, OnceLock};

use mezze_package::SigningKey;
use tokio::sync::{Notify, Semaphore, watch};

use crate::blobs::Blobs;
use crate::clock::{Randomness, random_identifier};
use crate::database::Database;
use crate::delivery::{HotFiles, Turns};
use crate::development::Development;
use crate::gate::{Gate, IssuedTicket, issue_ticket};
use crate::keys::{KeyChanges, KeyFailure, KeyPurpose, KeyStore, MasterKeys, SecretKey};
use crate::operation::Metrics;
use crate::options::PlatformOptions;
use crate::organisations::DomainProofs;
use crate::rates::Limiter;
use crate::registry::ReleaseCache;
use crate::shell::ShellAssets;

/// Reading and sealing a package takes many times its size in memory.
const PACKAGES_AT_ONCE: usize = 2;

/// The parts of a running platform.
pub(crate) struct Services {
    pub(crate) options: PlatformOptions,
    pub(crate) database: Database,
    pub(crate) blobs: Blobs,
    pub(crate) keys: Keys,
    /// How keys that devices remember gave way to those that are in use.
    pub(crate) key_changes: OnceLock<KeyChanges>,
    pub(crate) gate: Gate,
    pub(crate) gate_releases: ReleaseCache,
    pub(crate) hot_files: HotFiles,
    /// Who makes which update.
    pub(crate) update_turns: Turns,
    pub(crate) development: Development,
    pub(crate) shell: ShellAssets,
    pub(crate) metrics: Metrics,
    /// How often who called.
    pub(crate) limiter: Limiter,
    /// Reads what organisations publish to prove a domain.
    pub(crate) domain_proofs: Arc<dyn DomainProofs>,
    /// Names this node in leases of jobs.
    pub(crate) node_id: String,
    /// Tells the node's worker that there is a job.
    pub(crate) jobs_wake: Notify,
    /// Turns of packages.
    pub(crate) publishing: Semaphore,
    /// Becomes true when the platform is asked to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

/// The keys, read once when the platform starts.
pub(crate) struct Keys {
    pub(crate) countersigning: SigningKey,
    pub(crate) content_keys: MasterKeys,
    pub(crate) gate: MasterKeys,
    pub(crate) device_challenges: MasterKeys,
    pub(crate) revocations: SigningKey,
    pub(crate) trial: SigningKey,
    pub(crate) identity: SecretKey,
    pub(crate) log: SigningKey,
    pub(crate) app_statements: MasterKeys,
}

impl Keys {
    pub(crate) fn load(store: &dyn KeyStore) -> Result<Self, KeyFailure> {
        Ok(Self {
            countersigning: SigningKey::from_seed(store.key(KeyPurpose::Countersigning)?.0),
            content_keys: MasterKeys::load(store, KeyPurpose::ContentKeys)?,
            gate: MasterKeys::load(store, KeyPurpose::Gate)?,
            device_challenges: MasterKeys::load(store, KeyPurpose::DeviceChallenges)?,
            revocations: SigningKey::from_seed(store.key(KeyPurpose::Revocations)?.0),
            trial: SigningKey::from_seed(store.key(KeyPurpose::Trial)?.0),
            identity: store.key(KeyPurpose::Identity)?,
            log: SigningKey::from_seed(store.key(KeyPurpose::Log)?.0),
            app_statements: MasterKeys::load(store, KeyPurpose::AppStatements)?,
        })
    }
}

impl Services {
    pub(crate) fn new(
        options: PlatformOptions,
        database: Database,
        blobs: Blobs,
        keys: Keys,
        gate: Gate,
        domain_proofs: Arc<dyn DomainProofs>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let node_id = random_identifier(options.randomness.as_ref());
        Self {
            domain_proofs,
            node_id,
            jobs_wake: Notify::new(),
            options,
            database,
            blobs,
            keys,
            key_changes: OnceLock::new(),
            gate,
            gate_releases: ReleaseCache::default(),
            hot_files: HotFiles::default(),
            update_turns: Turns::default(),
            development: Development::default(),
            shell: ShellAssets::default(),
            metrics: Metrics::default(),
            limiter: Limiter::default(),
            publishing: Semaphore::new(PACKAGES_AT_ONCE),
            stopping,
        }
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.options.clock.now()
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_milliseconds(&self) -> i64 {
        self.options.clock.now_milliseconds()
    }

    /// How keys that devices remember gave way to those that are in use.
    pub(crate) fn key_changes(&self) -> &KeyChanges {
        self.key_changes.get_or_init(KeyChanges::default)
    }

    pub(crate) fn randomness(&self) -> &dyn Randomness {
        self.options.randomness.as_ref()
    }

    pub(crate) fn fresh_identifier(&self) -> String {
        random_identifier(self.randomness())
    }

    /// Whether acts on releases are written into the audit trail.
    pub(crate) fn keeps_trail(&self) -> bool {
        self.options.development.is_none()
    }

    /// The address that users see, without a slash at the end.
    pub(crate) fn origin(&self) -> String {
        match &self.options.public_url {
            Some(url) => url.origin().ascii_serialization(),
            None => {
                let scheme = if self.options.tls.is_some() { "https" } else { "http" };
                let port = self.options.listen.first().map_or(0, std::net::SocketAddr::port);
                format!("{scheme}://localhost:{port}")
            }
        }
    }

    /// The host that users know the platform by.
    pub(crate) fn host(&self) -> String {
        let host = self.options.public_url.as_ref().and_then(|url| url.host_str());
        host.unwrap_or("localhost").to_owned()
    }

    pub(crate) fn issue_gate_ticket(&self, user_id: &str, release_id: &str) -> IssuedTicket {
        issue_ticket(&self.keys.gate.current, user_id, release_id, self.now())
    }
}
