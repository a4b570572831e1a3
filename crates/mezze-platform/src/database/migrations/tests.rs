//! A database of the first schema, filled by SQL as an old platform left it, comes forward with everything in it.

use mezze_model::Digest;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait as _;

use super::Migrator;
use crate::clock::{SystemRandomness, random_identifier};
use crate::database::{open_postgres, open_sqlite};
use crate::testing::{TestPlatform, postgres};

const TABLES: [&str; 6] = ["users", "sessions", "access_tokens", "devices", "apps", "releases"];

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    let file = folder.path().join("old.db");
    let options = sea_orm::sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let old = open_sqlite(options, true).await.expect("a database");
    comes_forward(old, format!("sqlite://{}", file.display())).await;
}

#[tokio::test]
async fn on_postgres() {
    let name = format!("mezze_{}", random_identifier(&SystemRandomness));
    let Some(url) = postgres::fresh_database(&name).await else { return };
    comes_forward(open_postgres(&url).await.expect("a database"), url).await;
}

/// Two mini apps, one with three versions; a user with a session, a token and a device.
async fn fill(old: &DatabaseConnection) {
    let blob = match old.get_database_backend() {
        DbBackend::Postgres => "'\\x0102'::bytea",
        _ => "x'0102'",
    };
    let (token, cookie) = (Digest::of(b"an old token"), Digest::of(b"an old session"));
    let mut statements = vec![
        "INSERT INTO users VALUES ('u1', 'ada', 'Ada', 'developer', '#123456', 'leaf', NULL, 100)".to_owned(),
        "INSERT INTO users VALUES ('u2', 'bob', 'Bob', 'user', '#654321', 'star', 'a hash', 101)".to_owned(),
        format!("INSERT INTO sessions VALUES ('{cookie}', 'u2', 100, 9999999999)"),
        format!("INSERT INTO access_tokens VALUES ('{token}', 'u1', 'ci', 100)"),
        format!("INSERT INTO devices VALUES ('d1', 'u2', {blob}, 100)"),
        "INSERT INTO apps VALUES ('org.example.menu', 'key-1', 'u1', 'r2', 100)".to_owned(),
        "INSERT INTO apps VALUES ('org.example.plan', 'key-2', 'u1', NULL, 100)".to_owned(),
    ];
    for (id, code, state) in [("r1", 1, "released"), ("r2", 2, "released"), ("r3", 3, "in_review")] {
        statements.push(format!(
            "INSERT INTO releases (id, app_id, version, version_code, state, submitted_digest, package_digest, \
             sealed_digest, sealed_size, wrapped_content_key, name, description, origins, manifest, created_at, \
             released_at) VALUES ('{id}', 'org.example.menu', '{code}.0.0', {code}, '{state}', 'submitted-{id}', \
             'package-{id}', 'sealed-{id}', 7, {blob}, 'Menu', 'What there is', '{{}}', '{{}}', {code}, {code})"
        ));
    }
    for statement in statements {
        old.execute_unprepared(&statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
}

async fn texts(database: &impl sea_orm::ConnectionTrait, query: &str) -> Vec<String> {
    let statement = Statement::from_string(database.get_database_backend(), query);
    let rows = database.query_all_raw(statement).await.unwrap_or_else(|cause| panic!("{query}: {cause}"));
    rows.iter()
        .map(|row| row.try_get_by_index::<Option<String>>(0).expect("a text").unwrap_or_else(|| "none".to_owned()))
        .collect()
}

async fn comes_forward(old: DatabaseConnection, url: String) {
    Migrator::up(&old, Some(1)).await.expect("the first schema");
    fill(&old).await;
    old.close().await.expect("the old platform stops");

    let platform = TestPlatform::with(|options| options.database_url = Some(url)).await;
    let database = platform.services.database.read();
    assert_eq!(Migrator::get_pending_migrations(database).await.expect("an answer").len(), 0);
    for (table, rows) in TABLES.into_iter().zip([3, 1, 2, 1, 2, 3]) {
        // The platform adds its own developer with a token.
        let count = texts(database, &format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await;
        assert_eq!(count, [rows.to_string()], "{table}");
    }
    let states = "SELECT id || ' ' || state || ' ' || developer_key || ' ' || sealed_digest FROM releases ORDER BY id";
    assert_eq!(
        texts(database, states).await,
        ["r1 superseded key-1 sealed-r1", "r2 released key-1 sealed-r2", "r3 in_review key-1 sealed-r3"]
    );
    let keys = "SELECT app_id || ' ' || public_key || ' ' || state FROM app_keys ORDER BY app_id";
    assert_eq!(texts(database, keys).await, ["org.example.menu key-1 active", "org.example.plan key-2 active"]);
    assert_eq!(texts(database, "SELECT name FROM apps ORDER BY id").await, ["Menu", "none"]);
    let hash = "SELECT password_hash FROM users WHERE login = 'bob'";
    assert_eq!(texts(database, hash).await, ["a hash"]);
    let blob = "SELECT HEX(wrapped_content_key) FROM releases WHERE id = 'r1'";
    let blob = match database.get_database_backend() {
        DbBackend::Postgres => blob.replace("HEX(wrapped_content_key)", "ENCODE(wrapped_content_key, 'hex')"),
        _ => blob.to_owned(),
    };
    assert_eq!(texts(database, &blob).await, ["0102"]);

    // The platform works with it: the current release is listed, the old token and session still open the door.
    let mut browser = platform.browser();
    assert_eq!(browser.get("/api/v1/miniapps").await.json()[0]["version"], "2.0.0");
    let bearer = [("authorization", "Bearer an old token")];
    let answer = browser.get_with("/api/v1/apps/org.example.menu/releases", &bearer).await;
    assert_eq!((answer.status, &answer.json()["items"][0]["version"]), (200, &"3.0.0".into()), "{}", answer.text());
    let answer = browser.get_with("/api/v1/me", &[("cookie", "mezze_session_8080=an old session")]).await;
    assert_eq!(answer.json()["id"], "u2", "{}", answer.text());
}
