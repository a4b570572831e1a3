//! Which combinations of options start.

use super::*;

fn with(set: impl FnOnce(&mut PlatformOptions)) -> Result<(), String> {
    let mut options = PlatformOptions::new("data");
    set(&mut options);
    options.validate().map_err(|failure| format!("{failure}; {}", failure.help().unwrap_or_default()))
}

fn everywhere(options: &mut PlatformOptions) {
    options.listen = vec!["0.0.0.0:8080".parse().expect("an address")];
}

#[test]
fn plain_http_is_for_this_machine_only() {
    assert_eq!(with(|_| {}), Ok(()));
    assert_eq!(with(|options| options.listen = vec!["[::1]:0".parse().expect("an address")]), Ok(()));
    let refused = with(everywhere).expect_err("it is open to others");
    assert!(refused.contains("0.0.0.0:8080") && refused.contains("--tls-cert"), "{refused}");
    let behind_a_proxy = |options: &mut PlatformOptions| {
        everywhere(options);
        options.public_url = "https://apps.example.org".parse().ok();
    };
    assert_eq!(with(behind_a_proxy), Ok(()));
    let with_tls = |options: &mut PlatformOptions| {
        everywhere(options);
        options.tls = Some(TlsFiles { certificate: "a".into(), key: "b".into() });
    };
    assert_eq!(with(with_tls), Ok(()));
    assert!(with(|options| options.listen.clear()).is_err());
}

#[test]
fn only_a_public_name_promises_https() {
    let promises = |url: Option<&str>, development: bool| {
        let mut options = PlatformOptions::new("data");
        options.public_url = url.and_then(|url| url.parse().ok());
        options.tls = Some(TlsFiles { certificate: "a".into(), key: "b".into() });
        options.development = development.then(DevelopmentOptions::default);
        options.promises_https()
    };
    assert!(promises(Some("https://apps.example.org"), false));
    assert!(!promises(None, false));
    assert!(!promises(Some("https://localhost:8443"), false));
    assert!(!promises(Some("https://192.168.1.2:8443"), false));
    assert!(!promises(Some("https://box.example.org"), true));
}

#[test]
fn a_public_url_is_an_https_origin() {
    let public = |url: &str| with(|options| options.public_url = Some(url.parse().expect("a URL")));
    for good in ["https://apps.example.org", "https://apps.example.org:8443/", "http://localhost:3000"] {
        assert_eq!(public(good), Ok(()), "{good}");
    }
    for bad in [
        "http://apps.example.org",
        "ftp://apps.example.org",
        "https://apps.example.org/path",
        "https://apps.example.org/?a",
        "https://user@apps.example.org",
    ] {
        let refused = public(bad).expect_err(bad);
        assert!(refused.contains(bad), "{refused}");
    }
}
