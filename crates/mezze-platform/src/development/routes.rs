//! The shell's two calls in development; elsewhere they don't exist.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt as _, stream};
use serde::Serialize;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::DevelopmentEvent;
use super::changes::{Change, RunningRelease};
use crate::accounts::SignedIn;
use crate::problem::Problem;
use crate::state::Services;

/// A screenful of console lines.
const MOST_BYTES: usize = 1024 * 1024;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(changes))
}

/// Report what the running app does
///
/// One JSON object a line. Exists in `mezze dev` only.
#[utoipa::path(
    post,
    path = "/api/v1/development/events",
    tag = "development",
    request_body(content = DevelopmentEvent, content_type = "application/x-ndjson"),
    responses(
        (status = 204, description = "Passed on"),
        (status = 400, description = "A line is not an event; the lines before it were passed on", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "This is not `mezze dev`", body = Problem),
    )
)]
async fn report(State(services): State<Arc<Services>>, user: SignedIn, body: Body) -> Result<StatusCode, Problem> {
    let SignedIn(_) = user;
    only_in_development(&services)?;
    let bytes = to_bytes(body, MOST_BYTES)
        .await
        .map_err(|_| Problem::bad_request(format!("At most {MOST_BYTES} bytes of events at once.")))?;
    for (index, line) in
        bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty())
    {
        let event: DevelopmentEvent = serde_json::from_slice(line)
            .map_err(|cause| Problem::bad_request(format!("Line {} is not an event: {cause}.", index + 1)))?;
        services.development.report(event);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Hear of new builds
///
/// Server-sent events: `current` (once, what runs now) and `reload` with `{app_id, version, digest}`, `failed` with
/// `{message}`. Exists in `mezze dev` only.
#[utoipa::path(
    get,
    path = "/api/v1/development/changes",
    tag = "development",
    responses(
        (status = 200, description = "A stream of events", body = RunningRelease, content_type = "text/event-stream"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "This is not `mezze dev`", body = Problem),
    )
)]
async fn changes(
    State(services): State<Arc<Services>>,
    user: SignedIn,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let SignedIn(_) = user;
    only_in_development(&services)?;
    let (latest, changes) = services.development.changes();
    let current = latest.release.map(|release| event("current", &release));
    let first = stream::iter(current.into_iter().chain(latest.failure.map(|message| failed(&message))));
    let following = BroadcastStream::new(changes).filter_map(|change| async {
        match change {
            Ok(Change::Reload(release)) => Some(event("reload", &release)),
            Ok(Change::Failed(message)) => Some(failed(&message)),
            // Too slow: the next change brings it up to date.
            Err(_) => None,
        }
    });
    let stopping = WatchStream::new(services.stopping.clone()).filter(|stopping| std::future::ready(*stopping));
    let stream = first.chain(following).map(Ok).take_until(stopping.into_future());
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn failed(message: &str) -> Event {
    event("failed", &serde_json::json!({ "message": message }))
}

fn event(name: &str, data: &impl Serialize) -> Event {
    // These types always have a JSON form.
    Event::default().event(name).json_data(data).unwrap_or_default()
}

fn only_in_development(services: &Services) -> Result<(), Problem> {
    if services.options.development.is_some() {
        return Ok(());
    }
    Err(Problem::not_found("This platform is not `mezze dev`."))
}
