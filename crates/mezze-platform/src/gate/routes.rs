//! The gate's doors.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use mezze_host::permission::PlatformAct;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extensions::ExtensionAnswer;
use super::request::{GateAnswer, GateRequest};
use super::target::GateCaller;
use super::{media, request, socket, ticket};
use crate::accounts::SignedIn;
use crate::encoding::from_base64url;
use crate::http::{ApiJson, require_own_origin};
use crate::policy::permit_subject;
use crate::problem::Problem;
use crate::registry::Registry;
use crate::state::Services;

pub(crate) fn router() -> OpenApiRouter<Arc<Services>> {
    OpenApiRouter::new()
        .routes(routes!(gate_request))
        .routes(routes!(gate_socket))
        .routes(routes!(gate_media))
        .routes(routes!(gate_tile))
        .routes(routes!(call_extension))
        .routes(routes!(follow_extension))
        .routes(routes!(app_keys))
}

/// Carry an app's request out
///
/// The request is described in `Mezze-Gate-Meta` (base64url JSON, `GateRequest`) and its body is the body. The answer
/// is described in `Mezze-Gate-Meta` (base64url JSON, `GateAnswer`) and its body is the body; its own status is 200
/// whatever the server's was.
#[utoipa::path(
    post,
    path = "/gate/request",
    tag = "gate",
    params(
        ("Mezze-Gate-Ticket" = String, Header, description = "From the launch answer"),
        ("Mezze-Gate-Meta" = String, Header, description = "Base64url JSON of GateRequest"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The server's answer, described by GateAnswer in Mezze-Gate-Meta", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 401, description = "Nobody is signed in, or the ticket is over", body = Problem),
        (status = 403, description = "The gate refuses the target", body = Problem),
        (status = 413, description = "The body is too large", body = Problem),
        (status = 429, description = "The app has too much under way", body = Problem),
        (status = 502, description = "The server can't be reached", body = Problem),
        (status = 504, description = "The server did not answer in time", body = Problem),
    )
)]
async fn gate_request(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = caller_of(&services, ticket_of(&headers), Some(&user.id)).await?;
    request::forward(&services, &caller, &headers, body).await
}

/// Open an app's socket
///
/// The first message names ticket and target, the first answer says `open` or `refused`; then messages are relayed.
#[utoipa::path(
    get,
    path = "/gate/socket",
    tag = "gate",
    responses(
        (status = 101, description = "The WebSocket is open; its first message names ticket and target"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The call comes from another web site", body = Problem),
    )
)]
async fn gate_socket(
    State(services): State<Arc<Services>>,
    user: SignedIn,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    // A WebSocket is a GET that the same-origin policy does not hold back.
    require_own_origin(&services, &headers)?;
    let most = services.options.limits.gate_message_bytes;
    Ok(upgrade
        .max_message_size(most)
        .max_frame_size(most)
        .on_upgrade(move |socket| socket::serve(services, user, socket)))
}

/// A remote picture, sound or film
#[utoipa::path(
    get,
    path = "/gate/media/{ticket}/{signature}/{target}",
    tag = "gate",
    params(
        ("ticket" = String, Path, description = "From the launch answer"),
        ("signature" = String, Path, description = "Base64url HMAC-SHA-256 of `target` as it stands in the path, with the ticket's key"),
        ("target" = String, Path, description = "Base64url of the URL"),
    ),
    responses(
        (status = 200, description = "The medium", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "Part of the medium", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 401, description = "The ticket is over", body = Problem),
        (status = 403, description = "The signature is wrong, or the gate refuses the target", body = Problem),
        (status = 502, description = "The server can't be reached or has no such medium", body = Problem),
    )
)]
async fn gate_media(
    State(services): State<Arc<Services>>,
    Path((ticket, signature, target)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = caller_of(&services, &ticket, None).await?;
    if !services.keys.gate.all().any(|key| ticket::is_signed(key, &ticket, &target, &signature)) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "gate-signature",
            "The signature is wrong",
            "The target was not signed with the key of this ticket.",
        ));
    }
    let url = from_base64url(&target)
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Problem::bad_request("The target is not the base64url of a URL."))?;
    media::forward(&services, &caller, &url, &headers).await
}

/// A map tile of the operator's
#[utoipa::path(
    get,
    path = "/gate/tiles/{z}/{x}/{y}",
    tag = "gate",
    params(
        ("z" = u8, Path, description = "Zoom"),
        ("x" = u32, Path, description = "Column from the west"),
        ("y" = u32, Path, description = "Row from the north"),
    ),
    responses(
        (status = 200, description = "The tile", body = Vec<u8>, content_type = "image/*"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "The operator has set no tiles, or the world has no such tile", body = Problem),
        (status = 502, description = "The tile server can't be reached or has no such tile", body = Problem),
    )
)]
async fn gate_tile(
    State(services): State<Arc<Services>>,
    _user: SignedIn,
    Path((zoom, column, row)): Path<(u8, u32, u32)>,
) -> Result<Response, Problem> {
    match &services.gate.tiles {
        Some(tiles) => tiles.tile(zoom, column, row).await,
        None => Err(Problem::not_found("This platform has no map tiles.")),
    }
}

/// Call what the operator added to the APIs of mini apps
///
/// `extBridge`. The body is the call's data, a JSON object; it goes to the operator's service as it is.
#[utoipa::path(
    post,
    path = "/gate/extensions/{module}/calls/{call}",
    tag = "gate",
    params(
        ("module" = String, Path, description = "Name of the module"),
        ("call" = String, Path, description = "Name of the call"),
        ("Mezze-Gate-Ticket" = String, Header, description = "From the launch answer"),
    ),
    request_body = serde_json::Value,
    responses(
        (status = 200, description = "The module's answer, or its refusal", body = ExtensionAnswer),
        (status = 401, description = "Nobody is signed in, or the ticket is over", body = Problem),
        (status = 403, description = "The module is not for this mini app", body = Problem),
        (status = 404, description = "There is no such module or call", body = Problem),
        (status = 413, description = "The data is too large", body = Problem),
        (status = 429, description = "The app has too much under way", body = Problem),
        (status = 502, description = "The module's service can't be reached, or broke a rule", body = Problem),
        (status = 504, description = "The module's service did not answer in time", body = Problem),
    )
)]
async fn call_extension(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path((module, call)): Path<(String, String)>,
    headers: HeaderMap,
    ApiJson(data): ApiJson<serde_json::Map<String, serde_json::Value>>,
) -> Result<Json<ExtensionAnswer>, Problem> {
    let caller = caller_of(&services, ticket_of(&headers), Some(&user.id)).await?;
    let data = serde_json::Value::Object(data).to_string();
    Ok(Json(services.gate.call_extension(&caller, &module, &call, data.into()).await?))
}

/// Follow what the operator added to the events of mini apps
///
/// `extOnBridge`. Each event's `data` is a JSON value.
#[utoipa::path(
    get,
    path = "/gate/extensions/{module}/events/{event}",
    tag = "gate",
    params(
        ("module" = String, Path, description = "Name of the module"),
        ("event" = String, Path, description = "Name of the event"),
        ("Mezze-Gate-Ticket" = String, Header, description = "From the launch answer"),
    ),
    responses(
        (status = 200, description = "Events, until one side ends", body = String, content_type = "text/event-stream"),
        (status = 401, description = "Nobody is signed in, or the ticket is over", body = Problem),
        (status = 403, description = "The module is not for this mini app", body = Problem),
        (status = 404, description = "There is no such module or event", body = Problem),
        (status = 429, description = "The app has too much open", body = Problem),
        (status = 502, description = "The module's service can't be reached, or broke a rule", body = Problem),
    )
)]
async fn follow_extension(
    State(services): State<Arc<Services>>,
    SignedIn(user): SignedIn,
    Path((module, event)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = caller_of(&services, ticket_of(&headers), Some(&user.id)).await?;
    services.gate.follow_extension(&caller, &module, &event).await
}

fn ticket_of(headers: &HeaderMap) -> &str {
    headers.get("mezze-gate-ticket").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Keys that sign `Mezze-App`
///
/// A JWK set (RFC 7517). A server checks with it the JWS that every request of a mini app carries.
#[utoipa::path(
    get,
    path = "/.well-known/mezze-app-keys.json",
    tag = "gate",
    responses((status = 200, description = "JWK set", body = serde_json::Value, content_type = "application/jwk-set+json"))
)]
async fn app_keys(State(services): State<Arc<Services>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, services.gate.statements.key_set().to_string()).into_response()
}

/// Who holds the ticket. Where the session is known, it must be that user's.
pub(super) async fn caller_of(services: &Services, text: &str, user_id: Option<&str>) -> Result<GateCaller, Problem> {
    let checked = services.keys.gate.all().find_map(|key| ticket::check(key, text, services.now()));
    let ticket = checked.filter(|ticket| user_id.is_none_or(|user_id| user_id == ticket.user_id)).ok_or_else(|| {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "gate-ticket",
            "The gate ticket does not hold",
            "The ticket is not known, is another user's, or is over.",
        )
        .hint("Launch the mini app again for a new ticket.")
    })?;
    let release = Registry(services).release_for_gate(&ticket.release_id).await?;
    permit_subject(services, &release.subject, PlatformAct::Network)?;
    Ok(GateCaller {
        user_id: ticket.user_id,
        app_id: release.app_id.clone(),
        version: release.version.clone(),
        origins: release.origins.clone(),
    })
}

/// Who holds a ticket of `user_id`, for what is not the gate's but declared with it.
pub(crate) async fn ticket_holder(services: &Services, ticket: &str, user_id: &str) -> Result<GateCaller, Problem> {
    caller_of(services, ticket, Some(user_id)).await
}

/// Named in descriptions only, so they are listed for the document by hand.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(GateRequest, GateAnswer)))]
pub(crate) struct GateSchemas;
