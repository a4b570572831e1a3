//! How what an organisation published is read: by the system's DNS resolver, and as the gate asks for anything (names
//! resolved once, public addresses only, no redirects).

use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;
use url::Url;

const MOST_BYTES: usize = 4_096;
const MOST_RECORDS: usize = 50;

/// Reads what an organisation published. Tests have their own.
#[async_trait::async_trait]
pub(crate) trait DomainProofs: Send + Sync + 'static {
    /// The text at `url`, at most a few kilobytes.
    ///
    /// # Errors
    /// In words for a person: why it can't be read.
    async fn fetch(&self, url: &Url) -> Result<String, String>;

    /// The TXT records of a name; none where it has none.
    ///
    /// # Errors
    /// In words for a person: why they can't be read.
    async fn records(&self, name: &str) -> Result<Vec<String>, String>;
}

/// Over https, by a client that reaches public addresses only, and over DNS.
pub(crate) struct NetworkProofs {
    client: reqwest::Client,
    /// None where the system says of no resolver: then the file alone counts.
    resolver: Option<TokioResolver>,
}

impl NetworkProofs {
    /// With the system's own resolver.
    pub(crate) fn new(client: reqwest::Client) -> Self {
        let resolver = TokioResolver::builder_tokio().and_then(|builder| builder.build());
        if let Err(cause) = &resolver {
            tracing::warn!(fault.cause = %cause, "the system names no DNS resolver; domains are proved by files alone");
        }
        Self { client, resolver: resolver.ok() }
    }
}

#[async_trait::async_trait]
impl DomainProofs for NetworkProofs {
    async fn fetch(&self, url: &Url) -> Result<String, String> {
        let mut answer =
            self.client.get(url.clone()).send().await.map_err(|_| "the server can't be reached".to_owned())?;
        if !answer.status().is_success() {
            return Err(format!("the server answered {}", answer.status()));
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|_| "the answer broke off".to_owned())? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST_BYTES {
                return Err("the file is too large".to_owned());
            }
        }
        String::from_utf8(bytes).map_err(|_| "the file is no text".to_owned())
    }

    async fn records(&self, name: &str) -> Result<Vec<String>, String> {
        let resolver = self.resolver.as_ref().ok_or("this platform has no DNS resolver")?;
        // A dot at the end: no search domain of the platform's own is tried.
        let found = match resolver.txt_lookup(format!("{name}.")).await {
            Ok(found) => found,
            Err(cause) if cause.is_no_records_found() || cause.is_nx_domain() => return Ok(Vec::new()),
            Err(_) => return Err("the DNS did not answer".to_owned()),
        };
        let texts = found.answers().iter().filter_map(|record| match &record.data {
            // A long text comes in pieces.
            RData::TXT(text) => String::from_utf8(text.txt_data.concat()).ok(),
            _ => None,
        });
        Ok(texts.filter(|text| text.len() <= MOST_BYTES).take(MOST_RECORDS).collect())
    }
}
