//! Codes for apps, sessions for their servers.

use axum::http::StatusCode;
use mezze_host::permission::PlatformAct;
use mezze_model::AppId;

use super::model::{app_secret, app_session, login_code};
use super::{pseudonym, store};
use crate::accounts::User;
use crate::clock::{random_bytes, random_identifier};
use crate::encoding::base64url;
use crate::organisations::standing;
use crate::policy::permit_release;
use crate::problem::Problem;
use crate::registry::{App, Registry};
use crate::state::Services;

/// How long a code may be used, in seconds.
pub(super) const CODE_SECONDS: i64 = 300;
/// How long a session holds after the last sign-in, in seconds.
pub(super) const SESSION_SECONDS: i64 = 3 * 24 * 60 * 60;

/// What an app's server learns of a user.
#[derive(Debug)]
pub(super) struct AppIdentity {
    pub(super) openid: String,
    pub(super) unionid: Option<String>,
    pub(super) session_key: String,
    /// Seconds until the session ends.
    pub(super) expires_in: i64,
}

/// Users as mini apps know them.
pub(super) struct Identities<'a>(pub(super) &'a Services);

impl Identities<'_> {
    /// A code that `app_id`'s server may exchange once.
    pub(super) async fn login_code(&self, app_id: &AppId, user_id: &str) -> Result<String, Problem> {
        let (app, release) = Registry(self.0).released(app_id, None).await?;
        permit_release(self.0, &app, &release, PlatformAct::Login).await?;
        self.hold_session(&app.id, user_id, SESSION_SECONDS).await?;
        let code = base64url(&random_bytes::<24>(self.0.randomness()));
        let model = login_code::Model {
            code_digest: store::digest(&code),
            app_id: app.id,
            user_id: user_id.to_owned(),
            expires_at: self.0.now() + CODE_SECONDS,
        };
        store::keep_code(self.0, model).await?;
        Ok(code)
    }

    /// Exchanges a code; a session that still holds keeps its key.
    pub(super) async fn exchange(&self, app_id: &AppId, secret: &str, code: &str) -> Result<AppIdentity, Problem> {
        let (app, release) = Registry(self.0).released(app_id, None).await?;
        if !store::is_secret(self.0, &app.id, secret).await? {
            return Err(wrong_secret(app_id));
        }
        permit_release(self.0, &app, &release, PlatformAct::Login).await?;
        let now = self.0.now();
        let (code, own_id) = (code.to_owned(), app.id.clone());
        let taken = self
            .0
            .database
            .write(move |transaction| {
                let (code, own_id) = (code.clone(), own_id.clone());
                Box::pin(async move { store::take_code(transaction, &code).await.map(|found| (found, own_id)) })
            })
            .await?;
        // The code is spent by now even where it is not good: it can't be tried against another app.
        let code = match taken {
            (Some(code), own_id) if code.app_id == own_id && code.expires_at > now => code,
            _ => return Err(unknown_code()),
        };
        let salt = self.hold_session(&app.id, &code.user_id, SESSION_SECONDS).await?;
        let key = &self.0.keys.identity;
        Ok(AppIdentity {
            openid: pseudonym::openid(key, &app.id, &code.user_id),
            unionid: self.unionid(&app, &code.user_id).await?,
            session_key: pseudonym::session_key(key, &app.id, &salt, &code.user_id).base64(),
            expires_in: SESSION_SECONDS,
        })
    }

    /// Prolongs the user's session with an app to `seconds` at least, or starts one: signing in does, and so does
    /// exchanging the code. Gives its salt, which stays the same while it holds.
    pub(super) async fn hold_session(&self, app_id: &str, user_id: &str, seconds: i64) -> Result<String, Problem> {
        let now = self.0.now();
        let fresh = app_session::Model {
            app_id: app_id.to_owned(),
            user_id: user_id.to_owned(),
            salt: random_identifier(self.0.randomness()),
            expires_at: now + seconds,
        };
        self.0
            .database
            .write(move |transaction| {
                let fresh = fresh.clone();
                Box::pin(async move { store::hold_session(transaction, fresh, now).await })
            })
            .await
    }

    /// Seconds for which the user's session with an app still holds, or none.
    pub(super) async fn session_seconds(&self, app_id: &AppId, user_id: &str) -> Result<Option<i64>, Problem> {
        let session = store::session(self.0, app_id.as_str(), user_id).await?;
        Ok(session.map(|session| session.expires_at - self.0.now()))
    }

    /// A new secret for an app, in place of the one before. It is shown this once.
    pub(super) async fn new_secret(&self, app_id: &AppId, caller: &User) -> Result<String, Problem> {
        let (app, _) = Registry(self.0).released(app_id, None).await?;
        let standing = standing(self.0.database.read(), caller, &app).await?;
        // An app of `mezze dev` has no publisher: it is its developer's own platform.
        let developing = app.publisher_id.is_none() && self.0.options.development.is_some();
        if !standing.develops() && !developing && !standing.powers().administers {
            return Err(not_the_publisher(app_id));
        }
        let secret = base64url(&random_bytes::<32>(self.0.randomness()));
        let model =
            app_secret::Model { app_id: app.id, secret_digest: store::digest(&secret), created_at: self.0.now() };
        store::keep_secret(self.0, model).await?;
        Ok(secret)
    }

    /// The publisher is the organisation that an app belongs to, or whoever uploaded it.
    pub(super) async fn unionid(&self, app: &App, user_id: &str) -> Result<Option<String>, Problem> {
        let Some(publisher) = app.organisation_id.as_deref().or(app.publisher_id.as_deref()) else {
            return Ok(None);
        };
        let several = store::apps_of(self.0, app).await? > 1;
        Ok(several.then(|| pseudonym::unionid(&self.0.keys.identity, publisher, user_id)))
    }
}

fn wrong_secret(app_id: &AppId) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "wrong-app-secret",
        "The app's secret is wrong",
        format!("The bearer token is not the secret of {app_id}."),
    )
    .hint(format!("Make a new one by POST /api/v1/miniapps/{app_id}/secret."))
}

fn unknown_code() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "unknown-login-code",
        "The code does not hold",
        "It is not a code of this app, it was used before, or it is older than five minutes.",
    )
    .hint("Call login() in the mini app again for a new code.")
}

fn not_the_publisher(app_id: &AppId) -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-the-publisher",
        "This mini app is somebody else's",
        format!("Only the account that published {app_id} may make a secret for it."),
    )
}
