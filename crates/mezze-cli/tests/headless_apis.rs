//! What the catalog says of the headless host is what that host answers: a page calls every API there and tells which
//! of them are refused as not carried out.

#![expect(clippy::expect_used, reason = "a test stops at its first failure")]

mod support;

use mezze_api::{Api, Catalog, Kind, Support};
use serde_json::{Value, json};
use support::{Desk, listed};

/// Calls each API and tells the names that were refused, and those that are no functions, in one error each.
const PAGE: &str = r"
const refusal = /:fail not supported on this host/
const { names } = require('../../names')
Page({
  onLoad() {
    const refused = [], missing = []
    const look = (name, error) => {
      if (refusal.test(String(error && (error.errMsg || error.message)))) refused.push(name)
    }
    for (const name of names) {
      let owner = wx
      const path = name.split('.')
      for (const part of path.slice(0, -1)) owner = owner && owner[part]
      const member = owner && owner[path[path.length - 1]]
      if (typeof member !== 'function') {
        missing.push(name)
        continue
      }
      try {
        const given = member.call(owner, { success() {}, fail: (failure) => look(name, failure) })
        if (given && typeof given.then === 'function') given.then(() => {}, (error) => look(name, error))
      } catch (error) {
        look(name, error)
      }
    }
    setTimeout(() => {
      for (let at = 0; at < refused.length; at += 40) this.tell('refused', refused.slice(at, at + 40))
      this.tell('missing', missing)
    }, 1500)
  },
  tell(what, names) {
    setTimeout(() => { throw new Error(`${what}: ${names.join(' ')}`) }, 1)
  },
})
";

/// They end the page or the run, which then tells nothing.
const LEAVE: [&str; 6] =
    ["exitMiniProgram", "restartMiniProgram", "reLaunch", "redirectTo", "switchTab", "navigateBackMiniProgram"];

#[test]
fn the_catalog_says_what_the_headless_host_answers() {
    let catalog = Catalog::load().expect("the catalog");
    let called: Vec<&Api> = catalog
        .apis
        .iter()
        .filter(|api| matches!(api.kind, Kind::Call | Kind::Task | Kind::Sync))
        .filter(|api| !LEAVE.contains(&api.name.as_str()))
        .collect();
    let names: Vec<&str> = called.iter().map(|api| api.name.as_str()).collect();

    let desk = Desk::new();
    desk.write("app/project.config.json", r#"{ "appid": "org.example.every", "projectname": "every" }"#);
    desk.write("app/app.json", r#"{ "pages": ["pages/every/every"] }"#);
    desk.write("app/app.js", "App({})");
    desk.write("app/names.js", format!("exports.names = {}", json!(names)));
    desk.write("app/pages/every/every.js", PAGE);
    desk.write("app/pages/every/every.wxml", "<view>every</view>");
    let output = desk.run(&["audit", "app", "--json", "--full"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");

    let told = report.to_string();
    assert!(told.contains("missing:"), "the page told nothing: {told}");
    let refused = listed(&told, "refused: ");
    let missing = listed(&told, "missing: ");
    let differing: Vec<String> = called
        .iter()
        .filter_map(|api| {
            let answered = !refused.contains(&api.name) && !missing.contains(&api.name);
            let said = api.hosts.headless == Support::Carried;
            // What gives an object gives one whose every member is refused.
            let gives = api.kind == Kind::Sync && !said;
            (answered != said && !gives).then(|| format!("{}: answered {answered}, the catalog says {said}", api.name))
        })
        .collect();
    assert!(differing.is_empty(), "correct `headless` in crates/mezze-api/catalog:\n{}", differing.join("\n"));
}
