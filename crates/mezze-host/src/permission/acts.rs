//! What a platform does for a mini app itself, and what an operator may forbid of it: to hand the app out at all, to
//! carry its requests, to tell its server who the user is.
//!
//! ```json
//! {"id": "recalled", "apps": ["org.example.menu"], "permissions": ["app.run"], "effect": "forbid",
//!  "reason": "Recalled by the food authority."}
//! ```
//! An app that may not be handed out gets nothing else either. `*` stands for what users are asked for, not for these:
//! an app without any permission still runs.

use super::policy::{Effect, Policy, PolicyRule, PolicySubject};

/// Something that a platform does for an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlatformAct {
    /// Hands out the content key and a gate ticket.
    Run,
    /// Carries a request, a socket, a medium or a web view to a declared origin.
    Network,
    /// Gives a login code, and the user's pseudonym for it.
    Login,
}

/// Proof that the operator's policy does not forbid an act. Only [`permit`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permitted(PlatformAct);

impl Permitted {
    /// What is permitted.
    #[must_use]
    pub const fn act(self) -> PlatformAct {
        self.0
    }
}

impl PlatformAct {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::Run, Self::Network, Self::Login];

    /// As rules name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Run => "app.run",
            Self::Network => "app.network",
            Self::Login => "app.login",
        }
    }

    /// Whether a rule's word names an act.
    #[must_use]
    pub fn is_name(word: &str) -> bool {
        Self::ALL.iter().any(|act| act.name() == word)
    }
}

/// Decides over an act.
///
/// # Errors
/// The rule that forbids it.
pub fn permit<'a>(policy: &'a Policy, subject: &PolicySubject, act: PlatformAct) -> Result<Permitted, &'a PolicyRule> {
    match policy.effect(subject, &[act.name(), PlatformAct::Run.name()]) {
        Some(rule) if rule.effect == Effect::Forbid => Err(rule),
        _ => Ok(Permitted(act)),
    }
}
