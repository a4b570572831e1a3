//! Manifests: W3C's own example, every rule by name, all problems at once, and a schema that says the same.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use mezze_model::manifest::{Manifest, ManifestError, ManifestProblem};
use mezze_model::manifest_schema;
use serde_json::{Value, json};

/// The members of W3C's example, and ours.
fn example() -> Value {
    json!({
        "dir": "ltr",
        "lang": "en-US",
        "app_id": "org.example.MiniApp",
        "name": "MiniApp Demo",
        "short_name": "MiniApp",
        "version": {"name": "1.0.1", "code": 11},
        "description": "A Simple MiniApp Demo",
        "icons": [{"label": "Red lightning", "src": "common/icons/icon.png", "sizes": "48x48"}],
        "platform_version": {"min_code": 1, "release_type": "Beta1", "target_code": 2},
        "pages": ["pages/index/index", "pages/me/me", "shop/pages/list/list"],
        "window": {
            "navigation_bar_text_style": "black", "navigation_bar_title_text": "My MiniApp",
            "navigation_bar_background_color": "#f8f8f8", "background_color": "#ffffff", "fullscreen": false
        },
        "widgets": [{"name": "widget", "path": "widgets/index/index", "min_code": 1}],
        "req_permissions": [{"name": "system.permission.CAMERA", "reason": "To scan the QR code"}],
        "color_scheme": "light",
        "device_type": ["smartphone", "tablet"],
        "some_vendor_member": {"is": "ignored"},
        "mezze": {
            "format": 1,
            "namespace": "wx",
            "entry_page": "pages/index/index",
            "tab_bar": {"list": [
                {"page": "pages/index/index", "text": "Menu", "icon": "file/a.png"},
                {"page": "pages/me/me", "text": "Me"}
            ]},
            "subpackages": [{"root": "shop", "pages": ["shop/pages/list/list"]}],
            "origins": {"request": ["https://api.example.org"], "socket": ["wss://live.example.org"]},
            "permissions": [{"name": "scope.userLocation", "reason": "To show tables near you"}],
            "data": [{"category": "location", "purpose": {"en": "To show tables", "zh-Hans": "显示餐桌"}, "retention": "Not kept"}],
            "publisher": {"name": "Example", "url": "https://example.org"},
            "category": "food"
        }
    })
}

fn read(value: &Value) -> Result<Manifest, ManifestError> {
    Manifest::from_json(value.to_string().as_bytes())
}

fn problems(value: &Value) -> Vec<ManifestProblem> {
    match read(value) {
        Err(ManifestError::Invalid { problems }) => problems,
        other => panic!("expected problems, got {other:?}"),
    }
}

/// The example with one member (a JSON pointer) set or, for `null`, removed.
fn with(pointer: &str, value: Value) -> Value {
    let mut manifest = example();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = manifest.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(members), Value::Null) => drop(members.shift_remove(name)),
        (Value::Object(members), value) => drop(members.insert(name.to_owned(), value)),
        (Value::Array(items), value) => items[name.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} is nowhere"),
    }
    manifest
}

#[test]
fn the_example_is_read_and_comes_back() {
    let manifest = read(&example()).unwrap();
    assert_eq!(manifest.app_id.as_str(), "org.example.miniapp");
    assert_eq!(manifest.version.code, 11);
    assert_eq!(manifest.display_name(), "MiniApp");
    let written = manifest.to_json().unwrap();
    assert_eq!(Manifest::from_json(&written).unwrap(), manifest);
    assert_eq!(manifest.to_json().unwrap(), written);
}

#[test]
fn only_what_is_required_is_enough() {
    let minimal = json!({
        "app_id": "a", "name": "A", "icons": [], "version": {"name": "1", "code": 0},
        "platform_version": {"min_code": 0}, "pages": ["index"],
        "mezze": {"format": 1, "namespace": "mezze", "entry_page": "index"}
    });
    let manifest = read(&minimal).unwrap();
    assert_eq!(manifest.display_name(), "A");
    let written: Value = serde_json::from_slice(&manifest.to_json().unwrap()).unwrap();
    assert_eq!(written["mezze"]["origins"]["request"], json!([]));
}

#[test]
fn declarations_are_few_enough_to_be_read() {
    let many = |count: usize, item: &dyn Fn(usize) -> Value| Value::Array((0..count).map(item).collect());
    let permission = |number: usize| json!({"name": format!("scope.s{number}"), "reason": "why"});
    let data = |number: usize| {
        let name: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        json!({"category": name, "purpose": "p", "retention": "r"})
    };
    let origin = |number: usize| json!(format!("https://a{number}.example.org"));
    let fine = [("/mezze/permissions", many(50, &permission)), ("/mezze/origins/request", many(200, &origin))];
    for (pointer, value) in fine {
        read(&with(pointer, value)).unwrap();
    }
    let languages: serde_json::Map<String, Value> =
        (0..101).map(|number| (format!("en-x{number}"), json!("t"))).collect();
    for (pointer, value, member, count) in [
        ("/mezze/permissions", many(51, &permission), "mezze.permissions", "there are 51, at most 50 are allowed"),
        ("/req_permissions", many(10_000, &permission), "req_permissions", "there are 10000, at most 50 are allowed"),
        ("/mezze/data", many(51, &data), "mezze.data", "there are 51, at most 50 are allowed"),
        (
            "/mezze/origins/request",
            many(201, &origin),
            "mezze.origins.request",
            "there are 201, at most 200 are allowed",
        ),
        (
            "/mezze/data/0/purpose",
            Value::Object(languages),
            "mezze.data[0].purpose",
            "there are 101, at most 100 are allowed",
        ),
        (
            "/mezze/permissions/0/name",
            json!("s".repeat(65)),
            "mezze.permissions[0].name",
            "it is longer than 64 characters",
        ),
        (
            "/mezze/permissions/0/reason",
            json!("r".repeat(501)),
            "mezze.permissions[0].reason",
            "it is longer than 500 characters",
        ),
        ("/mezze/data/0/category", json!("c".repeat(65)), "mezze.data[0].category", "it is longer than 64 characters"),
    ] {
        let found = problems(&with(pointer, value));
        assert_eq!(found.len(), 1, "{pointer}");
        assert_eq!((found[0].member.as_str(), found[0].problem.as_str()), (member, count), "{pointer}");
    }
}

#[test]
fn of_very_many_problems_the_first_are_told() {
    let icons = Value::Array(vec![json!({"src": "/x"}); 5_000]);
    assert_eq!(problems(&with("/icons", icons)).len(), 100);
    let pages = Value::Array(vec![json!(1); 5_000]);
    assert_eq!(problems(&with("/pages", pages)).len(), 100);
}

#[test]
fn each_broken_rule_names_its_member() {
    for (pointer, value, member) in [
        ("/app_id", json!("a/b"), "app_id"),
        ("/app_id", json!(7), "app_id"),
        ("/app_id", Value::Null, "app_id"),
        ("/name", json!("  "), "name"),
        ("/name", json!("x".repeat(65)), "name"),
        ("/name", json!("pay\u{202e}moc.knab"), "name"),
        ("/short_name", json!("a\u{0}b"), "short_name"),
        ("/description", json!("x".repeat(4001)), "description"),
        ("/lang", json!("not a tag"), "lang"),
        ("/dir", json!("sideways"), "dir"),
        ("/icons", Value::Null, "icons"),
        ("/icons", json!("icon.png"), "icons"),
        ("/icons/0", json!({"sizes": "1x1"}), "icons[0]"),
        ("/icons/0/src", json!("../../etc/passwd"), "icons[0].src"),
        ("/icons/0/src", json!("/icon.png"), "icons[0].src"),
        ("/icons/0/sizes", json!("big"), "icons[0].sizes"),
        ("/version", json!({"name": "1.0"}), "version"),
        ("/version/name", json!("1 0"), "version"),
        ("/version/code", json!(-1), "version"),
        ("/platform_version", Value::Null, "platform_version"),
        ("/pages", json!([]), "pages"),
        ("/pages/1", json!("pages/index/index"), "pages[1]"),
        ("/pages/1", json!("../up"), "pages[1]"),
        ("/window/background_color", json!("url(x)"), "window.background_color"),
        ("/window/orientation", json!("upside"), "window"),
        ("/widgets/0/path", json!("//x"), "widgets[0].path"),
        ("/req_permissions/0/name", json!("a b"), "req_permissions[0].name"),
        ("/color_scheme", json!("blue"), "color_scheme"),
        ("/mezze", Value::Null, "mezze"),
        ("/mezze/format", json!(2), "mezze.format"),
        ("/mezze/namespace", json!("zz"), "mezze"),
        ("/mezze/entry_page", json!("pages/none"), "mezze.entry_page"),
        ("/mezze/tab_bar/list", json!([]), "mezze.tab_bar.list"),
        ("/mezze/tab_bar/list/1/page", json!("pages/none"), "mezze.tab_bar.list[1].page"),
        ("/mezze/subpackages/0/root", json!("../shop"), "mezze.subpackages[0].root"),
        ("/mezze/subpackages/0/root", json!("sho"), "mezze.subpackages[0].pages"),
        ("/mezze/origins/request", json!(["http://a.example"]), "mezze"),
        ("/mezze/origins/request", json!(["*"]), "mezze.origins.request[0]"),
        ("/mezze/origins/request", json!(["wss://a.example"]), "mezze.origins.request[0]"),
        ("/mezze/origins/socket", json!(["https://a.example"]), "mezze.origins.socket[0]"),
        ("/mezze/permissions/0/reason", json!(""), "mezze.permissions[0].reason"),
        ("/mezze/permissions/0/reason", json!({"en": "near", "zh": " "}), "mezze.permissions[0].reason.zh"),
        (
            "/mezze/permissions/0/reason",
            json!({"english language": "near"}),
            "mezze.permissions[0].reason.english language",
        ),
        ("/mezze/permissions/0/name", json!("system.permission.CAMERA"), "mezze.permissions[0]"),
        ("/mezze/data/0/category", json!("Location"), "mezze.data[0].category"),
        ("/mezze/data/0/purpose/en", json!(""), "mezze.data[0].purpose.en"),
        ("/mezze/data/0/retention", json!(""), "mezze.data[0].retention"),
        ("/mezze/publisher/url", json!("javascript:alert(1)"), "mezze.publisher.url"),
        ("/mezze/category", json!("Food & Drink"), "mezze.category"),
    ] {
        let found = problems(&with(pointer, value.clone()));
        assert!(found.iter().any(|problem| problem.member == member), "{pointer} = {value}: {found:?}");
        assert!(found.iter().all(|problem| !problem.hint.is_empty()));
    }
}

#[test]
fn all_problems_are_listed_at_once() {
    let mut manifest = with("/app_id", json!("a/b"));
    manifest["pages"] = json!(["ok", 7, "also ok", null]);
    manifest["icons"] = json!([{"src": 1}]);
    manifest.as_object_mut().unwrap().shift_remove("version");
    let members: Vec<String> = problems(&manifest).into_iter().map(|problem| problem.member).collect();
    assert_eq!(members, ["app_id", "icons[0]", "version", "pages[1]", "pages[3]"]);

    let mut manifest = with("/name", json!(""));
    manifest["mezze"]["entry_page"] = json!("none");
    manifest["mezze"]["origins"]["media"] = json!(["*"]);
    let error = read(&manifest).unwrap_err().to_string();
    assert!(error.starts_with("manifest.json has 3 problem(s): `name`: it is empty"), "{error}");
}

#[test]
fn development_builds_may_declare_anything() {
    let mut manifest = with("/mezze/origins/request", json!(["*"]));
    manifest["mezze"]["development"] = json!(true);
    assert!(read(&manifest).unwrap().mezze.development);
}

#[test]
fn what_is_no_object_is_refused() {
    assert!(matches!(Manifest::from_json(b"[]"), Err(ManifestError::NotAnObject)));
    assert!(matches!(Manifest::from_json(b"{"), Err(ManifestError::NotJson { .. })));
    assert!(matches!(Manifest::from_json(&[0xFF]), Err(ManifestError::NotJson { .. })));
    let deep = "[".repeat(100_000);
    assert!(matches!(Manifest::from_json(deep.as_bytes()), Err(ManifestError::NotJson { .. })));
}

#[test]
fn the_schema_names_every_member() {
    let schema = manifest_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let properties = schema["properties"].as_object().unwrap();
    let example = example();
    for member in example.as_object().unwrap().keys().filter(|member| *member != "some_vendor_member") {
        assert!(properties.contains_key(member), "{member}");
    }
    let required: Vec<&str> =
        schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(required, ["app_id", "name", "icons", "version", "platform_version", "pages", "mezze"]);
    let origin = schema["$defs"]["OriginRule"]["pattern"].as_str().unwrap();
    assert!(origin.contains("wss"));
}
