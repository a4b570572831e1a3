//! Whole nodes: on real addresses, with TLS, stopped, restarted, and refused.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::options::DevelopmentOptions;
use crate::testing::PackageFixture;

fn options(folder: &Path) -> PlatformOptions {
    let mut options = PlatformOptions::new(folder);
    options.listen = vec!["127.0.0.1:0".parse().expect("an address")];
    options
}

async fn refusal(options: PlatformOptions) -> StartFailure {
    match Platform::start(options).await {
        Ok(_) => panic!("it started"),
        Err(failure) => failure,
    }
}

#[tokio::test]
async fn a_node_serves_stops_and_comes_back_with_what_it_had() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    let running = Platform::start(options(folder.path())).await.expect("it starts");
    let base = format!("http://{}", running.addresses[0]);
    let token = std::fs::read_to_string(running.developer_token_file()).expect("a token").trim().to_owned();
    let client = reqwest::Client::new();
    let package = PackageFixture::default().bytes();
    let upload = client.post(format!("{base}/api/v1/packages")).bearer_auth(&token).body(package).send().await;
    assert_eq!(upload.expect("an answer").status(), 201);
    running.handle.shut_down();
    tokio::time::timeout(Duration::from_secs(5), running.stopped()).await.expect("in time").expect("it stops well");
    assert!(client.get(format!("{base}/healthz")).send().await.is_err(), "it still listens");

    let running = Platform::start(options(folder.path())).await.expect("it starts again");
    let url = format!("http://{}/api/v1/miniapps", running.addresses[0]);
    let apps: serde_json::Value =
        serde_json::from_str(&client.get(url).send().await.expect("an answer").text().await.expect("text"))
            .expect("json");
    assert_eq!(apps[0]["app_id"], "org.example.menu");
    let again = std::fs::read_to_string(running.developer_token_file()).expect("a token").trim().to_owned();
    assert_eq!(again, token);
}

#[tokio::test]
async fn a_program_publishes_and_listens_without_http() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    let mut options = options(folder.path());
    options.development = Some(DevelopmentOptions::default());
    let running = Platform::start(options).await.expect("it starts");
    let handle = running.handle.clone();
    let _events = handle.development_events();
    let fixture = PackageFixture { development: true, ..PackageFixture::default() }.declaring("request", "*");
    let published = handle.publish(Bytes::from(fixture.bytes())).await.expect("it is accepted");
    assert_eq!((published.version.as_str(), published.created), ("1.0.0", true));
    let refused = handle.publish(Bytes::from_static(b"no")).await.expect_err("it is no package");
    assert_eq!(refused.name(), "package-refused");
    handle.announce_build_failure("app.json is missing".to_owned());
}

#[tokio::test]
async fn a_node_speaks_tls_with_the_files_that_it_is_given() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let files = TlsFiles { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&files.certificate, made.cert.pem()).expect("the folder is ours");
    std::fs::write(&files.key, made.signing_key.serialize_pem()).expect("the folder is ours");
    let mut options = options(&folder.path().join("data"));
    options.tls = Some(files.clone());
    let running = Platform::start(options.clone()).await.expect("it starts");
    let authority = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder().tls_certs_only([authority]).build().expect("a client");
    let url = format!("https://localhost:{}/api/v1/session", running.addresses[0].port());
    let origin = format!("https://localhost:{}", running.addresses[0].port());
    let request = client.post(url).header("origin", origin).header("content-type", "application/json");
    let answer = request.body(json!({"demo": true}).to_string()).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["set-cookie"].to_str().is_ok_and(|cookie| cookie.starts_with("__Host-")));

    std::fs::write(&files.key, "nonsense").expect("the folder is ours");
    options.data = folder.path().join("other");
    let failure = refusal(options).await;
    assert!(matches!(failure, StartFailure::Tls { .. }) && failure.help().is_some(), "{failure}");
}

#[tokio::test]
async fn what_can_not_start_says_why() {
    let folder = tempfile::tempdir().expect("no temporary folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address");
    let mut busy = options(folder.path());
    busy.listen = vec![address];
    let failure = refusal(busy).await;
    assert!(failure.to_string().contains(&address.to_string()), "{failure}");
    assert!(failure.help().is_some_and(|help| help.contains("another program")), "{:?}", failure.help());

    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("the folder is ours");
    assert!(matches!(refusal(options(&file)).await, StartFailure::DataFolder { .. }));

    let mut elsewhere = options(folder.path());
    elsewhere.blobs_url = Some("ftp://example.org/".to_owned());
    assert!(matches!(refusal(elsewhere).await, StartFailure::Blobs(_)));

    let mut no_database = options(folder.path());
    no_database.database_url = Some("postgres://nobody@127.0.0.1:1/none".to_owned());
    let failure = tokio::time::timeout(Duration::from_secs(30), refusal(no_database)).await.expect("in time");
    assert!(matches!(failure, StartFailure::Database(_)), "{failure}");
}
