//! Signing in and out, and finding out who calls.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use sha2::{Digest as _, Sha256};

use super::identity::{Caller, TokenIdentity};
use super::model::{access_token, session, user};
use super::scope::read_scopes;
use super::session_cookie::SESSION_SECONDS;
use super::{Role, password};
use crate::clock::{random_bytes, random_identifier};
use crate::encoding::base64url;
use crate::problem::Problem;
use crate::rates::LastingLimit;
use crate::state::Services;

/// Login of the user that the demo signs in as.
const DEMO_LOGIN: &str = "demo";
/// Login of the user that the first access token acts for.
const DEVELOPER_LOGIN: &str = "developer";

const AVATAR_COLORS: [&str; 8] =
    ["#b4532a", "#2f6f4f", "#3a5ba0", "#8a3a6b", "#6b5b1e", "#1f6b75", "#7a3b3b", "#55508f"];
const MARKS: [&str; 12] =
    ["olive", "lemon", "fig", "mint", "date", "almond", "saffron", "cumin", "sesame", "thyme", "sumac", "chickpea"];

/// Who a new account is for.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What the user types to sign in.
    pub login: String,
    /// What others see.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// None: nobody can sign in by password.
    pub password: Option<String>,
}

/// The accounts of a platform.
pub(crate) struct Accounts<'a>(pub(crate) &'a Services);

impl Accounts<'_> {
    /// Makes an account; the login must be free.
    pub(crate) async fn create(&self, account: NewAccount) -> Result<user::Model, Problem> {
        let hash = match account.password {
            Some(text) => Some(password::hash(text).await?),
            None => None,
        };
        let pick = random_bytes::<2>(self.0.randomness());
        let model = user::Model {
            id: random_identifier(self.0.randomness()),
            login: account.login.trim().to_lowercase(),
            name: account.name,
            role: account.role,
            avatar_color: AVATAR_COLORS[usize::from(pick[0]) % AVATAR_COLORS.len()].to_owned(),
            mark: MARKS[usize::from(pick[1]) % MARKS.len()].to_owned(),
            password_hash: hash,
            created_at: self.0.now(),
        };
        if model.login.is_empty() {
            return Err(Problem::bad_request("The login must not be empty."));
        }
        self.0
            .database
            .write(move |transaction| {
                let model = model.clone();
                Box::pin(async move {
                    let taken =
                        user::Entity::find().filter(user::Column::Login.eq(&model.login)).one(transaction).await?;
                    if taken.is_some() {
                        return Err(login_taken(&model.login).into());
                    }
                    user::Entity::insert(user::ActiveModel::from(model.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    Ok(model)
                })
            })
            .await
    }

    /// The user with this login, made where there is none. Two nodes may start at once.
    async fn find_or_create(&self, login: &str, name: &str, role: Role) -> Result<user::Model, Problem> {
        for _ in 0..2 {
            if let Some(found) = self.find_by_login(login).await? {
                return Ok(found);
            }
            let account = NewAccount { login: login.to_owned(), name: name.to_owned(), role, password: None };
            match self.create(account).await {
                Err(problem) if problem.name() == "login-taken" => {}
                created => return created,
            }
        }
        Err(login_taken(login))
    }

    async fn find_by_login(&self, login: &str) -> Result<Option<user::Model>, Problem> {
        let login = login.trim().to_lowercase();
        Ok(user::Entity::find().filter(user::Column::Login.eq(login)).one(self.0.database.read()).await?)
    }

    /// Checks a password.
    pub(super) async fn by_password(&self, login: &str, text: String) -> Result<user::Model, Problem> {
        LastingLimit::Password.count(self.0, &login.trim().to_lowercase()).await?;
        let found = self.find_by_login(login).await?;
        let hash = found.as_ref().and_then(|user| user.password_hash.clone());
        let matches = password::verify(text, hash).await?;
        let user = found.filter(|_| matches).ok_or_else(wrong_password)?;
        LastingLimit::Password.forget(self.0, &user.login).await?;
        Ok(user)
    }

    /// The demo user, where the operator allows one.
    pub(super) async fn demo(&self) -> Result<user::Model, Problem> {
        if !self.0.options.demo && self.0.options.development.is_none() {
            return Err(Problem::new(
                axum::http::StatusCode::FORBIDDEN,
                "no-demo",
                "No demo user here",
                "This platform has no demo user.",
            )
            .hint("Sign in with a login and a password."));
        }
        self.find_or_create(DEMO_LOGIN, "Demo", Role::User).await
    }

    /// Starts a session and gives its token.
    pub(super) async fn start_session(&self, user_id: &str, user_agent: Option<String>) -> Result<String, Problem> {
        let token = base64url(&random_bytes::<32>(self.0.randomness()));
        let now = self.0.now();
        let model = session::Model {
            token_digest: digest(&token),
            user_id: user_id.to_owned(),
            created_at: now,
            expires_at: now + SESSION_SECONDS,
            id: Some(self.0.fresh_identifier()),
            user_agent,
            last_used_at: Some(now),
        };
        self.0
            .database
            .write(move |transaction| {
                let model = model.clone();
                Box::pin(async move {
                    session::Entity::delete_many()
                        .filter(session::Column::ExpiresAt.lte(now))
                        .exec(transaction)
                        .await?;
                    session::Entity::insert(session::ActiveModel::from(model))
                        .exec_without_returning(transaction)
                        .await?;
                    Ok(())
                })
            })
            .await?;
        Ok(token)
    }

    /// Ends a session; none is fine too.
    pub(super) async fn end_session(&self, token: &str) -> Result<(), Problem> {
        let digest = digest(token);
        self.0
            .database
            .write(move |transaction| {
                let digest = digest.clone();
                Box::pin(async move {
                    session::Entity::delete_by_id(digest).exec(transaction).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Whose session this is.
    pub(super) async fn by_session(&self, token: &str) -> Result<Option<user::Model>, Problem> {
        let database = self.0.database.read();
        let Some(session) = session::Entity::find_by_id(digest(token)).one(database).await? else {
            return Ok(None);
        };
        if session.expires_at <= self.0.now() {
            return Ok(None);
        }
        Ok(user::Entity::find_by_id(session.user_id).one(database).await?)
    }

    /// Whom this access token acts for.
    pub(crate) async fn by_access_token(&self, token: &str) -> Result<Option<user::Model>, Problem> {
        Ok(self.caller_by_token(token).await?.map(|caller| caller.user))
    }

    /// Whom this access token acts for, and how far it reaches.
    pub(super) async fn caller_by_token(&self, token: &str) -> Result<Option<Caller>, Problem> {
        let database = self.0.database.read();
        let found = access_token::Entity::find_by_id(digest(token)).one(database).await?;
        let now = self.0.now();
        let Some(found) = found.filter(|found| found.expires_at.is_none_or(|at| at > now)) else {
            return Ok(None);
        };
        let Some(user) = user::Entity::find_by_id(&found.user_id).one(database).await? else {
            return Ok(None);
        };
        let identity = TokenIdentity {
            // Tokens from before they had ids are named by a part of their digest.
            id: found.id.clone().unwrap_or_else(|| found.token_digest.chars().take(16).collect()),
            scopes: found.scopes.as_deref().map(read_scopes),
        };
        Ok(Some(Caller { user, token: Some(identity) }))
    }

    /// Makes `token` act for the developer account that every platform starts with.
    pub(crate) async fn accept_developer_token(&self, token: &str) -> Result<(), Problem> {
        let developer = self.find_or_create(DEVELOPER_LOGIN, "Developer", Role::Developer).await?;
        let model = access_token::Model {
            token_digest: digest(token),
            user_id: developer.id,
            label: "made when the platform first started".to_owned(),
            created_at: self.0.now(),
            id: Some(self.0.fresh_identifier()),
            scopes: None,
            expires_at: None,
            last_used_at: None,
        };
        self.0
            .database
            .write(move |transaction| {
                let model = model.clone();
                Box::pin(async move {
                    if access_token::Entity::find_by_id(&model.token_digest).one(transaction).await?.is_none() {
                        let row = access_token::ActiveModel::from(model);
                        access_token::Entity::insert(row).exec_without_returning(transaction).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// Databases cap the number of parameters of a statement.
const NAMES_AT_ONCE: usize = 500;

/// What others see of users, by id; who is not there any more is left out.
pub(crate) async fn names_of(
    database: &impl ConnectionTrait,
    mut user_ids: Vec<String>,
) -> Result<HashMap<String, String>, sea_orm::DbErr> {
    user_ids.sort_unstable();
    user_ids.dedup();
    let mut names = HashMap::new();
    for part in user_ids.chunks(NAMES_AT_ONCE) {
        let found: Vec<(String, String)> = user::Entity::find()
            .select_only()
            .columns([user::Column::Id, user::Column::Name])
            .filter(user::Column::Id.is_in(part))
            .into_tuple()
            .all(database)
            .await?;
        names.extend(found);
    }
    Ok(names)
}

pub(super) fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

pub(super) fn wrong_password() -> Problem {
    Problem::new(
        axum::http::StatusCode::UNAUTHORIZED,
        "wrong-password",
        "Sign-in refused",
        "The login or the password is wrong.",
    )
}

fn login_taken(login: &str) -> Problem {
    Problem::new(
        axum::http::StatusCode::CONFLICT,
        "login-taken",
        "This login is taken",
        format!("There is an account `{login}` already."),
    )
}
