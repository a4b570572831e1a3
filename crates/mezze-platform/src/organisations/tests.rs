//! Members, invitations, the first admin, and proving who one is.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use url::Url;

use super::DomainProofs;
use crate::testing::{TestPlatform, on_each_database};

on_each_database!(
    members_come_by_invitation_and_an_owner_stays,
    the_first_admin_comes_by_a_code,
    staff_sees_every_publisher_and_every_mini_app,
);

async fn members_come_by_invitation_and_an_owner_stays(platform: TestPlatform) {
    let (mut olga, mut dan) = (platform.person("olga").await, platform.person("dan").await);
    let made = olga.post("/api/v1/organisations", &json!({"name": "Kitchen"})).await.json();
    let id = made["id"].as_str().expect("an id");
    dan.get(&format!("/api/v1/organisations/{id}")).await.problem(404, "not-found");
    let invitations = format!("/api/v1/organisations/{id}/invitations");
    dan.post(&invitations, &json!({"role": "owner"})).await.problem(404, "not-found");
    let invited = olga.post(&invitations, &json!({"role": "developer", "label": "Dan"})).await.json();
    let accept = json!({"code": invited["code"]});
    assert_eq!(dan.post("/api/v1/invitations/accept", &accept).await.json()["role"], "developer");
    dan.post("/api/v1/invitations/accept", &accept).await.problem(404, "dead-invitation");
    dan.post(&invitations, &json!({"role": "owner"})).await.problem(403, "not-allowed");
    let members = olga.get(&format!("/api/v1/organisations/{id}/members")).await.json();
    assert_eq!(members.as_array().map(Vec::len), Some(2));
    let own = olga.get("/api/v1/me").await.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/organisations/{id}/members/{own}");
    olga.send(Method::DELETE, &path, &[], Body::empty()).await.problem(409, "last-owner");
    let late = olga.post(&invitations, &json!({"role": "tester"})).await.json();
    platform.clock.advance(8 * 24 * 60 * 60);
    platform
        .person("tom")
        .await
        .post("/api/v1/invitations/accept", &json!({"code": late["code"]}))
        .await
        .problem(404, "dead-invitation");
}

async fn the_first_admin_comes_by_a_code(platform: TestPlatform) {
    let code = super::invite_first_admin(&platform.services).await.expect("the database answers").expect("a code");
    let mut ada = platform.browser();
    let account = json!({"login": "ada", "name": "Ada", "password": "correct horse battery"});
    ada.post("/api/v1/accounts", &account).await.problem(403, "by-invitation");
    let mut invited = account.clone();
    invited["invitation"] = json!(code);
    assert_eq!(ada.post("/api/v1/accounts", &invited).await.status, 201);
    ada.post("/api/v1/staff/invitations", &json!({"role": "reviewer"})).await.problem(403, "not-allowed");
    assert_eq!(ada.post("/api/v1/invitations/accept", &json!({"code": code})).await.status, 200);
    assert_eq!(ada.get("/api/v1/staff/me").await.json(), json!(["admin"]));
    assert_eq!(super::invite_first_admin(&platform.services).await, Ok(None));
    assert_eq!(ada.post("/api/v1/staff/invitations", &json!({"role": "reviewer"})).await.status, 201);
    assert_eq!(ada.get("/api/v1/audit").await.status, 200);
    platform.signed_in().await.get("/api/v1/audit").await.problem(403, "not-allowed");
}

async fn staff_sees_every_publisher_and_every_mini_app(platform: TestPlatform) {
    let (mut olga, mut sue) = (platform.person("olga").await, platform.staff("sue", "support").await);
    let made = olga.post("/api/v1/organisations", &json!({"name": "Kitchen"})).await.json();
    let app = json!({"app_id": "org.example.soup", "name": "Soup", "organisation_id": made["id"]});
    assert_eq!(olga.post("/api/v1/apps", &app).await.status, 201);
    olga.get("/api/v1/publishers").await.problem(403, "not-allowed");
    olga.get("/api/v1/apps?all=true").await.problem(403, "not-allowed");
    olga.get("/api/v1/operation").await.problem(403, "not-allowed");
    let publishers = sue.get("/api/v1/publishers?search=itche&verification=unverified").await.json();
    assert_eq!((&publishers["items"][0]["id"], &publishers["items"][0]["role"]), (&made["id"], &json!(null)));
    assert_eq!(sue.get("/api/v1/publishers?verification=operator").await.json()["items"], json!([]));
    assert_eq!(sue.get("/api/v1/apps").await.json()["items"], json!([]));
    let apps = sue.get("/api/v1/apps?all=true&search=soup&limit=1").await.json();
    assert_eq!(apps["items"][0]["app_id"], "org.example.soup");
    let health = sue.get("/api/v1/operation").await.json();
    assert_eq!((&health["blobs"], &health["jobs"]), (&json!(true), &json!([])));
    sue.get("/api/v1/staff").await.problem(403, "not-allowed");
    let staff = platform.staff("ada", "admin").await.get("/api/v1/staff").await.json();
    assert_eq!((&staff[0]["name"], &staff[0]["role"]), (&json!("sue"), &json!("support")));
}

/// What an organisation published: a file, and the records of a name.
#[derive(Default)]
struct Published(std::sync::Mutex<String>, std::sync::Mutex<Vec<String>>);

#[async_trait::async_trait]
impl DomainProofs for Published {
    async fn fetch(&self, url: &Url) -> Result<String, String> {
        assert_eq!(url.as_str(), "https://kitchen.example/.well-known/mezze-verification.txt");
        Ok(self.0.lock().expect("nobody panicked").clone())
    }

    async fn records(&self, name: &str) -> Result<Vec<String>, String> {
        assert_eq!(name, "_mezze.kitchen.example");
        let records = self.1.lock().expect("nobody panicked").clone();
        if records.iter().any(|record| record == "broken") {
            Err("the DNS did not answer".to_owned())
        } else {
            Ok(records)
        }
    }
}

#[tokio::test]
async fn a_domain_is_proved_by_a_file() {
    let published = std::sync::Arc::new(Published::default());
    let proofs = published.clone();
    let platform = TestPlatform::with_services(|_| {}, |services| services.domain_proofs = proofs).await;
    let mut olga = platform.person("olga").await;
    let made = olga.post("/api/v1/organisations", &json!({"name": "Kitchen"})).await.json();
    let id = made["id"].as_str().expect("an id");
    let (domains, domain) = (format!("/api/v1/organisations/{id}/domains"), json!({"domain": "Kitchen.example"}));
    for no in ["localhost", "127.0.0.1", "kitchen.example/path", "a b"] {
        olga.post(&domains, &json!({"domain": no})).await.problem(400, "bad-request");
    }
    let challenge = olga.post(&domains, &domain).await.json();
    olga.post(&format!("{domains}/proof"), &domain).await.problem(409, "not-proved");
    *published.0.lock().expect("nobody panicked") =
        format!("# ours\n{}\n", challenge["line"].as_str().expect("a line"));
    let proved = olga.post(&format!("{domains}/proof"), &domain).await.json();
    assert_eq!(
        (proved["verification"].as_str(), proved["verified_domain"].as_str()),
        (Some("domain"), Some("kitchen.example"))
    );
    // A verified name can't be imitated.
    let mut mallory = platform.person("mallory").await;
    mallory.post("/api/v1/organisations", &json!({"name": "K\u{456}tchen"})).await.problem(409, "name-taken");
}

#[tokio::test]
async fn a_domain_is_proved_by_its_dns() {
    let published = std::sync::Arc::new(Published::default());
    let proofs = published.clone();
    let platform = TestPlatform::with_services(|_| {}, |services| services.domain_proofs = proofs).await;
    let mut olga = platform.person("olga").await;
    let made = olga.post("/api/v1/organisations", &json!({"name": "Kitchen"})).await.json();
    let id = made["id"].as_str().expect("an id");
    let (domains, domain) = (format!("/api/v1/organisations/{id}/domains"), json!({"domain": "kitchen.example"}));
    let challenge = olga.post(&domains, &domain).await.json();
    assert_eq!(challenge["record"], "_mezze.kitchen.example");
    let line = challenge["line"].as_str().expect("a line").to_owned();
    let publish = |records: &[&str]| {
        *published.1.lock().expect("nobody panicked") = records.iter().map(|text| (*text).to_owned()).collect();
    };
    for (records, said) in [
        (vec![], "it has no TXT record"),
        (vec!["v=spf1 -all"], "no TXT record of it holds the token"),
        // Another organisation's token proves nothing here.
        (vec!["mezze-verification=AAAA"], "no TXT record of it holds the token"),
        (vec![&line[..line.len() - 1]], "no TXT record of it holds the token"),
        (vec!["broken"], "the DNS did not answer"),
    ] {
        publish(&records);
        let text = olga.post(&format!("{domains}/proof"), &domain).await.problem(409, "not-proved");
        assert!(text.contains(&format!("_mezze.kitchen.example was looked up: {said}.")), "{text}");
    }
    publish(&["v=spf1 -all", &line]);
    let proved = olga.post(&format!("{domains}/proof"), &domain).await.json();
    assert_eq!(proved["verified_domain"], "kitchen.example");
    let mut ada = platform.staff("ada", "admin").await;
    let trail = ada.get("/api/v1/audit").await.text();
    assert!(trail.contains("organisation.domain_proved") && trail.contains("dns"), "{trail}");
}
