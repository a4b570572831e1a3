//! `/gate/extensions/{module}/…`: what the operator added to the APIs of mini apps (`extBridge`, `extOnBridge`).
//!
//! The services are the operator's own, so their addresses may be private ones. Each request carries the platform's
//! signed word for which mini app asks, and, where the operator set that, for which account (`usr`). An app reaches the
//! modules, calls and events that the operator named for it, nothing else.

#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;
use utoipa::ToSchema;

use super::outbound::{capped_body, operator_client, refuse_large};
use super::statements::MEZZE_APP;
use super::target::{Gate, GateCaller};
use crate::http::FRAMELESS_FILE_POLICY;
use crate::options::{HostExtensions, HostModule};
use crate::problem::Problem;

/// The whole of a call, as of a request.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a call may answer, in bytes.
const LARGEST_ANSWER: u64 = 1024 * 1024;
/// What one subscription may tell, in bytes, before it has to be made again.
const LONGEST_STREAM: u64 = 256 * 1024 * 1024;
/// A reason is a sentence.
const LONGEST_REASON: usize = 500;

/// What a module answered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(super) enum ExtensionAnswer {
    /// The call was carried out; its results.
    Done {
        #[schema(value_type = Object)]
        value: Map<String, Value>,
    },
    /// The module refused.
    Failed {
        reason: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        errno: Option<i64>,
    },
}

/// How a module refuses: any status but 200, and this.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    reason: String,
    errno: Option<i64>,
}

/// The services behind the modules.
pub(super) struct ExtensionServices {
    client: reqwest::Client,
    extensions: HostExtensions,
}

impl ExtensionServices {
    pub(super) fn new(extensions: HostExtensions) -> Result<Self, reqwest::Error> {
        let client = operator_client()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(10))
            .build()?;
        Ok(Self { client, extensions })
    }

    fn module(&self, caller: &GateCaller, name: &str) -> Result<&HostModule, Problem> {
        let module = self.extensions.module(name).ok_or_else(|| unknown(format!("There is no module `{name}`.")))?;
        if module.serves(&caller.app_id) {
            return Ok(module);
        }
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "extension-forbidden",
            "The extension is not for this mini app",
            format!("The operator did not name {} for the module `{name}`.", caller.app_id),
        )
        .hint("Ask the operator of this platform."))
    }
}

impl Gate {
    /// Carries one call out.
    pub(super) async fn call_extension(
        &self,
        caller: &GateCaller,
        module: &str,
        call: &str,
        data: Bytes,
    ) -> Result<ExtensionAnswer, Problem> {
        let found = self.extensions.module(caller, module)?;
        let Some(url) = found.call_url(call) else {
            return Err(unknown(format!("The module `{module}` has no call `{call}`.")));
        };
        let _place = self.capacity.request(&caller.user_id, &caller.app_id).await?;
        let request = self.to_service(caller, found, Method::POST, url)?;
        let request = request.header(header::CONTENT_TYPE, "application/json").body(data).timeout(PATIENCE);
        let response = request.send().await.map_err(|cause| unreachable_service(module, cause))?;
        let status = response.status();
        refuse_large(&response, LARGEST_ANSWER)?;
        let answer = capped_body(response, LARGEST_ANSWER).try_fold(Vec::new(), async |mut all, part| {
            all.extend_from_slice(&part);
            Ok(all)
        });
        let answer = answer.await.map_err(|_| {
            Problem::new(StatusCode::BAD_GATEWAY, "extension-failed", "The extension broke off", broke_off(module))
        })?;
        if status == StatusCode::OK {
            let value = serde_json::from_slice(&answer).map_err(|_| {
                failed(format!("The module `{module}` answered `{call}` with something that is no JSON object."))
            })?;
            return Ok(ExtensionAnswer::Done { value });
        }
        let refusal: Refusal = serde_json::from_slice(&answer).unwrap_or_default();
        let reason = if refusal.reason.is_empty() { status.to_string() } else { refusal.reason };
        Ok(ExtensionAnswer::Failed { reason: reason.chars().take(LONGEST_REASON).collect(), errno: refusal.errno })
    }

    /// Passes the events of a module on (`text/event-stream`), for as long as both sides stay.
    pub(super) async fn follow_extension(
        &self,
        caller: &GateCaller,
        module: &str,
        event: &str,
    ) -> Result<Response, Problem> {
        let found = self.extensions.module(caller, module)?;
        let Some(url) = found.event_url(event) else {
            return Err(unknown(format!("The module `{module}` has no event `{event}`.")));
        };
        let place = self.capacity.socket(&caller.user_id, &caller.app_id)?;
        let request = self.to_service(caller, found, Method::GET, url)?.header(header::ACCEPT, EVENT_STREAM);
        let sent = tokio::time::timeout(PATIENCE, request.send()).await;
        let response = sent.map_err(|_| broken(module))?.map_err(|cause| unreachable_service(module, cause))?;
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        if response.status() != StatusCode::OK || !kind.starts_with(EVENT_STREAM.as_bytes()) {
            return Err(failed(format!("The module `{module}` has no events named `{event}` to tell.")));
        }
        // The place is taken until the last byte has passed.
        let stream = capped_body(response, LONGEST_STREAM).inspect_ok(move |_| {
            let _ = &place;
        });
        let mut answer = Response::new(Body::from_stream(stream));
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMELESS_FILE_POLICY));
        Ok(answer)
    }

    fn to_service(
        &self,
        caller: &GateCaller,
        module: &HostModule,
        method: Method,
        url: Url,
    ) -> Result<reqwest::RequestBuilder, Problem> {
        let user = module.tell_user.then_some(caller.user_id.as_str());
        let statement = self.statements.sign_for(caller, user, &method, &url)?;
        Ok(self.extensions.client.request(method, url).header(MEZZE_APP, statement))
    }
}

const EVENT_STREAM: &str = "text/event-stream";

fn unknown(detail: String) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "extension-unknown", "There is no such extension", detail)
        .hint("The operator names modules, calls and events with `mezze serve --extensions`.")
}

fn failed(detail: String) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY, "extension-failed", "The extension failed", detail)
}

fn broken(module: &str) -> Problem {
    failed(broke_off(module))
}

fn broke_off(module: &str) -> String {
    format!("The service of the module `{module}` did not answer to its end.")
}

/// The address is the operator's, and no business of the app's.
fn unreachable_service(module: &str, cause: reqwest::Error) -> Problem {
    let timeout = cause.is_timeout();
    tracing::warn!(extension.module = module, error.message = %cause.without_url(), "an extension's service can't be reached");
    if timeout {
        let detail = format!("The service of the module `{module}` did not answer within {} s.", PATIENCE.as_secs());
        return Problem::new(StatusCode::GATEWAY_TIMEOUT, "extension-timeout", "The extension took too long", detail);
    }
    failed(format!("The service of the module `{module}` can't be reached."))
}
