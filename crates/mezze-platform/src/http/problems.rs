//! Errors that axum and its layers make by themselves (no such route, wrong method, body too large, …) as problems.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::problem::{PROBLEM_MEDIA_TYPE, Problem};

/// Longest text of a layer that is worth repeating.
const LONGEST_DETAIL: usize = 2_000;

/// Middleware: an error that is not a problem yet becomes one and keeps its headers (`Allow`, `Content-Range`).
pub(crate) async fn problems_everywhere(request: Request, next: Next) -> Response {
    let asked = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_problem(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let problem = describe(status, &asked, &text_of(body).await);
    let mut answer = problem.into_response();
    for (name, value) in &parts.headers {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH && name != header::CACHE_CONTROL {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

fn is_problem(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes() == PROBLEM_MEDIA_TYPE.as_bytes())
}

async fn text_of(body: Body) -> String {
    let bytes = to_bytes(body, LONGEST_DETAIL).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn describe(status: StatusCode, asked: &str, text: &str) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(format!("There is nothing at {asked}."))
            .hint("The interface is described at /api/openapi.json."),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(
            status,
            "method-not-allowed",
            "This method is not allowed here",
            format!("{asked} is not possible."),
        )
        .hint("The `Allow` header lists the methods that are."),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(status, "too-large", "The body is too large", format!("{asked}: {text}"))
        }
        StatusCode::REQUEST_TIMEOUT => {
            Problem::new(status, "timeout", "The request took too long", format!("{asked} was given up."))
        }
        _ if status.is_client_error() => {
            let mut problem = Problem::bad_request(if text.is_empty() { asked.to_owned() } else { text.to_owned() });
            problem.status = status.as_u16();
            problem
        }
        _ => {
            let mut problem = Problem::internal("answer a request", &format_args!("{status} {asked}: {text}"));
            problem.status = status.as_u16();
            problem
        }
    }
}
