//! The fuzz targets' functions over mutations of right inputs: the same ones in every run, a few seconds in all.
//! Long runs with coverage are in `fuzz/`; with `MEZZE_FUZZ_CORPUS=DIR` these tests write their seeds there.
#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test stops at the first surprise")]

#[path = "../../../fuzz/entries/compiler.rs"]
mod entries;
#[path = "../../../fuzz/harness.rs"]
mod harness;

use harness::{Seeds, mutate};

#[test]
fn templates() {
    let seeds = [
        "<view class=\"a {{b}}\" style=\"width:{{c}}rpx\" bind:tap=\"d\" data-e=\"{{ {f: g, ...h} }}\">{{i ? 'j' : k[0].l}}</view>",
        "<block wx:for=\"{{a}}\" wx:for-item=\"b\" wx:key=\"*this\"><text wx:if=\"{{b}}\">{{index}}</text>\n<text wx:elif='{{c}}'/><view wx:else hidden/></block>",
        "<import src=\"../b.wxml\"/><include src=\"c\"/><template name=\"d\"><slot name=\"e\"/></template><template is=\"{{f}}\" data=\"{{...g, h: 1}}\"/>",
        "<wxs module=\"m\">var a = require('./b.wxs'); module.exports = { f: function (x) { return x.constructor === 'Array' } }</wxs>{{m.f(a)}}<!-- c -->&lt;&#x41;",
    ];
    let words = &[
        "{{",
        "}}",
        "<view>",
        "</view>",
        "<block wx:if=\"{{a}}\">",
        "<wxs module=\"m\">",
        "</wxs>",
        "wx:for=\"{{",
        "\"",
        "'",
        "<!--",
        "-->",
        "&#x110000;",
        "&amp;",
        "model:value=\"{{a}}\"",
        "</script>",
        "`",
        "${",
        "\u{2028}",
        "\\",
        "(",
        "!",
        "[0]",
        ".a",
        "?b:",
        "+c",
        "...",
        "slot:a=\"b\"",
        "generic:c=\"d\"",
        "change:e=\"{{m.f}}\"",
        "/>",
        "<",
    ];
    mutate("template", &Seeds::new(&seeds, words), 3_000, entries::template);
}

#[test]
fn template_scripts() {
    let seeds = [
        "var a = require('./b.wxs');\nfunction f(x) { return x.constructor === 'Array' ? getRegExp('a', 'g') : [1, 2] }\nmodule.exports = { f: f }",
        "for (var i = 0; i < 3; i++) { switch (i) { case 1: break; default: continue } } try { } catch (e) { } // end",
    ];
    mutate("template_script", &Seeds::new(&seeds, SCRIPT_WORDS), 3_000, entries::template_script);
}

#[test]
fn scripts() {
    let seeds = [
        "\0import a, { b as c } from './d'; export default class E { #f = 1; static { } get g() { return wx.h?.() ?? c } }",
        "\0const { i, ...j } = require('../k'); Component({ options: { virtualHost: true }, lifetimes: { attached() { } } }); async function* l() { await `m${i}` }",
        "\x01enum A { B = 1 }\nnamespace C { export const d: number = 2 }\nabstract class E<T> { constructor(private f?: T) { } }\nexport type { G } from 'h'; let i = <any>j!;",
        "\x02{ // JSON\n \"a\": [1, -2.5e3, null, true], \"__proto__\": \"\\u2028\" }",
    ];
    mutate("script", &Seeds::new(&seeds, SCRIPT_WORDS), 3_000, entries::script);
}

#[test]
fn styles() {
    let seeds = [
        "\0@import \"../a.wxss\";\n.b > view.c:not(.d)::before, :host(.e) { width: 375rpx; background: url(f.png) }\n@media (min-width: 10rpx) { #g { color: #fff !important } }",
        "\0@keyframes a { from { top: 0 } 50% { top: 1.5rpx } }\n@font-face { font-family: b; src: url('data:font/woff2;base64,AA==') }\n.c { font-family: PingFang SC, \"d\" }",
        "\x01@c: red; .box(@w) { width: @w } .a { .box(1px); color: fade(@c, 50%); &:extend(.b); @{e}: ~\"f\"; @media (x) { .g(); } }",
    ];
    let words = &[
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        "url(",
        "\"",
        "'",
        "/*",
        "*/",
        "@media ",
        "@import ",
        ":host",
        ":not(",
        ".a",
        "view",
        "rpx",
        "1e9rpx",
        "\\",
        "@{",
        "~\"",
        "&:extend(",
        "//",
        "!important",
        "calc(",
        "@",
        "#",
        "\\0",
        "é",
    ];
    mutate("style", &Seeds::new(&seeds, words), 6_000, entries::style);
}

#[test]
fn projects() {
    let page = "=== pages/a.json\n{ 'usingComponents': { 'b': '/c/d', }, \"componentPlaceholder\": {} }\n=== pages/a.wxml\n<b/>\n=== pages/a.js\nPage({})\n=== c/d.json\n{\"component\":true}\n=== c/d.wxml\n<slot/>\n=== c/d.js\nComponent({})\n";
    let seeds = [
        format!(
            "=== app.json\n{{\"pages\":[\"pages/a\"],\"window\":{{\"navigationBarTitleText\":\"A\",\"backgroundColor\":\"#fff\"}},\"permission\":{{\"scope.userLocation\":{{\"desc\":\"near\"}}}},\"requiredPrivateInfos\":[\"getLocation\"],\"subPackages\":[{{\"root\":\"e\",\"pages\":[\"f\"],\"independent\":true}}],\"preloadRule\":{{\"pages/a\":{{\"packages\":[\"e\"]}}}}}}\n=== e/f.wxml\n<view/>\n=== e/f.js\nPage({{}})\n{page}"
        ),
        format!(
            "=== app.json\n{{\"pages\":[\"pages/a\",\"pages/b\"],\"tabBar\":{{\"color\":\"@t\",\"list\":[{{\"pagePath\":\"pages/a\",\"text\":\"A\"}},{{\"pagePath\":\"pages/b\",\"text\":\"B\"}}]}},\"themeLocation\":\"theme.json\",\"darkmode\":true}}\n=== theme.json\n{{\"light\":{{\"t\":\"#000\"}},\"dark\":{{\"t\":\"#fff\"}}}}\n=== pages/b.wxml\nb\n=== pages/b.js\nPage({{}})\n=== mezze.json\n{{\"id\":\"org.example.a\",\"version\":\"1.0.0\",\"origins\":{{\"request\":[\"https://a.example\"]}},\"permissions\":{{\"scope.camera\":\"why\"}},\"data\":{{\"location\":{{\"purpose\":\"p\",\"retention\":\"r\"}}}}}}\n=== project.config.json\n{{\"appid\":\"wx0000000000000000\",\"miniprogramRoot\":\"./\",\"packOptions\":{{\"ignore\":[{{\"type\":\"folder\",\"value\":\"x\"}}]}}}}\n{page}"
        ),
    ];
    let words = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e400",
        "\"..\"",
        "../",
        "/",
        "//",
        "/*",
        "*/",
        "\\u0000",
        "=== ",
        "app.json\n",
        "\"pages\":",
        "\"*\"",
        "@t",
        "**/",
        "plugin://a/b",
    ];
    mutate("project", &Seeds::new(&seeds, words), 250, entries::project);
}

const SCRIPT_WORDS: &[&str] = &[
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "`",
    "${",
    "\"",
    "'",
    "/",
    "/*",
    "*/",
    "//",
    "<!--",
    "-->",
    "=>",
    "?.",
    "!",
    "-",
    "+a",
    ",",
    "...",
    "async ",
    "await ",
    "yield ",
    "import(",
    "export ",
    "require('",
    "require(a + '",
    "module.exports = ",
    "eval(",
    "with(a)",
    "new ",
    "if(a)",
    "else ",
    "a=>",
    "?b:",
    "class A extends ",
    "#b",
    "\\u{110000}",
    "\u{2028}",
    "\r",
    "0b2",
    "1n",
    "/(?<a>.)\\k<a>/v",
    "@c",
    "<T>",
    "as any",
    "let ",
    ".constructor",
    "'use strict';",
    "return ",
    "label:",
    ";",
];
