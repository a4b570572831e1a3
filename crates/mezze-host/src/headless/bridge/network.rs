//! Requests, transfers and sockets: noted with their address, answered by a stub. Nothing is sent anywhere.

use serde_json::{Value, json};

use super::Call;
use crate::headless::observations::{NetworkUse, RequestUse};

/// Value of a header that stubbed answers have.
const STUB: &str = "mezze-headless-stub";
/// What a message with such an answer holds.
pub const STUB_MARK: &str = "\"X-Answered-By\":\"mezze-headless-stub\"";

/// Milliseconds of the app's clock that a request takes.
pub const DELAY: u64 = 60;

/// What a call for the network is noted as; nothing where it is none.
pub fn noted(call: &Call, elapsed: u64) -> Option<RequestUse> {
    let kind = match call.api.as_str() {
        "request" => NetworkUse::Request,
        "uploadFile" => NetworkUse::Upload,
        "downloadFile" => NetworkUse::Download,
        "connectSocket" => NetworkUse::Socket,
        _ => return None,
    };
    let method = if call.text("method").is_empty() { "GET" } else { call.text("method") };
    let body = match &call.args["data"] {
        Value::String(text) => text.len() as u64,
        Value::Object(members) => members.get("$bytes").and_then(Value::as_u64).unwrap_or(0),
        _ => 0,
    };
    Some(RequestUse { url: call.text("url").to_owned(), method: method.to_owned(), kind, at: elapsed, body })
}

/// A message that follows the call, and the milliseconds after it.
pub struct Event {
    pub after: u64,
    pub message: Value,
}

/// What the call comes back with, and what follows it.
pub fn answer(call: &Call) -> (Result<Value, String>, Vec<Event>) {
    if call.text("url").is_empty() {
        return (Err("parameter error: parameter.url should be String instead of Undefined;".to_owned()), Vec::new());
    }
    let event = |after, name: &str, detail: Value| Event {
        after,
        message: json!({ "k": "event", "name": name, "task": call.id, "detail": detail }),
    };
    match call.api.as_str() {
        "request" => {
            let data = if call.args["responseType"] == "arraybuffer" { "" } else { "{}" };
            let header = json!({ "Content-Type": "application/json", "X-Answered-By": STUB });
            let value = json!({ "statusCode": 200, "header": header, "cookies": [], "data": { "$bytes": data } });
            (Ok(value), Vec::new())
        }
        "uploadFile" => {
            let header = json!({ "X-Answered-By": STUB });
            (Ok(json!({ "statusCode": 200, "data": "{}", "header": header })), Vec::new())
        }
        "downloadFile" => {
            let value = json!({ "statusCode": 200, "tempFilePath": "wxfile://tmp_headless.bin", "header": {} });
            (Ok(value), Vec::new())
        }
        _ => (Ok(json!({})), vec![event(DELAY * 2, "socket.open", json!({ "header": {} }))]),
    }
}

/// Answers a message to a running task.
pub fn task_answer(task: u64, method: &str, args: &Value) -> Option<Event> {
    let detail = match method {
        "socket.close" => json!({ "code": args["code"].as_u64().unwrap_or(1000), "reason": "" }),
        _ => return None,
    };
    let message = json!({ "k": "event", "name": "socket.close", "task": task, "detail": detail });
    Some(Event { after: DELAY, message })
}
