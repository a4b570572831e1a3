//! The fuzz targets' functions over mutations of right inputs: the same ones in every run, a few seconds in all.
//! Long runs with coverage are in `fuzz/`; with `MEZZE_FUZZ_CORPUS=DIR` these tests write their seeds there.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test stops at the first surprise")]

#[path = "../../../fuzz/entries/host.rs"]
mod entries;
#[path = "../../../fuzz/harness.rs"]
mod harness;

use harness::{Seeds, mutate};

#[test]
fn messages() {
    let seeds = [
        r#"[{"k":"ops","seq":1,"ops":[1,2,"view",4,1,2,14,2,"a b",15,2,"width:50%;height:20rpx",16,2,"hidden",false,18,2,"tap",3,2,3,"text",4,2,3,12,3,"more"]},
            {"k":"invoke","id":2,"method":"measure","node":2,"args":[[{"node":2,"fields":{"rect":true,"size":true,"scrollOffset":true,"properties":["hidden"],"computedStyle":["width"]}}]]},
            {"k":"invoke","id":3,"method":"observe","node":2,"args":[{"observer":1}]},{"k":"invoke","id":4,"method":"pageScrollTo","args":[{"scrollTop":1e308}]}]"#,
        r#"[{"k":"ops","more":true,"ops":[3,4,2,5,"a",2,6,"b",4,4,5,4,4,6,8,1,2,0,4,9,1,4,10,1,5,1,6,1,6,5,7,1,5,6,5,1,6,11,5,2,17,4,"a",13,4,"id"]},
            {"k":"invoke","id":1,"method":"fields","node":4294967295,"args":[{"id":true}]},{"k":"invoke","id":1,"method":"animate","node":1,"args":[[],{"duration":9}]}]"#,
        r#"[{"id":1,"api":"request","args":{"url":"https://a.example/?b#c","method":"POST","data":{"$bytes":9}},"pageId":1},
            {"id":2,"api":"navigateTo","args":{"url":"../../../b/c.html?d=%20&__proto__=e"}},{"id":3,"api":"showActionSheet","args":{"itemList":["a"]}},
            {"id":4,"api":"requestSubscribeMessage","args":{"tmplIds":["__proto__",1]}},{"id":5,"api":"getLocation","args":null},{"id":6,"api":"authorize","args":{"scope":"scope.camera"}}]"#,
    ];
    let words = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "-1",
        "1e308",
        "18446744073709551615",
        "4294967295",
        "null",
        "[1,2,3]",
        "\"__proto__\":1",
        "\\u0000",
        "4,1,2,",
        "1,2,\"view\",",
        "\"k\":\"ops\"",
        "\"height\":",
        "%;",
        "1e400",
    ];
    mutate("messages", &Seeds::new(&seeds, words), 4_000, entries::messages);
}

#[test]
fn permissions() {
    let seeds = [
        r#"{"declared":{"permissions":[{"name":"scope.userLocation","required":true,"reason":{"en":"near"}}],"data":[{"category":"location","purpose":"p","retention":"r"}]},
            "policy":{"rules":[{"id":"a","effect":"grant","permissions":["scope.userLocation"],"publishers":["KEY"]},{"id":"b","effect":"forbid","categories":["games"],"permissions":["*"]}]},
            "grants":[{"permission":"scope.userLocation","state":"granted","signer":"KEY"},{"permission":"data.location","state":"once","signer":"OTHER"}],
            "moment":{"app_id":"org.example.menu","signer":"KEY","publishers":["Example"],"app_category":"food","in_front":true,"now":1e9,"privacy_refused_at":999999995.0},
            "question":{"api":"getLocation","scope":"scope.userLocation","category":"location"}}"#,
        r#"{"declared":{"development":true},"policy":{"rules":[{"id":"c","effect":"forbid","apps":["org.example.*"],"permissions":["data.clipboard","scope.camera"],"reason":"no"}]},
            "grants":[{"permission":"scope.camera","state":"refused","signer":"KEY"},{"permission":"scope.camera","state":"granted","signer":"OTHER"}],
            "moment":{"app_id":"ORG.example.menu","signer":"KEY","in_front":true,"now":0},"question":{"api":"camera","scope":"scope.camera"}}"#,
        r#"{"declared":{"permissions":[{"name":"scope.address"}],"data":[{"category":"clipboard","purpose":"p","retention":"r"}]},"policy":{},
            "grants":[{"permission":"data.clipboard","state":"granted","signer":""},{"permission":"data.address","state":"ask","signer":""}],
            "moment":{"app_id":"","in_front":true,"now":-1e308},"question":{"api":"getClipboardData","category":"clipboard"}}"#,
    ];
    let words = &[
        "\"scope.camera\"",
        "\"scope.address\"",
        "\"scope.userLocation\"",
        "\"data.location\"",
        "\"*\"",
        "\"forbid\"",
        "\"grant\"",
        "\"granted\"",
        "\"refused\"",
        "\"once\"",
        "KEY",
        "OTHER",
        "true",
        "false",
        "null",
        ",",
        "[]",
        "{}",
        "games",
        "\"category\":\"location\"",
        "*",
        "İ",
    ];
    mutate("permission", &Seeds::new(&seeds, words), 15_000, entries::permission);
}

#[test]
fn package_scripts() {
    let seeds = [
        "wx.getLocation({ success(a) { `b${wx.c?.()}` } }); // wx.d\nconst AppSecret = '0123456789abcdef0123456789abcdef', u = \"https://a.example/x\"; /'/.test(e) ? wx . f : g\n",
        "__mezze__.module(\"a.js\",function(require,module,exports){/* key: 'AKIAABCDEFGHIJKLMNOP' */ var api_key=\"aB3dE5gH7jK9mN1pQ\", p='-----BEGIN PRIVATE KEY-----\\nMIIB'});\n",
    ];
    let words = &[
        "'",
        "\"",
        "`",
        "${",
        "}",
        "/",
        "/*",
        "*/",
        "//",
        "\\",
        "\n",
        "wx.",
        "secret:'",
        "password=\"",
        "https://",
        "é",
        "\u{1F958}",
        "[",
        "\r",
        "https://a:bcde@f",
        "'https://a.b',",
        "apikey='aB3dE5gH7jK9mN1pQ',",
    ];
    mutate("package_script", &Seeds::new(&seeds, words), 1_500, entries::package_script);
}
