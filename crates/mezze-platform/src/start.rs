//! Starting and stopping a platform node.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use bytes::Bytes;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

use crate::accounts::{Accounts, NewAccount};
use crate::audit_trail::Who;
use crate::blobs::{BlobStoreFailure, Blobs};
use crate::clock::random_bytes;
use crate::database::Database;
use crate::development::DevelopmentEvent;
use crate::encoding::base64url;
use crate::gate::{Gate, errand_client};
use crate::jobs::work_until_stopped;
use crate::keys::{FileKeyStore, KeyChanges, KeyFailure, KnownKeys, create_private_folder};
use crate::options::{PlatformOptions, TlsFiles};
use crate::organisations::{NetworkProofs, invite_first_admin};
use crate::problem::Problem;
use crate::registry::{Published, Registry};
use crate::releases::tell_of_earlier_releases;
use crate::rotation::key_store;
use crate::state::{Keys, Services};

/// Requests under way get so long to finish when the platform stops.
const GRACE: Duration = Duration::from_secs(10);
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
const DEVELOPER_TOKEN_FILE: &str = "developer.token";

/// Why a platform can't start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum StartFailure {
    /// No address to listen on was given.
    #[error("there is no address to listen on")]
    NoListenAddress,
    /// Plain http is for this machine only.
    #[error("{address} can be reached from other machines, but there is no TLS")]
    PlainAddressNotLoopback {
        /// The address.
        address: SocketAddr,
    },
    /// The public URL is not one.
    #[error("the public URL {url} can't be used: {reason}")]
    PublicUrl {
        /// As given.
        url: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The data folder can't be used.
    #[error("can't use the data folder {path}: {cause}", path = path.display())]
    DataFolder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The address can't be listened on.
    #[error("can't listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// Certificate or key can't be used.
    #[error("can't use the certificate {certificate} with the key {key}: {cause}", certificate = certificate.display(), key = key.display())]
    Tls {
        /// The chain.
        certificate: PathBuf,
        /// The private key.
        key: PathBuf,
        /// What is wrong.
        #[source]
        cause: std::io::Error,
    },
    /// A key can't be used.
    #[error(transparent)]
    Key(#[from] KeyFailure),
    /// The database can't be used.
    #[error("can't use the database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The blob store can't be used.
    #[error(transparent)]
    Blobs(#[from] BlobStoreFailure),
    /// The gate's client can't be made.
    #[error("can't set up the gate: {0}")]
    Gate(#[from] reqwest::Error),
    /// The first accounts can't be made.
    #[error("can't make the first account: {0}")]
    FirstAccount(#[from] Problem),
    /// What is kept can't be examined.
    #[error("can't examine the platform: {0}")]
    Examination(#[source] Problem),
    /// What is known of the keys can't be read or written.
    #[error("can't compare the keys with those that the platform had: {0}")]
    KnownKeys(#[source] Problem),
    /// The server stopped by itself.
    #[error("the server stopped: {0}")]
    Serve(#[source] std::io::Error),
}

impl StartFailure {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoListenAddress => "give one with --listen, for example --listen 127.0.0.1:8080",
            Self::PlainAddressNotLoopback { .. } => {
                "give --tls-cert and --tls-key, or --public-url if a proxy in front of the platform speaks TLS"
            }
            Self::PublicUrl { .. } => "give an origin, for example --public-url https://apps.example.org",
            Self::DataFolder { .. } => "choose a folder that this user may write to with --data",
            Self::Listen { cause, .. } if cause.kind() == std::io::ErrorKind::AddrInUse => {
                "another program listens there; stop it or choose another port with --listen"
            }
            Self::Listen { .. } => "choose another address with --listen",
            Self::Tls { .. } => "both must be PEM files, the server's own certificate first, and belong together",
            Self::Database(_) => "check --database-url, and that the disk is not full",
            Self::Blobs(_) => "give a folder as file:///PATH, or s3://BUCKET/PREFIX with AWS_* in the environment",
            Self::Key(_)
            | Self::Gate(_)
            | Self::FirstAccount(_)
            | Self::Examination(_)
            | Self::KnownKeys(_)
            | Self::Serve(_) => {
                return None;
            }
        })
    }
}

/// A platform node.
pub struct Platform;

impl Platform {
    /// Starts a node and returns once it listens.
    ///
    /// # Errors
    /// When an option breaks a rule, or database, blob store, keys or addresses can't be used. Nothing keeps running.
    pub async fn start(options: PlatformOptions) -> Result<Running, StartFailure> {
        options.validate()?;
        // Fails where the program has chosen a provider already, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (stop, stopping) = watch::channel(false);
        let (services, developer_token_file) = assemble(options, stopping).await?;
        let tls = match &services.options.tls {
            Some(files) => Some(load_tls(files).await?),
            None => None,
        };
        let listeners = listen(&services.options.listen).await?;
        let mut addresses = Vec::new();
        let mut servers = JoinSet::new();
        for (address, listener) in listeners {
            addresses.push(address);
            servers.spawn(serve(listener, services.clone(), tls.clone()));
        }
        tokio::spawn(work_until_stopped(services.clone()));
        let sweeper = services.clone();
        tokio::spawn(async move {
            // A failure was logged where it was made, and the next start tries again.
            let _ = Registry(&sweeper).sweep().await;
            let _ = Registry(&sweeper).rewrap().await;
        });
        let handle = PlatformHandle { services, stop: Arc::new(stop) };
        Ok(Running { addresses, handle, developer_token_file, servers })
    }
}

/// Opens everything that a node needs, clears away what a killed one left, and lets the developer's token in.
pub(crate) async fn assemble(
    options: PlatformOptions,
    stopping: watch::Receiver<bool>,
) -> Result<(Arc<Services>, PathBuf), StartFailure> {
    let data = options.data.clone();
    let randomness = options.randomness.clone();
    let keys = key_store(&options);
    let (services, store) = open(options, stopping).await?;
    if services.options.development.is_none() {
        let known = KnownKeys { database: &services.database, store: keys.as_ref(), now: services.now() };
        known.acknowledge().await?;
        let changes = KeyChanges::read(&services.database).await.map_err(StartFailure::KnownKeys)?;
        // Nobody has asked for them yet.
        let _ = services.key_changes.set(changes);
    }
    services.blobs.remove_unfinished()?;
    if services.blobs.is_alone() {
        store.remove_unfinished()?;
    }
    // A failure was logged where it was made, and the next start tries again.
    let _ = Registry(&services).sweep_at_start().await;
    services.blobs.share()?;
    let token = store.read_or_create(DEVELOPER_TOKEN_FILE, || {
        format!("mezze_{}", base64url(&random_bytes::<32>(randomness.as_ref())))
    })?;
    Accounts(&services).accept_developer_token(&token).await?;
    // Hosts run nothing that the log does not prove: before the first launch is answered.
    let _ = tell_of_earlier_releases(&services).await;
    Ok((services, data.join("keys").join(DEVELOPER_TOKEN_FILE)))
}

/// Opens everything that a node needs, and changes nothing.
pub(crate) async fn open(
    options: PlatformOptions,
    stopping: watch::Receiver<bool>,
) -> Result<(Arc<Services>, FileKeyStore), StartFailure> {
    let data = options.data.clone();
    create_private_folder(&data).map_err(|cause| StartFailure::DataFolder { path: data.clone(), cause })?;
    let store = FileKeyStore::new(data.join("keys"), options.randomness.clone());
    let keys = Keys::load(key_store(&options).as_ref())?;
    let database = Database::open(options.database_url.as_deref(), &data, options.development.is_none()).await?;
    let blobs = Blobs::open(options.blobs_url.as_deref(), &data, options.development.is_none())?;
    let gate = Gate::new(&options, &keys.app_statements)?;
    let domain_proofs = Arc::new(NetworkProofs::new(errand_client()?));
    let services = Arc::new(Services::new(options, database, blobs, keys, gate, domain_proofs, stopping));
    Ok((services, store))
}

async fn load_tls(files: &TlsFiles) -> Result<RustlsConfig, StartFailure> {
    RustlsConfig::from_pem_file(&files.certificate, &files.key).await.map_err(|cause| StartFailure::Tls {
        certificate: files.certificate.clone(),
        key: files.key.clone(),
        cause,
    })
}

/// All addresses or none.
async fn listen(addresses: &[SocketAddr]) -> Result<Vec<(SocketAddr, std::net::TcpListener)>, StartFailure> {
    let mut listeners = Vec::new();
    for address in addresses {
        let failed = |cause| StartFailure::Listen { address: *address, cause };
        let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?.into_std().map_err(failed)?;
        listeners.push((listener.local_addr().map_err(failed)?, listener));
    }
    Ok(listeners)
}

async fn serve(
    listener: std::net::TcpListener,
    services: Arc<Services>,
    tls: Option<RustlsConfig>,
) -> Result<(), std::io::Error> {
    let handle = Handle::new();
    let mut stopping = services.stopping.clone();
    let service = crate::api::router(services).into_make_service_with_connect_info::<SocketAddr>();
    let stopper = handle.clone();
    tokio::spawn(async move {
        // An error means that the sender is gone, and with it the platform.
        let _ = stopping.wait_for(|stopping| *stopping).await;
        stopper.graceful_shutdown(Some(GRACE));
    });
    // The end of an answer must not wait until the client has acknowledged what came before (Nagle's algorithm): a client
    // that delays that would wait for 40 ms with each file.
    // A connection that never finishes its headers must not stay open for ever.
    let patient = |builder: &mut Builder<TokioExecutor>| {
        builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
    };
    match tls {
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
            let mut server = axum_server::from_tcp(listener)?.acceptor(acceptor).handle(handle);
            patient(server.http_builder());
            server.serve(service).await
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.acceptor(NoDelayAcceptor::new()).handle(handle);
            patient(server.http_builder());
            server.serve(service).await
        }
    }
}

/// A platform node that runs. Dropping it stops the node at once; [`Running::stopped`] waits for its end.
pub struct Running {
    /// Where it listens, with the ports that were picked.
    pub addresses: Vec<SocketAddr>,
    /// What can be done with it.
    pub handle: PlatformHandle,
    developer_token_file: PathBuf,
    servers: JoinSet<Result<(), std::io::Error>>,
}

impl Running {
    /// The file (mode 0600) with the bearer token for uploads.
    #[must_use]
    pub fn developer_token_file(&self) -> &Path {
        &self.developer_token_file
    }

    /// Waits until the node has stopped, by [`PlatformHandle::shut_down`] or by a failure.
    ///
    /// # Errors
    /// When a listener fails.
    pub async fn stopped(mut self) -> Result<(), StartFailure> {
        let mut outcome = Ok(());
        while let Some(ended) = self.servers.join_next().await {
            let ended = ended.map_err(std::io::Error::other).and_then(|ended| ended);
            if let Err(cause) = ended {
                outcome = Err(StartFailure::Serve(cause));
            }
            // One listener that ends takes the others with it.
            self.handle.shut_down();
        }
        self.handle.services.database.close().await?;
        outcome
    }
}

/// What the program that started a node can do with it.
#[derive(Clone)]
pub struct PlatformHandle {
    services: Arc<Services>,
    stop: Arc<watch::Sender<bool>>,
}

impl PlatformHandle {
    /// Checks, countersigns, seals and releases a package, as an upload does. In development the same version is replaced.
    ///
    /// # Errors
    /// The problem that an upload would be answered with.
    pub async fn publish(&self, package: Bytes) -> Result<Published, Problem> {
        Registry(&self.services).publish(package, &Who::Machine("program")).await
    }

    /// A one-time code that makes whoever accepts it the operator's first admin; none where there is an admin.
    ///
    /// # Errors
    /// The database can't be used.
    pub async fn first_admin_code(&self) -> Result<Option<String>, Problem> {
        invite_first_admin(&self.services).await
    }

    /// Makes an account; gives its id.
    ///
    /// # Errors
    /// The login is taken.
    pub async fn create_account(&self, account: NewAccount) -> Result<String, Problem> {
        Ok(Accounts(&self.services).create(account).await?.id)
    }

    /// What the shell reports about the running app, from now on.
    #[must_use]
    pub fn development_events(&self) -> broadcast::Receiver<DevelopmentEvent> {
        self.services.development.events()
    }

    /// Tells the shell that a build failed; it shows the message over the last good build.
    pub fn announce_build_failure(&self, message: String) {
        self.services.development.announce_failure(message);
    }

    /// Asks the node to stop: no new requests, those under way get ten seconds.
    pub fn shut_down(&self) {
        self.stop.send_replace(true);
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_nodes;
