//! Reads `manifest.json` member by member, so that one wrong type does not hide the next problem.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Manifest, ManifestError, ManifestProblem, rules};

pub(super) fn read(bytes: &[u8]) -> Result<Manifest, ManifestError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| ManifestError::NotJson { reason: error.to_string() })?;
    let Value::Object(members) = value else {
        return Err(ManifestError::NotAnObject);
    };
    let mut reader = Reader { members, problems: Vec::new() };
    let manifest = reader.manifest();
    let mut problems = reader.problems;
    match manifest {
        Some(manifest) if problems.is_empty() => {
            problems = rules::validate(&manifest);
            if problems.is_empty() { Ok(manifest) } else { Err(ManifestError::Invalid { problems }) }
        }
        _ => Err(ManifestError::Invalid { problems }),
    }
}

struct Reader {
    members: Map<String, Value>,
    problems: Vec<ManifestProblem>,
}

impl Reader {
    fn manifest(&mut self) -> Option<Manifest> {
        // Every member is read before the first `?`, so that all problems are found.
        let dir = self.optional("dir");
        let lang = self.optional("lang");
        let app_id = self.required("app_id");
        let name = self.required("name");
        let short_name = self.optional("short_name");
        let description = self.optional("description");
        let icons = self.required_list("icons");
        let version = self.required("version");
        let platform_version = self.required("platform_version");
        let pages = self.required_list("pages");
        let window = self.optional("window");
        let widgets = self.list("widgets");
        let req_permissions = self.list("req_permissions");
        let color_scheme = self.optional("color_scheme");
        let device_type = self.list("device_type");
        let mezze = self.required("mezze");
        Some(Manifest {
            dir,
            lang,
            app_id: app_id?,
            name: name?,
            short_name,
            description,
            icons: icons?,
            version: version?,
            platform_version: platform_version?,
            pages: pages?,
            window,
            widgets,
            req_permissions,
            color_scheme,
            device_type,
            mezze: mezze?,
        })
    }

    fn required<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        match self.members.remove(name) {
            Some(value) => self.convert(name.to_owned(), value),
            None => self.missing(name),
        }
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.members.remove(name).and_then(|value| self.convert(name.to_owned(), value))
    }

    fn required_list<T: DeserializeOwned>(&mut self, name: &str) -> Option<Vec<T>> {
        if self.members.contains_key(name) { Some(self.list(name)) } else { self.missing(name) }
    }

    /// A list, item by item; items that don't fit are problems and left out.
    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        match self.members.remove(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let convert = |(index, item)| self.convert(format!("{name}[{index}]"), item);
                items.into_iter().enumerate().filter_map(convert).collect()
            }
            Some(_) => {
                self.problem(name.to_owned(), "it is not a list".to_owned(), "write it as [ … ]");
                Vec::new()
            }
        }
    }

    fn convert<T: DeserializeOwned>(&mut self, member: String, value: Value) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(converted) => Some(converted),
            Err(error) => {
                self.problem(member, error.to_string(), "see docs/reference/manifest.schema.json");
                None
            }
        }
    }

    fn missing<T>(&mut self, name: &str) -> Option<T> {
        self.problem(name.to_owned(), "it is missing".to_owned(), "add it, the format requires it");
        None
    }

    fn problem(&mut self, member: String, problem: String, hint: &str) {
        if self.problems.len() >= rules::MOST_PROBLEMS {
            return;
        }
        self.problems.push(ManifestProblem { member, problem, hint: hint.to_owned() });
    }
}
