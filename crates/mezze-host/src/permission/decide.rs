//! The decision: declared → operator's prohibition → app in front → consent to the data → operator's gift → the
//! user's answer. The first that settles it wins.

use mezze_model::{DataUse, LocalisedText, Manifest};
use serde::{Deserialize, Serialize};

use super::policy::{Effect, Policy, PolicySubject};
use super::scopes::{Asks, DeclaredIn, is_open_category, scope_facts};

/// After a refusal the data agreement is not shown again for so long, in seconds.
pub const PRIVACY_PAUSE: f64 = 10.0;

const UNDECLARED_PRIVATE: &str = "the api need to be declared in the requiredPrivateInfos field in app.json/ext.json";
const UNDECLARED_PRIVACY: &str = "api scope is not declared in the privacy agreement";
const AUTH_DENY: &str = "auth deny";

/// What an app's maker declared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declarations {
    #[serde(default)]
    pub permissions: Vec<Permission>,
    #[serde(default)]
    pub data: Vec<DataUse>,
    /// A build of `mezze dev`.
    #[serde(default)]
    pub development: bool,
}

/// A declared permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    pub name: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub reason: Option<LocalisedText>,
}

impl From<&Manifest> for Declarations {
    fn from(manifest: &Manifest) -> Self {
        let permission = |declared: mezze_model::manifest::DeclaredPermission<'_>| Permission {
            name: declared.request.name.clone(),
            required: declared.required,
            reason: declared.request.reason.clone(),
        };
        Self {
            permissions: manifest.declared_permissions().map(permission).collect(),
            data: manifest.mezze.data.clone(),
            development: manifest.mezze.development,
        }
    }
}

/// A user's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GrantState {
    Granted,
    /// Until the app is closed.
    Once,
    Refused,
    /// An answer that was taken back.
    Ask,
}

/// An answer to one permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// A scope, or `data.` and a category.
    pub permission: String,
    pub state: GrantState,
    /// Key of the developer that the answer was given to: the same id under another signer starts afresh.
    pub signer: String,
}

/// When and for whom it is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    #[serde(flatten)]
    pub subject: PolicySubject,
    /// False for an app in the background.
    pub in_front: bool,
    /// Seconds since 1970.
    pub now: f64,
    /// When the user last declined the data agreement, seconds since 1970.
    #[serde(default)]
    pub privacy_refused_at: Option<f64>,
}

/// What an app wants to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Name of the API, for messages.
    pub api: String,
    #[serde(default)]
    pub scope: Option<String>,
    #[serde(default)]
    pub category: Option<String>,
}

/// Proof that something may be done. Only [`decide`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    permission: Option<String>,
    by: AllowedBy,
}

impl Granted {
    /// The scope or `data.` name, none for what needs no permission.
    #[must_use]
    pub fn permission(&self) -> Option<&str> {
        self.permission.as_deref()
    }

    /// What allows it.
    #[must_use]
    pub const fn by(&self) -> AllowedBy {
        self.by
    }
}

/// What allows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AllowedBy {
    /// Nobody has to.
    Open,
    /// A build of `mezze dev` without a data agreement; a release is refused.
    Development,
    Operator,
    /// The user picks each time.
    Picker,
    Once,
    Grant,
}

/// What the user must be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    Scope {
        permission: String,
    },
    /// The data agreement; the categories that are not agreed to.
    Privacy {
        categories: Vec<String>,
    },
}

/// The rule that refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    Unknown,
    Undeclared,
    Operator,
    Background,
    PrivacyRefused,
    Refused,
    SettingsOnly,
    Withdrawn,
}

/// A refusal: what follows `NAME:fail ` in the app's error, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    pub rule: Rule,
    pub reason: &'static str,
    pub errno: Option<u32>,
    /// The operator's rule.
    pub policy: Option<String>,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Allowed(Granted),
    Ask(Prompt),
    Refused(Refusal),
}

/// Decides.
#[must_use]
pub fn decide(
    declared: &Declarations,
    policy: &Policy,
    grants: &[Grant],
    moment: &Moment,
    question: &Question,
) -> Decision {
    match settle(declared, policy, grants, moment, question) {
        Ok(Ok(by)) => {
            let data = question.category.as_deref().map(data_name);
            let permission = question.scope.clone().or(data).filter(|_| by != AllowedBy::Open);
            Decision::Allowed(Granted { permission, by })
        }
        Ok(Err(prompt)) => Decision::Ask(prompt),
        Err(refusal) => Decision::Refused(refusal),
    }
}

/// Name of a category's consent among permissions.
#[must_use]
pub fn data_name(category: &str) -> String {
    format!("data.{category}")
}

fn settle(
    declared: &Declarations,
    policy: &Policy,
    grants: &[Grant],
    moment: &Moment,
    question: &Question,
) -> Result<Result<AllowedBy, Prompt>, Refusal> {
    let facts = match &question.scope {
        Some(scope) => Some(scope_facts(scope).ok_or(refusal(Rule::Unknown, "invalid scope", None))?),
        None => None,
    };
    let category = question.category.as_deref().or(facts.map(|facts| facts.category));
    let gated = category.filter(|category| !is_open_category(category));
    if question.scope.is_none() && gated.is_none() {
        return Ok(Ok(AllowedBy::Open));
    }
    let data_declared = gated.filter(|category| declared.data.iter().any(|data| data.category == *category));
    check_declared(declared, question, data_declared.is_some())?;

    let names: Vec<String> = question.scope.iter().cloned().chain(category.map(data_name)).collect();
    let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    let rule = policy.effect(&moment.subject, &wanted);
    if let Some(rule) = rule.filter(|rule| rule.effect == Effect::Forbid) {
        return Err(Refusal { policy: Some(rule.id.clone()), ..refusal(Rule::Operator, AUTH_DENY, Some(103)) });
    }
    if !moment.in_front {
        return Err(refusal(Rule::Background, "the mini program is in the background", None));
    }
    if facts.is_some_and(|facts| facts.asks == Asks::Withdrawn) {
        return Err(refusal(Rule::Withdrawn, AUTH_DENY, Some(103)));
    }

    let own = |permission: &str| {
        grants
            .iter()
            .find(|grant| grant.permission == permission && grant.signer == moment.subject.signer)
            .map(|one| one.state)
    };
    let agreed = |category: &str| matches!(own(&data_name(category)), Some(GrantState::Granted | GrantState::Once));
    if rule.is_none() && data_declared.is_some_and(|category| !agreed(category)) {
        if moment.privacy_refused_at.is_some_and(|refused| moment.now - refused < PRIVACY_PAUSE) {
            return Err(refusal(Rule::PrivacyRefused, "privacy permission is not authorized", Some(104)));
        }
        let open = declared.data.iter().map(|data| data.category.clone()).filter(|category| !agreed(category));
        return Ok(Err(Prompt::Privacy { categories: open.collect() }));
    }
    if rule.is_some() {
        return Ok(Ok(AllowedBy::Operator));
    }
    let (Some(scope), Some(facts)) = (&question.scope, facts) else {
        return Ok(Ok(if data_declared.is_some() { AllowedBy::Grant } else { AllowedBy::Development }));
    };
    if facts.asks == Asks::Picker {
        return Ok(Ok(AllowedBy::Picker));
    }
    match own(scope) {
        Some(GrantState::Granted) => Ok(Ok(AllowedBy::Grant)),
        Some(GrantState::Once) => Ok(Ok(AllowedBy::Once)),
        Some(GrantState::Refused) => Err(refusal(Rule::Refused, AUTH_DENY, Some(103))),
        _ if facts.asks == Asks::Settings => Err(refusal(Rule::SettingsOnly, AUTH_DENY, Some(103))),
        _ => Ok(Err(Prompt::Scope { permission: scope.clone() })),
    }
}

/// A use that nobody declared fails.
fn check_declared(declared: &Declarations, question: &Question, data_declared: bool) -> Result<(), Refusal> {
    let Some(scope) = &question.scope else {
        return if data_declared || declares_nothing(declared) {
            Ok(())
        } else {
            Err(refusal(Rule::Undeclared, UNDECLARED_PRIVACY, Some(112)))
        };
    };
    if declared.permissions.iter().any(|permission| permission.name == *scope) {
        return Ok(());
    }
    match scope_facts(scope).map(|facts| facts.declared_in) {
        Some(DeclaredIn::RequiredPrivateInfos) => Err(refusal(Rule::Undeclared, UNDECLARED_PRIVATE, None)),
        _ if declares_nothing(declared) => Ok(()),
        _ => Err(refusal(Rule::Undeclared, UNDECLARED_PRIVACY, Some(112))),
    }
}

/// While it is being made, a project taken from the original host as it is, whose files have no place for these
/// declarations, is told and not stopped. With the first of them, all are wanted; and in a release they always are.
fn declares_nothing(declared: &Declarations) -> bool {
    let is_ours = |permission: &Permission| {
        scope_facts(&permission.name).is_some_and(|facts| facts.declared_in == DeclaredIn::Privacy)
    };
    declared.development && declared.data.is_empty() && !declared.permissions.iter().any(is_ours)
}

const fn refusal(rule: Rule, reason: &'static str, errno: Option<u32>) -> Refusal {
    Refusal { rule, reason, errno, policy: None }
}
