//! What a person sees, command by command. Read a changed snapshot as if you had made the mistake yourself.

mod support;

use insta::assert_snapshot;
use support::Desk;

/// A desk with a new project `menu`, built and signed as `menu.ma`.
fn with_package() -> Desk {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    desk.succeed(&["build", "menu", "--sign", "--output", "menu.ma"]);
    desk
}

#[test]
fn help() {
    assert_snapshot!(Desk::new().see(&["--help"]));
}

#[test]
fn help_of_dev() {
    assert_snapshot!(Desk::new().see(&["dev", "--help"]));
}

#[test]
fn new_makes_a_project() {
    let desk = Desk::new();
    assert_snapshot!(desk.see(&["new", "menu"]));
    let app = std::fs::read_to_string(desk.path("menu/app.json")).unwrap_or_default();
    assert!(app.contains("\"navigationBarTitleText\": \"menu\""), "{app}");
}

#[test]
fn new_refuses_a_full_folder() {
    let desk = Desk::new();
    desk.write("menu/note.txt", "mine");
    assert_snapshot!(desk.see(&["new", "menu"]));
    assert!(!desk.path("menu/app.json").exists());
}

#[test]
fn new_refuses_a_bad_id() {
    assert_snapshot!(Desk::new().see(&["new", "menu", "--app-id", "not an id"]));
}

#[test]
fn build_says_what_it_made() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    assert_snapshot!(desk.see(&["build", "menu"]));
}

#[test]
fn build_of_nothing() {
    let desk = Desk::new();
    desk.write("empty/readme.txt", "no app here");
    assert_snapshot!(desk.see(&["build", "empty"]));
    assert_snapshot!("build_of_no_folder", desk.see(&["build", "missing"]));
}

#[test]
fn build_names_every_mistake() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    desk.write("menu/app.json", r#"{ "pages": ["pages/index/index", "pages/gone/gone"] }"#);
    desk.write("menu/pages/index/index.js", "Page({ data: { guests: 2 }\n");
    assert_snapshot!(desk.see(&["build", "menu", "--output", "menu.ma"]));
    assert!(!desk.path("menu.ma").exists(), "nothing is left half-done");
}

#[test]
fn build_for_tools() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    desk.write("menu/pages/index/index.js", "Page({ data: { guests: 2 }\n");
    assert_snapshot!(desk.see(&["build", "menu", "--json"]));
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    desk.succeed(&["build", "menu", "--output", "one.ma"]);
    desk.succeed(&["build", "menu", "--output", "two.ma"]);
    let read = |name: &str| std::fs::read(desk.path(name)).unwrap_or_default();
    assert!(!read("one.ma").is_empty());
    assert_eq!(read("one.ma"), read("two.ma"));
}

#[test]
fn a_package_can_not_be_written_into_a_missing_folder() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    assert_snapshot!(desk.see(&["build", "menu", "--output", "missing/menu.ma"]));
}

#[test]
fn keys() {
    let desk = Desk::new();
    assert_snapshot!("keys_none", desk.see(&["keys"]));
    assert_snapshot!("keys_new", desk.see(&["keys", "new", "restaurant"]));
    assert_snapshot!("keys_twice", desk.see(&["keys", "new", "restaurant"]));
    assert_snapshot!("keys_list", desk.see(&["keys"]));
    assert_snapshot!("keys_unknown", desk.see(&["keys", "show", "other"]));
    assert_snapshot!("keys_bad_name", desk.see(&["keys", "new", "../../escape"]));
}

#[test]
fn sign_with_an_unknown_key() {
    let desk = with_package();
    assert_snapshot!(desk.see(&["sign", "menu.ma", "--key", "restaurant"]));
}

#[test]
fn sign_something_else() {
    let desk = Desk::new();
    desk.write("menu.ma", "not a package at all");
    assert_snapshot!(desk.see(&["sign", "menu.ma"]));
}

#[test]
fn verify_a_whole_package() {
    assert_snapshot!(with_package().see(&["verify", "menu.ma"]));
}

#[test]
fn verify_a_flipped_byte() {
    let desk = with_package();
    let mut bytes = std::fs::read(desk.path("menu.ma")).unwrap_or_default();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    desk.write("menu.ma", bytes);
    let output = desk.run(&["verify", "menu.ma"]);
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("error: menu.ma is refused:") && text.contains("hint:"), "{text}");
}

#[test]
fn verify_a_wrong_signer() {
    let desk = with_package();
    desk.succeed(&["keys", "new", "other"]);
    let other = desk.succeed(&["keys", "show", "other", "--json"]);
    let public = other.split('"').nth(7).unwrap_or_default().to_owned();
    assert_snapshot!(desk.see(&["verify", "menu.ma", "--key", &public]));
}

#[test]
fn inspect() {
    assert_snapshot!(with_package().see(&["inspect", "menu.ma"]));
}

#[test]
fn inspect_a_missing_file() {
    assert_snapshot!(Desk::new().see(&["inspect", "gone.ma"]));
}

#[test]
fn publish_without_a_signature() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    desk.succeed(&["build", "menu", "--output", "menu.ma"]);
    assert_snapshot!(desk.see(&["publish", "menu.ma", "--platform", "http://localhost:9"]));
}

#[test]
fn publish_without_a_token() {
    assert_snapshot!(with_package().see(&["publish", "menu.ma", "--platform", "http://localhost:9"]));
}

#[test]
fn publish_to_a_platform_that_is_down() {
    let desk = with_package();
    desk.write("token", "secret\n");
    assert_snapshot!(desk.see(&["publish", "menu.ma", "--platform", "http://127.0.0.1:9", "--token-file", "token"]));
}

#[test]
fn dev_without_a_project() {
    let desk = Desk::new();
    desk.write("empty/readme.txt", "no app here");
    assert_snapshot!(desk.see(&["dev", "empty", "--no-open"]));
}

#[test]
fn dev_on_a_port_in_use() {
    let desk = Desk::new();
    desk.succeed(&["new", "menu"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").ok();
    let address = taken.as_ref().and_then(|listener| listener.local_addr().ok()).map(|address| address.to_string());
    let address = address.unwrap_or_default();
    let text = desk.see(&["dev", "menu", "--no-open", "--listen", &address]);
    assert_snapshot!(text.replace(&address, "[ADDRESS]"));
}

#[test]
fn serve_on_an_open_address_without_tls() {
    assert_snapshot!(Desk::new().see(&["serve", "--data", "data", "--listen", "0.0.0.0:0"]));
}
