//! What the shell answers, without a shell (`docs/architecture/bridge.md`).
//!
//! | call | what happens |
//! |---|---|
//! | routing, `loadSubpackage` | carried out, see [`routing`] |
//! | requests, transfers, sockets | noted, and answered by a stub, see [`network`] |
//! | what asks the user | answered as a user would who wants to go on, see [`answers`] |
//! | everything else that a host carries out | answered with values of the types that the catalog promises |
//! | what no host carries out | fails in the dialect's shape; the runtime notes it |

pub mod answers;
pub mod network;
pub mod routing;

use mezze_api::{Catalog, failure_message};
use serde_json::{Value, json};

/// One call of logic.
#[derive(Debug)]
pub struct Call {
    pub id: u64,
    pub api: String,
    pub args: Value,
    pub page: u32,
}

impl Call {
    pub fn read(message: &Value) -> Option<Self> {
        Some(Self {
            id: message["id"].as_u64()?,
            api: message["api"].as_str()?.to_owned(),
            args: message["args"].clone(),
            page: message["pageId"].as_u64().and_then(|page| u32::try_from(page).ok()).unwrap_or(0),
        })
    }

    /// Text of an argument, empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.args[name].as_str().unwrap_or_default()
    }

    /// The message that answers it.
    pub fn answer(&self, result: Result<Value, String>) -> Value {
        match result {
            Ok(value) => {
                let value = if value.is_object() { value } else { json!({}) };
                json!({ "k": "result", "id": self.id, "ok": true, "value": value })
            }
            Err(reason) => {
                let message = failure_message(&self.api, &reason);
                json!({ "k": "result", "id": self.id, "ok": false, "errMsg": message })
            }
        }
    }
}

/// The permission scope of a call, and the one that `authorize` names.
pub fn scope_of(catalog: &Catalog, call: &Call) -> Option<String> {
    if call.api == "authorize" {
        return call.args["scope"].as_str().map(ToOwned::to_owned);
    }
    catalog.find(&call.api).and_then(|api| api.scope.clone())
}
