//! Talking to a platform: the address, the token, JSON in and out, and the platform's refusals in the command line's
//! own voice.

use crate::failure::{Failure, reason};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;
use url::Url;

/// Which platform, and in whose name.
#[derive(clap::Args)]
pub struct PlatformArguments {
    /// The platform's address, for example https://apps.example.org
    #[arg(long, value_name = "URL")]
    pub platform: Url,
    /// File with an access token; the environment variable MEZZE_TOKEN where it is not given
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// The platform's refusal (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    title: String,
    detail: Option<String>,
    hint: Option<String>,
}

/// A platform, for calls in someone's name.
pub struct PlatformClient {
    http: reqwest::Client,
    platform: Url,
    token: String,
}

impl PlatformArguments {
    pub fn client(&self) -> Result<PlatformClient, Failure> {
        Ok(PlatformClient { http: reqwest::Client::new(), platform: self.platform.clone(), token: self.token()? })
    }

    fn token(&self) -> Result<String, Failure> {
        if let Some(path) = &self.token_file {
            let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
            return Ok(text.trim().to_owned());
        }
        std::env::var("MEZZE_TOKEN").ok().filter(|token| !token.is_empty()).ok_or_else(|| {
            Failure::new(
                "no access token was given",
                "give --token-file FILE or set MEZZE_TOKEN; `mezze serve` says where its first token is",
            )
        })
    }
}

impl PlatformClient {
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.answer(self.request(Method::GET, path)?).await
    }

    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.answer(self.request(Method::POST, path)?.header("content-type", "application/json").body(body.to_string()))
            .await
    }

    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.answer(self.request(Method::PUT, path)?.header("content-type", "application/json").body(body.to_string()))
            .await
    }

    /// Deletes; the platform answers nothing.
    pub async fn delete(&self, path: &str) -> Result<(), Failure> {
        let answer = self.request(Method::DELETE, path)?.send().await.map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let body = answer.bytes().await.map_err(|error| self.unreachable(&error))?;
        Err(self.refusal(status, &body))
    }

    /// Sends bytes from an offset on.
    pub async fn part<T: DeserializeOwned>(&self, path: &str, offset: u64, bytes: Vec<u8>) -> Result<T, Failure> {
        let request = self.request(Method::PATCH, path)?.header("upload-offset", offset);
        self.answer(request.header("content-type", "application/offset+octet-stream").body(bytes)).await
    }

    /// Sends a package in one go.
    pub async fn package<T: DeserializeOwned>(&self, path: &str, bytes: Vec<u8>) -> Result<T, Failure> {
        let request = self.request(Method::POST, path)?.header("content-type", "application/miniapp-pkg+zip");
        self.answer(request.body(bytes)).await
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let url = self.platform.join(path).map_err(|error| {
            Failure::new(
                format!("{} is not a platform's address: {error}", self.platform),
                "give one like https://apps.example.org",
            )
        })?;
        Ok(self.http.request(method, url).bearer_auth(&self.token))
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Failure> {
        let answer = request.send().await.map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| self.unreachable(&error))?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|error| {
                Failure::new(
                    format!("{} answered something else than a platform would: {error}", self.platform),
                    "check the address; it must be a Mezze platform's",
                )
            });
        }
        Err(self.refusal(status, &body))
    }

    fn refusal(&self, status: StatusCode, body: &[u8]) -> Failure {
        match serde_json::from_slice::<Problem>(body) {
            Ok(problem) => Failure {
                message: match problem.detail {
                    Some(detail) => format!("{} refused: {}: {detail}", self.platform, problem.title),
                    None => format!("{} refused: {}", self.platform, problem.title),
                },
                hint: problem.hint,
            },
            Err(_) => Failure::new(
                format!("{} answered with status {status}", self.platform),
                "check the address; it must be a Mezze platform's",
            ),
        }
    }

    fn unreachable(&self, error: &reqwest::Error) -> Failure {
        unreachable(
            &self.platform,
            error,
            "check that the platform runs (`mezze serve`) and that the address is right; nothing was changed",
        )
    }
}

/// No answer came; the innermost cause says why.
pub fn unreachable(platform: &Url, error: &reqwest::Error, hint: &str) -> Failure {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Failure::new(format!("{platform} can't be reached: {}", reason(cause)), hint)
}
