//! What the catalog says of one API.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How an API is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Takes one object with `success`, `fail` and `complete`; without them it returns a promise.
    Call,
    /// Returns at once.
    Sync,
    /// Takes a listener; its `offX` takes the listener away.
    Event,
    /// As `call`, and returns a task object to follow and stop it.
    Task,
    /// Not a function: a namespace or a constant.
    Value,
}

/// Who carries an API out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Carrier {
    /// The worker that runs the app.
    Logic,
    /// The page's frame.
    View,
    /// The super app.
    Shell,
    /// The platform, asked by the super app.
    Server,
}

/// What a host does with an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// Carries it out.
    Carried,
    /// Knows it, and fails with the dialect's error shape.
    Declared,
    /// Can never carry it out.
    No,
}

/// Support by host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hosts {
    /// The web shell.
    pub web: Support,
    /// The run without a browser.
    pub headless: Support,
    /// The desktop super app.
    pub desktop: Support,
}

impl Hosts {
    /// Declared on every host.
    pub const DECLARED: Self = Self { web: Support::Declared, headless: Support::Declared, desktop: Support::Declared };
}

/// How arguments are passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arguments {
    /// One object whose members are the parameters.
    Object,
    /// One by one, in order.
    Positional,
    /// One function.
    Callback,
}

/// Type of a value, as `typeof` and `Array.isArray` tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueType {
    #[serde(rename = "string")]
    Text,
    #[serde(rename = "number")]
    Number,
    #[serde(rename = "boolean")]
    Boolean,
    #[serde(rename = "object")]
    Object,
    #[serde(rename = "array")]
    Array,
    #[serde(rename = "function")]
    Function,
    #[serde(rename = "ArrayBuffer")]
    Bytes,
    #[serde(rename = "any")]
    Any,
}

impl ValueType {
    /// Name as the catalog writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Function => "function",
            Self::Bytes => "ArrayBuffer",
            Self::Any => "any",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Text, Self::Number, Self::Boolean, Self::Object, Self::Array, Self::Function, Self::Bytes, Self::Any]
            .into_iter()
            .find(|candidate| candidate.name() == name)
    }
}

/// A parameter, a result, or a member of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    /// Type names joined by `|`.
    #[serde(rename = "type")]
    pub type_names: String,
    /// Type names of an array's items.
    #[serde(default)]
    pub items: Option<String>,
    #[serde(default)]
    pub required: bool,
    /// What is assumed where the app gives nothing.
    #[serde(default)]
    pub default: Option<toml::Value>,
    /// Every value that is allowed; any where empty.
    #[serde(default)]
    pub values: Vec<toml::Value>,
    /// Every value that an array's items may have; any where empty.
    #[serde(default)]
    pub item_values: Vec<toml::Value>,
    #[serde(default)]
    pub unit: Option<String>,
    /// Smallest number that is allowed.
    #[serde(default)]
    pub min: Option<f64>,
    /// Largest number that is allowed.
    #[serde(default)]
    pub max: Option<f64>,
    /// Name of the object it is, among [`ObjectType`]s.
    #[serde(default)]
    pub object: Option<String>,
    pub summary: String,
    /// Members of an object, or of an array's items.
    #[serde(default)]
    pub fields: Vec<Field>,
}

impl Field {
    /// The types, unknown names left out (the validation reports them).
    #[must_use]
    pub fn types(&self) -> Vec<ValueType> {
        self.type_names.split('|').filter_map(ValueType::from_name).collect()
    }
}

/// One API, with its family's defaults filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    pub name: String,
    pub family: String,
    pub kind: Kind,
    pub carrier: Carrier,
    pub hosts: Hosts,
    /// What of the browser or device it needs besides the host; without it, it fails as on a device that lacks that.
    pub needs: Option<String>,
    pub takes: Arguments,
    pub summary: String,
    pub parameters: Vec<Field>,
    pub results: Vec<Field>,
    /// Type a synchronous API returns.
    pub returns: Option<ValueType>,
    /// Name of the object it gives, among [`ObjectType`]s: what a synchronous API returns, or the task.
    pub object: Option<String>,
    /// Methods of the task object.
    pub task_methods: Vec<String>,
    /// Permission scope that is asked for first.
    pub scope: Option<String>,
    /// Category of personal data it touches, for the privacy declaration.
    pub data_category: Option<String>,
    /// Whether it needs a token of a trusted gesture.
    pub gesture: bool,
    /// Name of the event message between shell and worker, where they have one.
    pub event: Option<String>,
    /// Name of the function that takes a listener away.
    pub off: Option<String>,
    /// Name by dialect, where it is another one.
    pub names: BTreeMap<String, String>,
}

/// An object that APIs give: a manager, a context, a task.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectType {
    pub name: String,
    pub family: String,
    pub summary: String,
    pub properties: Vec<Field>,
    /// Its methods, described as APIs are; events have their `off` too.
    pub methods: Vec<Api>,
}

impl ObjectType {
    /// Whether a host carries out at least one of its methods.
    #[must_use]
    pub fn carried(&self, select: fn(&Hosts) -> Support) -> bool {
        self.methods.iter().any(|method| select(&method.hosts) == Support::Carried)
    }
}

/// A built-in component.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    pub tag: String,
    /// The page of the reference it is on.
    pub group: String,
    pub summary: String,
    /// Whether the web host draws it as the original does.
    pub web: Support,
    pub attributes: Vec<Attribute>,
    pub events: Vec<ComponentEvent>,
}

impl Component {
    /// The attributes that the web host carries out.
    pub fn attributes_on_the_web(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| self.web == Support::Carried && attribute.web == Support::Carried)
    }

    /// The events that the web host sends.
    pub fn events_on_the_web(&self) -> impl Iterator<Item = &ComponentEvent> {
        self.events.iter().filter(|event| self.web == Support::Carried && event.web == Support::Carried)
    }
}

/// An attribute of a component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub name: String,
    /// Type names joined by `|`.
    #[serde(rename = "type")]
    pub type_names: String,
    #[serde(default)]
    pub default: Option<toml::Value>,
    /// Every value that it may have; any where empty.
    #[serde(default)]
    pub values: Vec<String>,
    /// Those of `values` that the web host does not carry out.
    #[serde(default)]
    pub not_on_web: Vec<String>,
    #[serde(default = "carried")]
    pub web: Support,
}

/// An event that a component sends, without `bind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComponentEvent {
    pub name: String,
    pub web: Support,
}

pub(crate) fn carried() -> Support {
    Support::Carried
}

/// Numbers that failures carry, of one part of the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorGroup {
    pub name: String,
    pub title: String,
    /// Member that carries the number: `errno`, or `errCode` where an API had one before.
    pub field: String,
    pub errors: Vec<ErrorNumber>,
}

/// A number that failures carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorNumber {
    pub number: i32,
    /// The original's words.
    pub text: String,
}

/// The error message an API fails with, in the shape every dialect shares.
#[must_use]
pub fn failure_message(api: &str, reason: &str) -> String {
    format!("{api}:fail {reason}")
}

/// Names of what an API hands back, dotted for members of objects.
#[must_use]
pub fn results_of(fields: &[Field]) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        names.push(field.name.clone());
        for member in results_of(&field.fields) {
            names.push(format!("{}.{member}", field.name));
        }
    }
    names
}
