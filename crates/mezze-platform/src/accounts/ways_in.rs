//! New accounts, recovery codes, sessions and access tokens: what the owner of an account does with it.

use axum::http::StatusCode;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use super::identity::Caller;
use super::model::{access_token, recovery_code, session, user};
use super::scope::{Scope, write_scopes};
use super::service::digest;
use super::{Accounts, NewAccount, Role, password};
use crate::audit_trail::{Act, Who, record};
use crate::clock::random_bytes;
use crate::encoding::base64url;
use crate::organisations::{dead_invitation, is_good_invitation};
use crate::problem::Problem;
use crate::rates::LastingLimit;

const SHORTEST_PASSWORD: usize = 10;
const LONGEST_PASSWORD: usize = 200;
const RECOVERY_CODES: usize = 10;
const LONGEST_TOKEN_DAYS: i64 = 366;
/// Letters that nobody takes for each other when they copy a code by hand.
const CODE_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

impl Accounts<'_> {
    /// Makes an account for whoever has a good invitation, or for anyone where the operator allows it.
    pub(super) async fn sign_up(
        &self,
        login: &str,
        name: &str,
        secret: String,
        invitation: Option<&str>,
    ) -> Result<user::Model, Problem> {
        LastingLimit::SignUp.count(self.0, "").await?;
        let invited = match invitation {
            Some(code) if is_good_invitation(self.0, code).await? => true,
            Some(_) => return Err(dead_invitation()),
            None => false,
        };
        if !invited && !self.0.options.open_registration {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "by-invitation",
                "Accounts are made by invitation",
                "On this platform, a new account needs an invitation.",
            )
            .hint("Ask the operator for one."));
        }
        check_login(login)?;
        check_password(&secret)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(Problem::bad_request("A name has 1 to 60 characters."));
        }
        let account =
            NewAccount { login: login.to_owned(), name: name.to_owned(), role: Role::User, password: Some(secret) };
        self.create(account).await
    }

    /// Sets a new password; every other session of the user ends.
    pub(super) async fn change_password(
        &self,
        caller: Caller,
        current: String,
        next: String,
        keep: Option<&str>,
    ) -> Result<(), Problem> {
        check_password(&next)?;
        LastingLimit::Password.count(self.0, &caller.user.login).await?;
        if caller.user.password_hash.is_some() && !password::verify(current, caller.user.password_hash.clone()).await? {
            return Err(super::service::wrong_password());
        }
        let hash = password::hash(next).await?;
        let who = Who::from(caller);
        self.replace_password(&who, &hash, keep).await
    }

    async fn replace_password(&self, who: &Who, hash: &str, keep: Option<&str>) -> Result<(), Problem> {
        let now = self.0.now();
        let keep = keep.map(digest);
        let keep = keep.as_deref();
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let id = who.user_id().unwrap_or_default();
                    let found = user::Entity::find_by_id(id).one(transaction).await?;
                    let mut found = found.ok_or_else(Problem::not_signed_in)?.into_active_model();
                    found.password_hash = Set(Some(hash.to_owned()));
                    found.update(transaction).await?;
                    let mut others = session::Entity::delete_many().filter(session::Column::UserId.eq(id));
                    if let Some(keep) = keep {
                        others = others.filter(session::Column::TokenDigest.ne(keep));
                    }
                    others.exec(transaction).await?;
                    record(transaction, now, on_user(who, "account.password", id, json!({}))).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Makes ten fresh recovery codes in place of the old ones. They are kept as digests only.
    pub(super) async fn new_recovery_codes(&self, caller: Caller) -> Result<Vec<String>, Problem> {
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| self.recovery_code()).collect();
        let now = self.0.now();
        let who = Who::from(caller);
        let (who, fresh) = (&who, &codes);
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let id = who.user_id().unwrap_or_default();
                    recovery_code::Entity::delete_many()
                        .filter(recovery_code::Column::UserId.eq(id))
                        .exec(transaction)
                        .await?;
                    let rows = fresh.iter().map(|code| {
                        recovery_code::ActiveModel::from(recovery_code::Model {
                            code_digest: digest(&normal(code)),
                            user_id: id.to_owned(),
                            created_at: now,
                        })
                    });
                    recovery_code::Entity::insert_many(rows).exec_without_returning(transaction).await?;
                    record(transaction, now, on_user(who, "account.recovery_codes", id, json!({}))).await?;
                    Ok(())
                })
            })
            .await?;
        Ok(codes)
    }

    /// `abcd-efgh-ijkm`: 60 bits.
    fn recovery_code(&self) -> String {
        let letters = random_bytes::<12>(self.0.randomness()).map(|byte| CODE_LETTERS[usize::from(byte % 32)]);
        let text: String = letters.iter().map(|letter| char::from(*letter)).collect();
        format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..])
    }

    /// Uses a recovery code up and sets a new password.
    pub(super) async fn recover(&self, login: &str, code: &str, next: String) -> Result<user::Model, Problem> {
        check_password(&next)?;
        let login = login.trim().to_lowercase();
        LastingLimit::Recovery.count(self.0, &login).await?;
        let hash = password::hash(next).await?;
        let code = digest(&normal(code));
        let now = self.0.now();
        let (code, login, hash) = (code.as_str(), login.as_str(), hash.as_str());
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let found = user::Entity::find().filter(user::Column::Login.eq(login)).one(transaction).await?;
                    let known = recovery_code::Entity::find_by_id(code).one(transaction).await?;
                    let (Some(found), Some(known)) = (found, known) else { return Err(wrong_code().into()) };
                    if known.user_id != found.id {
                        return Err(wrong_code().into());
                    }
                    recovery_code::Entity::delete_by_id(code).exec(transaction).await?;
                    session::Entity::delete_many()
                        .filter(session::Column::UserId.eq(&found.id))
                        .exec(transaction)
                        .await?;
                    let mut changed = found.clone().into_active_model();
                    changed.password_hash = Set(Some(hash.to_owned()));
                    changed.update(transaction).await?;
                    let who = Who::from(Caller { user: found.clone(), token: None });
                    record(transaction, now, on_user(&who, "account.recover", &found.id, json!({}))).await?;
                    Ok(found)
                })
            })
            .await
    }

    /// The sessions of a user that hold, the newest first; and which of them asks.
    pub(super) async fn sessions(&self, user_id: &str) -> Result<Vec<session::Model>, Problem> {
        let rows = session::Entity::find()
            .filter(session::Column::UserId.eq(user_id))
            .filter(session::Column::ExpiresAt.gt(self.0.now()))
            .order_by_desc(session::Column::CreatedAt)
            .all(self.0.database.read())
            .await?;
        Ok(rows)
    }

    /// Ends one session of the user, or all but one.
    pub(super) async fn end_sessions(
        &self,
        caller: Caller,
        id: Option<&str>,
        keep: Option<&str>,
    ) -> Result<(), Problem> {
        let now = self.0.now();
        let who = Who::from(caller);
        let keep = keep.map(digest);
        let (who, keep) = (&who, keep.as_deref());
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let user = who.user_id().unwrap_or_default();
                    let mut ended = session::Entity::delete_many().filter(session::Column::UserId.eq(user));
                    ended = match (id, keep) {
                        (Some(id), _) => ended.filter(session::Column::Id.eq(id)),
                        (None, Some(keep)) => ended.filter(session::Column::TokenDigest.ne(keep)),
                        (None, None) => ended,
                    };
                    let count = ended.exec(transaction).await?.rows_affected;
                    if id.is_some() && count == 0 {
                        return Err(Problem::not_found("You have no such session.").into());
                    }
                    let details = json!({"sessions": count});
                    record(transaction, now, on_user(who, "account.sessions_ended", user, details)).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Makes an access token and gives it; it is kept as a digest only.
    pub(super) async fn new_token(
        &self,
        caller: Caller,
        label: &str,
        scopes: &[Scope],
        days: i64,
    ) -> Result<(String, access_token::Model), Problem> {
        if scopes.is_empty() {
            return Err(Problem::bad_request("A token needs at least one scope."));
        }
        if !(1..=LONGEST_TOKEN_DAYS).contains(&days) || label.trim().is_empty() || label.chars().count() > 80 {
            return Err(Problem::bad_request("A token has a label of up to 80 characters and holds 1 to 366 days."));
        }
        let token = format!("mezze_{}", base64url(&random_bytes::<32>(self.0.randomness())));
        let now = self.0.now();
        let who = Who::from(caller);
        let row = access_token::Model {
            token_digest: digest(&token),
            user_id: who.user_id().unwrap_or_default().to_owned(),
            label: label.trim().to_owned(),
            created_at: now,
            id: Some(self.0.fresh_identifier()),
            scopes: Some(write_scopes(scopes)),
            expires_at: Some(now + days * 24 * 60 * 60),
            last_used_at: None,
        };
        let (who, kept) = (&who, &row);
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    access_token::Entity::insert(access_token::ActiveModel::from(kept.clone()))
                        .exec_without_returning(transaction)
                        .await?;
                    let details = json!({"label": kept.label, "scopes": kept.scopes, "token": kept.id});
                    record(transaction, now, on_user(who, "account.token", &kept.user_id, details)).await?;
                    Ok(())
                })
            })
            .await?;
        Ok((token, row))
    }

    /// The access tokens of a user.
    pub(super) async fn tokens(&self, user_id: &str) -> Result<Vec<access_token::Model>, Problem> {
        let rows = access_token::Entity::find()
            .filter(access_token::Column::UserId.eq(user_id))
            .order_by_desc(access_token::Column::CreatedAt)
            .all(self.0.database.read())
            .await?;
        Ok(rows)
    }

    /// Takes an access token out of use.
    pub(super) async fn end_token(&self, caller: Caller, id: &str) -> Result<(), Problem> {
        let now = self.0.now();
        let who = Who::from(caller);
        let who = &who;
        self.0
            .database
            .write_borrowing(move |transaction, _| {
                Box::pin(async move {
                    let user = who.user_id().unwrap_or_default();
                    let gone = access_token::Entity::delete_many()
                        .filter(access_token::Column::UserId.eq(user))
                        .filter(access_token::Column::Id.eq(id))
                        .exec(transaction)
                        .await?;
                    if gone.rows_affected == 0 {
                        return Err(Problem::not_found("You have no such token.").into());
                    }
                    record(transaction, now, on_user(who, "account.token_ended", user, json!({"token": id}))).await?;
                    Ok(())
                })
            })
            .await
    }
}

pub(super) fn on_user<'a>(who: &'a Who, action: &'a str, id: &'a str, details: serde_json::Value) -> Act<'a> {
    Act { who, action, subject_kind: "user", subject_id: id, app_id: None, organisation_id: None, details }
}

fn check_login(login: &str) -> Result<(), Problem> {
    let fits = (3..=40).contains(&login.len())
        && login.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte));
    if fits {
        return Ok(());
    }
    Err(Problem::bad_request("A login has 3 to 40 letters a to z, digits, and . _ - @ +."))
}

fn check_password(secret: &str) -> Result<(), Problem> {
    let length = secret.chars().count();
    if (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::BAD_REQUEST,
        "weak-password",
        "The password can't be taken",
        format!("A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."),
    )
    .hint("Several words in a row are easy to keep in mind."))
}

/// As it is typed: in capitals, with or without hyphens.
fn normal(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn wrong_code() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "wrong-code",
        "The recovery code is refused",
        "The login or the recovery code is wrong, or the code was used.",
    )
}
