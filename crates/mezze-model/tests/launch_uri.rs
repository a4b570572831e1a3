//! Launch URIs: the examples of W3C MiniApp Addressing, ways to sneak past the path, and round trips.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use mezze_model::launch_uri::{LaunchPath, LaunchPrefix, LaunchUri, Query};
use mezze_model::{AppId, InvalidLaunchUri, VersionName};
use proptest::prelude::*;

fn parse(text: &str) -> LaunchUri {
    LaunchUri::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_examples_of_the_specification_are_read() {
    for prefix in ["mezze://", "https://platform.org/"] {
        let uri = parse(&format!("{prefix}miniapp/foo;version=1.0.1-trial/pages/index?category=book#section-3"));
        assert_eq!(uri.app_id.as_str(), "foo");
        assert_eq!(uri.version.unwrap().as_str(), "1.0.1-trial");
        assert_eq!(uri.path.unwrap().as_str(), "pages/index");
        assert_eq!(uri.query.unwrap().as_str(), "category=book");
        assert_eq!(uri.fragment.unwrap().as_str(), "section-3");
        let plain = parse(&format!("{prefix}miniapp/foo"));
        assert_eq!((plain.version, plain.path, plain.query, plain.fragment), (None, None, None, None));
        assert_eq!(parse(&format!("{prefix}miniapp/foo?category=img")).query.unwrap().as_str(), "category=img");
        assert_eq!(parse(&format!("{prefix}miniapp/foo/widgets/index")).path.unwrap().as_str(), "widgets/index");
    }
}

/// The cases that every reader of launch URIs must answer alike.
fn cases() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/launch-uri/cases.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn texts(list: &serde_json::Value) -> Vec<&str> {
    let texts: Vec<&str> = list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    assert!(!texts.is_empty());
    texts
}

#[test]
fn printing_gives_the_normal_form() {
    let cases = cases();
    for case in cases["accepted"].as_array().unwrap() {
        let (text, printed) = (case["text"].as_str().unwrap(), case["printed"].as_str().unwrap());
        assert_eq!(parse(text).to_string(), printed, "{text}");
        assert_eq!(parse(printed).to_string(), printed);
    }
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    for path in texts(&cases()["refused_paths"]) {
        let text = format!("mezze://miniapp/foo/{path}");
        let result = LaunchUri::parse(&text);
        assert!(matches!(result, Err(InvalidLaunchUri::Path { .. })), "{text}: {result:?}");
    }
}

#[test]
fn other_links_are_refused() {
    for text in texts(&cases()["refused"]) {
        assert!(LaunchUri::parse(text).is_err(), "{text:?}");
    }
    assert!(matches!(
        LaunchUri::parse("http://example.org/miniapp/foo"),
        Err(InvalidLaunchUri::Insecure { host }) if host == "example.org"
    ));
    assert_eq!(LaunchUri::parse(&format!("mezze://miniapp/foo?{}", "a".repeat(9000))), Err(InvalidLaunchUri::TooLong));
}

#[test]
fn a_platform_builds_links() {
    let prefix = LaunchPrefix::web("https://apps.example.org").unwrap();
    let mut uri = LaunchUri::new(prefix, AppId::parse("org.example.menu").unwrap());
    uri.path = Some(LaunchPath::parse("/pages/dish/dish").unwrap());
    uri.query = Some(Query::from_pairs([("table", "4"), ("name", "Tom & Jerry=ü")]));
    let text = uri.to_string();
    assert_eq!(
        text,
        "https://apps.example.org/miniapp/org.example.menu/pages/dish/dish?table=4&name=Tom%20%26%20Jerry%3D%C3%BC"
    );
    let pairs: Vec<_> = parse(&text).query.unwrap().pairs().collect();
    assert_eq!(pairs[1], ("name".to_owned(), "Tom & Jerry=ü".to_owned()));
    assert!(LaunchPrefix::web("http://example.org").is_err());
    assert!(LaunchPrefix::web("https://example.org/path").is_err());
}

fn identifier() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,30}"
}

fn prefix() -> impl Strategy<Value = LaunchPrefix> {
    prop_oneof![
        Just(LaunchPrefix::Scheme),
        ("[a-z][a-z0-9-]{0,8}(\\.[a-z][a-z0-9-]{0,8}){0,3}", proptest::option::of(any::<u16>())).prop_map(
            |(host, port)| {
                let port = port.map_or_else(String::new, |port| format!(":{port}"));
                LaunchPrefix::web(&format!("https://{host}{port}")).unwrap()
            }
        ),
    ]
}

prop_compose! {
    fn launch_uri()(
        prefix in prefix(),
        id in identifier(),
        version in proptest::option::of(identifier()),
        path in proptest::option::of("[^/\\\\%\\p{C}]{1,10}(/[^/\\\\%\\p{C}]{1,10}){0,3}"),
        query in proptest::option::of("[^\\p{Cc}]{0,40}"),
        fragment in proptest::option::of("[^\\p{Cc}]{0,40}"),
    ) -> LaunchUri {
        LaunchUri {
            prefix,
            app_id: AppId::parse(&id).unwrap(),
            version: version.map(|version| VersionName::parse(&version).unwrap()),
            // Segments of dots alone are among what the pattern makes; those are no paths.
            path: path.and_then(|path| LaunchPath::parse(&path).ok()),
            query: query.map(|query| Query::parse(&query).unwrap()),
            fragment: fragment.map(|fragment| Query::parse(&fragment).unwrap()),
        }
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read(uri in launch_uri()) {
        let text = uri.to_string();
        prop_assert!(text.is_ascii());
        prop_assert_eq!(LaunchUri::parse(&text).unwrap(), uri);
    }

    #[test]
    fn what_is_read_has_a_normal_form(text in "(mezze://|https://a.example/)miniapp/\\PC{1,60}") {
        if let Ok(uri) = LaunchUri::parse(&text) {
            let printed = uri.to_string();
            prop_assert_eq!(LaunchUri::parse(&printed).unwrap().to_string(), printed.clone());
            let inside = printed.split(['?', '#']).next().unwrap().split_once("miniapp/").unwrap().1.to_owned();
            prop_assert!(!inside.contains("..") || !inside.split('/').any(|segment| segment == ".."));
            prop_assert!(!inside.contains("//") && !inside.contains('\\'));
        }
    }

    #[test]
    fn case_of_id_and_version_does_not_matter(id in identifier(), version in identifier()) {
        let lower = parse(&format!("mezze://miniapp/{id};version={version}/Pages/A"));
        let upper = parse(&format!("mezze://miniapp/{};version={}/Pages/A", id.to_uppercase(), version.to_uppercase()));
        prop_assert_eq!(&lower, &upper);
        // The path is case-sensitive.
        prop_assert_ne!(lower, parse(&format!("mezze://miniapp/{id};version={version}/pages/a")));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,80}") {
        let _ = LaunchUri::parse(&text);
    }
}
