//! Host extensions: what an operator adds to the APIs of mini apps, carried out by services of the operator's own.

use mezze_host::permission::names_app;
use serde::{Deserialize, Deserializer};
use url::Url;

/// Names of modules and events.
const LONGEST_NAME: usize = 64;
const MOST_MODULES: usize = 100;

/// The modules of a platform. Nothing that is not named in them can be called.
///
/// ```json
/// {"modules": [{
///   "name": "CampusCard",
///   "url": "http://127.0.0.1:9000/card/",
///   "apps": ["edu.example.*"],
///   "calls": ["balance"],
///   "events": ["topUp"],
///   "tell_user": true
/// }]}
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostExtensions {
    #[serde(default)]
    modules: Vec<HostModule>,
}

/// One module, and the service behind it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostModule {
    name: String,
    /// A folder: the names of calls and events are added to it.
    #[serde(deserialize_with = "address")]
    url: Url,
    /// Ids of the mini apps that may use it; a `*` at the end stands for anything. Nobody else may.
    apps: Vec<String>,
    /// What `extBridge` may ask for.
    #[serde(default)]
    calls: Vec<String>,
    /// What `extOnBridge` may listen to.
    #[serde(default)]
    events: Vec<String>,
    /// Whether the service learns which account asks.
    #[serde(default)]
    pub(crate) tell_user: bool,
}

/// Why a list of extensions can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HostExtensionsFailure {
    /// It is not JSON of the right form.
    #[error("the host extensions can't be read: {0}")]
    Form(#[from] serde_json::Error),
    /// It breaks a rule.
    #[error("the host extensions can't be used: {0}")]
    Rule(String),
}

impl HostExtensions {
    /// Reads the list as an operator writes it.
    ///
    /// # Errors
    /// Names the first module that breaks a rule.
    pub fn from_json(bytes: &[u8]) -> Result<Self, HostExtensionsFailure> {
        let read: Self = serde_json::from_slice(bytes)?;
        if read.modules.len() > MOST_MODULES {
            return Err(HostExtensionsFailure::Rule(format!("there are more than {MOST_MODULES} modules")));
        }
        for (index, module) in read.modules.iter().enumerate() {
            module.check().map_err(|reason| {
                HostExtensionsFailure::Rule(format!("module {} (`{}`): {reason}", index + 1, module.name))
            })?;
            if read.modules.iter().take(index).any(|earlier| earlier.name == module.name) {
                return Err(HostExtensionsFailure::Rule(format!("two modules are named `{}`", module.name)));
            }
        }
        Ok(read)
    }

    /// The module of that name.
    pub(crate) fn module(&self, name: &str) -> Option<&HostModule> {
        self.modules.iter().find(|module| module.name == name)
    }
}

impl HostModule {
    fn check(&self) -> Result<(), String> {
        let named = |what: &str, name: &str| {
            if is_name(name) {
                Ok(())
            } else {
                Err(format!("{what} `{name}` is no name: letters, digits, `_` and `-`, at most {LONGEST_NAME}"))
            }
        };
        named("the module", &self.name)?;
        self.calls.iter().try_for_each(|name| named("the call", name))?;
        self.events.iter().try_for_each(|name| named("the event", name))?;
        if !matches!(self.url.scheme(), "http" | "https") || self.url.host().is_none() {
            return Err("`url` must begin with https:// or http://".to_owned());
        }
        if !self.url.path().ends_with('/') || self.url.query().is_some() || self.url.fragment().is_some() {
            return Err("`url` must end with /, without query or fragment: names of calls are added to it".to_owned());
        }
        if self.apps.iter().any(|pattern| pattern.trim().is_empty()) {
            return Err("`apps` holds an empty id".to_owned());
        }
        Ok(())
    }

    /// Whether the mini app may use it.
    pub(crate) fn serves(&self, app_id: &str) -> bool {
        self.apps.iter().any(|pattern| names_app(pattern, app_id))
    }

    /// Where a call is carried out, or none where the module has no such call.
    pub(crate) fn call_url(&self, call: &str) -> Option<Url> {
        self.address(&self.calls, call)
    }

    /// Where an event comes from, or none where the module has no such event.
    pub(crate) fn event_url(&self, event: &str) -> Option<Url> {
        self.address(&self.events, event)
    }

    fn address(&self, names: &[String], name: &str) -> Option<Url> {
        names.iter().find(|known| *known == name).and_then(|known| self.url.join(known).ok())
    }
}

fn address<'text, D: Deserializer<'text>>(from: D) -> Result<Url, D::Error> {
    let text = String::deserialize(from)?;
    Url::parse(&text).map_err(|cause| serde::de::Error::custom(format!("`{text}` is no address: {cause}")))
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(allowed)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::HostExtensions;

    fn read(module: &str) -> Result<HostExtensions, String> {
        HostExtensions::from_json(format!(r#"{{"modules":[{module}]}}"#).as_bytes()).map_err(|cause| cause.to_string())
    }

    #[test]
    fn a_module_has_the_calls_and_events_that_it_names_and_no_others() {
        let read = read(
            r#"{"name":"Card","url":"http://127.0.0.1:9/card/","apps":["edu.Example.*"],"calls":["balance"],"events":["topUp"]}"#,
        )
        .unwrap();
        let card = read.module("Card").unwrap();
        assert_eq!(card.call_url("balance").unwrap().as_str(), "http://127.0.0.1:9/card/balance");
        assert_eq!(card.event_url("topUp").unwrap().as_str(), "http://127.0.0.1:9/card/topUp");
        assert!(card.call_url("topUp").is_none() && card.event_url("balance").is_none());
        assert!(card.call_url("../admin").is_none() && card.call_url("").is_none());
        assert!(card.serves("edu.example.library") && card.serves("EDU.example.x"));
        assert!(!card.serves("org.example.library"));
        assert!(read.module("card").is_none());
    }

    #[test]
    fn nobody_may_use_a_module_that_names_no_apps() {
        let read = read(r#"{"name":"Card","url":"http://127.0.0.1/","apps":[],"calls":["balance"]}"#).unwrap();
        assert!(!read.module("Card").unwrap().serves("org.example.menu"));
    }

    #[test]
    fn what_breaks_a_rule_is_refused_with_what_to_do() {
        for (module, reason) in [
            (r#"{"name":"a b","url":"http://h/","apps":[]}"#, "letters, digits"),
            (r#"{"name":"","url":"http://h/","apps":[]}"#, "letters, digits"),
            (r#"{"name":"A","url":"http://h/","apps":[],"calls":["../x"]}"#, "the call `../x`"),
            (r#"{"name":"A","url":"http://h/","apps":[],"events":["a/b"]}"#, "the event `a/b`"),
            (r#"{"name":"A","url":"ftp://h/","apps":[]}"#, "https://"),
            (r#"{"name":"A","url":"http://h/card","apps":[]}"#, "must end with /"),
            (r#"{"name":"A","url":"http://h/?a=b","apps":[]}"#, "without query"),
            (r#"{"name":"A","url":"http://h/","apps":[" "]}"#, "empty id"),
            (r#"{"name":"A","url":"http://h/"}"#, "missing field `apps`"),
            (r#"{"name":"A","url":"http://h/","apps":[],"user":true}"#, "unknown field `user`"),
            (r#"{"name":"A","url":"http://h/","apps":[]},{"name":"A","url":"http://h/","apps":[]}"#, "two modules"),
        ] {
            let failure = read(module).unwrap_err();
            assert!(failure.contains(reason), "{module}: {failure}");
        }
    }
}
