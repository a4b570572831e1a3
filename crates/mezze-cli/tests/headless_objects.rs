//! What the catalog says of objects' methods on the headless host is what that host answers: a page gets every object, as
//! the fixture of APIs does, calls each of its methods and tells which are missing, refused, or never come back.

#![expect(clippy::expect_used, reason = "a test stops at its first failure")]

mod support;

use mezze_api::{Catalog, Kind, Support};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use support::{Desk, listed};

/// How to get each object and what to call it with are the same as in Chromium.
const ARGUMENTS: &str = include_str!("../../../tests/conformance/apis/arguments.json");
/// So is the page that has the components.
const TEMPLATE: &str = include_str!("../../../tests/conformance/apis/app/pages/index/index.wxml");

const PAGE: &str = r"
const refusal = /:fail not supported on this host/
const { objects } = require('../../objects')
const made = {
  $function: () => () => {},
  $page: () => getCurrentPages()[0],
  $buffer: () => new Uint8Array(4).buffer,
  $floats: () => new Float32Array(2),
  $pixels: () => new Uint8ClampedArray(64),
  $image: () => wx.createOffscreenCanvas({ type: '2d', width: 4, height: 4 }),
  $path: () => root.createPath2D(),
  $destination: () => root.destination,
  $fd: () => '0',
}
let root
const fill = (value) => {
  if (typeof value === 'string') return made[value] ? made[value]() : value.replace('$user', wx.env.USER_DATA_PATH)
  if (Array.isArray(value)) return value.map(fill)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]))
}
const give = ({ name, arguments: given = [], then = [] }) => {
  root = wx[name](...fill(given))
  return then.reduce((owner, [member, ...more]) => {
    return typeof owner[member] === 'function' ? owner[member](...fill(more)) : owner[member]
  }, root)
}
const query = ({ query: selector, member }) => new Promise((done) => {
  const node = wx.createSelectorQuery().select(selector)
  node[member]((found) => done(found && found[member])).exec()
  setTimeout(done, 500)
})
Page({
  data: { next: '', camera: true },
  onReady() {
    setTimeout(() => this.look(), 500)
  },
  async look() {
    const lists = { absent: [], missing: [], refused: [], silent: [], succeeded: [] }
    const each = async ({ object, giver, methods }) => {
      const get = async () => {
        try { return giver.query ? await query(giver) : give(giver) } catch (error) { return undefined }
      }
      const first = await get()
      if (!first) return lists.absent.push(object)
      for (const { name, kind, arguments: given } of methods) {
        // A second worker may not be started beside the first one.
        const owner = (await get()) || first
        const full = `${object}.${name}`
        if (typeof (owner && owner[name]) !== 'function') { lists.missing.push(full); continue }
        const judge = (error) => refusal.test(String(error && (error.errMsg || error.message))) && lists.refused.push(full)
        try {
          const positional = Array.isArray(given)
          if (kind !== 'call') {
            owner[name](...(positional ? fill(given) : given === undefined ? [] : [fill(given)]))
            continue
          }
          const silent = {}
          const ended = new Promise((done) => {
            const success = () => { lists.succeeded.push(full); done() }
            const ends = { success, fail: (failure) => { judge(failure); done() }, complete: done }
            owner[name](positional ? fill(given)[0] : { ...fill(given || {}), ...ends }, ...(positional ? fill(given).slice(1) : []))
            if (positional) done()
          })
          const end = await Promise.race([ended, new Promise((done) => setTimeout(done, 1500, silent))])
          if (end === silent) lists.silent.push(full)
        } catch (error) {
          judge(error)
        }
      }
    }
    await Promise.all(objects.map((object) => each(object).catch(() => lists.absent.push(object.object))))
    for (const [what, names] of Object.entries(lists)) {
      for (let at = 0; at === 0 || at < names.length; at += 40) this.tell(what, names.slice(at, at + 40))
    }
  },
  tell(what, names) {
    setTimeout(() => { throw new Error(`${what}: ${names.join(' ')}`) }, 1)
  },
})
";

/// They end the page, the run, or what the next method is called on.
const LEAVE: [&str; 1] = ["UpdateManager.applyUpdate"];

#[test]
fn the_catalog_says_what_objects_answer_without_a_browser() {
    let catalog = Catalog::load().expect("the catalog");
    let given: Map<String, Value> = serde_json::from_str(ARGUMENTS).expect("arguments of the fixture");
    let givers = givers(&catalog, &given);
    let mut said: BTreeMap<String, bool> = BTreeMap::new();
    let mut objects = Vec::new();
    for object in &catalog.objects {
        let Some(giver) = givers.get(&object.name) else { continue };
        let mut methods = Vec::new();
        for method in
            object.methods.iter().filter(|method| matches!(method.kind, Kind::Call | Kind::Sync | Kind::Event))
        {
            let full = format!("{}.{}", object.name, method.name);
            if LEAVE.contains(&full.as_str()) {
                continue;
            }
            let arguments = given.get(&full).and_then(|options| options.get("arguments"));
            let kind = if method.kind == Kind::Call { "call" } else { "other" };
            methods.push(json!({ "name": method.name, "kind": kind, "arguments": arguments }));
            said.insert(full, method.hosts.headless == Support::Carried);
        }
        objects.push(json!({ "object": object.name, "giver": giver, "methods": methods }));
    }

    let told = run(&objects);
    let listed = |word: &str| listed(&told, word);
    assert!(told.contains("silent:"), "the page told nothing: {told}");
    let absent = listed("absent: ");
    let failures = [(listed("missing: "), "missing"), (listed("refused: "), "refused"), (listed("silent: "), "silent")];
    let succeeded = listed("succeeded: ");
    let differing: Vec<String> = said
        .iter()
        .filter_map(|(name, said)| {
            let object = name.split('.').next().unwrap_or_default();
            let failure = failures.iter().find_map(|(names, why)| names.contains(name).then_some(*why));
            match failure.or_else(|| absent.contains(object).then_some("absent")) {
                Some(why) if *said => Some(format!("{name}: {why}, the catalog says that it is carried out")),
                None if !said && succeeded.contains(name) => {
                    Some(format!("{name}: succeeds, the catalog says that it is not carried out"))
                }
                _ => None,
            }
        })
        .collect();
    assert!(differing.is_empty(), "correct `headless` in crates/mezze-api/catalog:\n{}", differing.join("\n"));
}

/// Opens the page that calls them all and gives what its report says.
fn run(objects: &[Value]) -> String {
    let desk = Desk::new();
    desk.write("app/project.config.json", r#"{ "appid": "org.example.every", "projectname": "every" }"#);
    desk.write("app/app.json", r#"{ "pages": ["pages/every/every"], "workers": "workers" }"#);
    desk.write("app/workers/index.js", "worker.onMessage(() => {})");
    desk.write("app/files/words.txt", "words");
    desk.write("app/app.js", "App({})");
    desk.write("app/objects.js", format!("exports.objects = {}", json!(objects)));
    desk.write("app/pages/every/every.js", PAGE);
    desk.write("app/pages/every/every.wxml", TEMPLATE);
    let output = desk.run(&["audit", "app", "--json", "--full"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    report.to_string()
}

/// By the fixture's own words, else by a synchronous API that gives the object.
fn givers(catalog: &Catalog, given: &Map<String, Value>) -> BTreeMap<String, Value> {
    let own = given.get("$givers").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut givers: BTreeMap<String, Value> = own.into_iter().collect();
    for api in &catalog.apis {
        let Some(object) = api.object.as_ref().filter(|_| api.kind == Kind::Sync) else { continue };
        let arguments = given.get(&api.name).and_then(|options| options.get("arguments")).cloned();
        let giver = json!({ "name": api.name, "arguments": arguments.unwrap_or_else(|| json!([])) });
        givers.entry(object.clone()).or_insert(giver);
    }
    givers
}
