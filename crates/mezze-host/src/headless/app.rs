//! One running app: its engine, its pages, and the loop that carries messages between them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use mezze_api::Catalog;
use mezze_model::app_config::NavigationStyle;
use serde_json::{Value, json};

use super::bridge::routing::{PageStack, Pages, Step};
use super::bridge::{Call, answers, network, scope_of};
use super::budget::{Budget, Excess};
use super::clock::Due;
use super::engine::{Engine, EngineFailure};
use super::files::AppFiles;
use super::observations::{Navigation, PackagePosition, ScriptError};
use super::page_url::{PageAddress, resolve_page_url};
use super::snapshot;
use super::tree::{Viewport, Violation};
use super::view::View;

/// Port of the bridge; pages' ports have the numbers of the pages.
const BRIDGE: u32 = 0;
/// Files of a package that are larger have no contents here.
const LARGEST_READ: usize = 256 << 10;

/// Why an app did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFailure {
    #[error("the headless runtime is missing: run `npm run build` in web/ and build again")]
    NotBuilt,
    #[error("the script engine did not start: {0}")]
    Engine(String),
}

impl From<EngineFailure> for StartFailure {
    fn from(failure: EngineFailure) -> Self {
        match failure {
            EngineFailure::NotBuilt => Self::NotBuilt,
            EngineFailure::Engine(reason) => Self::Engine(reason),
        }
    }
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageState {
    Opening,
    Ready,
    Failed(String),
    Closed,
}

pub(super) struct OpenPage {
    pub(super) path: String,
    pub(super) view: View,
    pub(super) state: PageState,
}

/// A running app. Not to be moved between threads: make it where it runs.
pub struct App {
    files: Arc<AppFiles>,
    catalog: Arc<Catalog>,
    pub(super) engine: Engine,
    pub(super) stack: PageStack,
    pub(super) pages: BTreeMap<u32, OpenPage>,
    loaded: HashSet<String>,
    steps: usize,
    pub(super) excess: Option<Excess>,
    /// Whether what runs was set off by an answer of the stub that stands for a server.
    after_stub: bool,
    /// Whether such an answer came before: what the app keeps of it lacks what a server would have said.
    stubbed: bool,
}

impl App {
    /// Starts an app at a page. What it does at once is done when this returns; the rest comes with [`App::run`].
    ///
    /// # Errors
    /// The engine itself did not start. Whatever the app does wrong is in [`App::excess`] and the observations.
    pub fn start(
        files: Arc<AppFiles>,
        catalog: Arc<Catalog>,
        budget: Budget,
        first: &PageAddress,
    ) -> Result<Self, StartFailure> {
        let engine = Engine::start(budget)?;
        let mut app = Self {
            files,
            catalog,
            engine,
            stack: PageStack::default(),
            pages: BTreeMap::new(),
            loaded: HashSet::new(),
            steps: 0,
            excess: None,
            after_stub: false,
            stubbed: false,
        };
        app.launch(first);
        Ok(app)
    }

    fn launch(&mut self, first: &PageAddress) {
        let page = self.stack.begin(&first.path, self.is_tab(&first.path));
        self.add_page(page, &first.path);
        let viewport = self.viewport_of(&first.path);
        self.load_package_of(&first.path);
        let main = self.prepare_package(0);
        let start = json!({
            "k": "start",
            "config": &self.files.config,
            "host": snapshot::host(&self.files.config, &self.catalog, viewport),
            "launch": { "path": first.path, "query": first.query, "scene": 1001, "referrerInfo": {} },
            "storage": [],
            "files": { "kept": [], "packaged": self.packaged_files(false) },
            "scripts": main.0,
            "templates": main.1,
            "development": true,
            "page": opening(page, first, "appLaunch", viewport),
        });
        self.loaded.insert(String::new());
        self.send(0, BRIDGE, &start, page);
        self.run(0);
    }

    /// Lets that many milliseconds of the app's clock pass, with all that is due in them.
    pub fn run(&mut self, milliseconds: u64) {
        let until = self.engine.shared.clock.borrow().now() + milliseconds;
        self.collect();
        while self.excess.is_none() {
            let Some(due) = self.engine.shared.clock.borrow_mut().take(until) else { break };
            self.steps += 1;
            if self.steps > self.engine.budget().steps {
                self.stop(Excess::Steps(self.engine.budget().steps));
                return;
            }
            self.after_stub = matches!(&due, Due::Message { text, .. } if text.contains(network::STUB_MARK));
            self.stubbed |= self.after_stub;
            let done = match due {
                Due::Timer(timer) => self.engine.fire(timer),
                Due::Message { port, text, opened } => self.engine.receive(port, &text, opened),
            };
            if let Err(excess) = done {
                self.stop(excess);
            }
            self.collect();
            if self.engine.is_over() {
                self.stop(Excess::Time(self.engine.budget().time));
            }
        }
        self.engine.shared.clock.borrow_mut().advance_to(until);
    }

    pub(super) fn stop(&mut self, excess: Excess) {
        self.excess.get_or_insert(excess);
    }

    /// Handles what logic sent.
    fn collect(&mut self) {
        loop {
            let messages = std::mem::take(&mut *self.engine.shared.outbox.borrow_mut());
            if messages.is_empty() || self.excess.is_some() {
                return;
            }
            for (port, text) in messages {
                let message: Value = match serde_json::from_str(&text) {
                    Ok(message) => message,
                    Err(error) => {
                        let detail = format!("a message can't be read: {error}");
                        return self.stop(Excess::Violation { rule: "message", detail });
                    }
                };
                if port == BRIDGE {
                    self.receive(&message);
                } else {
                    self.receive_of_page(port, &message);
                }
            }
        }
    }

    fn receive_of_page(&mut self, port: u32, message: &Value) {
        let Some(page) = self.pages.get_mut(&port) else { return };
        match page.view.receive(message) {
            Ok(answers) => {
                for answer in answers {
                    self.send(answer.after, port, &answer.message, 0);
                }
                if message["k"] == "ops" {
                    let elapsed = self.engine.shared.clock.borrow().elapsed();
                    self.engine.shared.observations.borrow_mut().first_drawn.get_or_insert(elapsed);
                }
            }
            Err(Violation { rule, detail }) => self.stop(Excess::Violation { rule, detail }),
        }
    }

    fn receive(&mut self, message: &Value) {
        match message["k"].as_str() {
            Some("call") => {
                if let Some(call) = Call::read(message) {
                    self.carry_out(&call);
                }
            }
            Some("task") => {
                let task = message["task"].as_u64().unwrap_or(0);
                let method = message["method"].as_str().unwrap_or_default();
                if let Some(event) = network::task_answer(task, method, &message["args"]) {
                    self.send(event.after, BRIDGE, &event.message, 0);
                }
            }
            Some("page.ready") => self.set_state(message, PageState::Ready),
            Some("page.failed") => {
                let reason = message["message"].as_str().unwrap_or_default().to_owned();
                self.set_state(message, PageState::Failed(reason));
            }
            Some("console") => {
                let level = message["level"].as_str().unwrap_or_default();
                let text = message["text"].as_str().unwrap_or_default().to_owned();
                self.engine.shared.observations.borrow_mut().console_line(level, text);
            }
            Some("error") => {
                let error = read_error(message);
                let after_stub = self.after_stub || (self.stubbed && lacks_data(&error.message));
                let error = ScriptError { after_stub, ..error };
                self.engine.shared.observations.borrow_mut().error(error);
            }
            _ => {}
        }
    }

    fn set_state(&mut self, message: &Value, state: PageState) {
        let id = message["pageId"].as_u64().and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
        if let Some(page) = self.pages.get_mut(&id) {
            page.state = state;
        }
    }

    fn carry_out(&mut self, call: &Call) {
        // Number 0 is the runtime's own word to the watchdog.
        if call.id == 0 {
            return;
        }
        let elapsed = self.engine.shared.clock.borrow().elapsed();
        let result = match call.api.as_str() {
            "navigateTo" | "redirectTo" | "reLaunch" | "switchTab" | "navigateBack" => self.navigate(call),
            "loadSubpackage" => {
                self.load_package(call.text("root"));
                Ok(json!({}))
            }
            // Everything of the package is here already.
            "fetchSubpackage" => Ok(json!({})),
            "readPackageFiles" => Ok(json!({ "files": self.packaged_files(true) })),
            _ => match network::noted(call, elapsed) {
                Some(request) => {
                    self.engine.shared.observations.borrow_mut().request(request);
                    let (result, events) = network::answer(call);
                    for event in events {
                        self.send(event.after, BRIDGE, &event.message, 0);
                    }
                    self.note(call, result.is_err());
                    return self.settle(call, network::DELAY, result);
                }
                None => answers::answer(call, &self.catalog),
            },
        };
        self.note(call, result.is_err());
        self.settle(call, answers::DELAY, result);
    }

    /// Answers a call. Temporary files that the answer names are there before it comes.
    fn settle(&self, call: &Call, after: u64, result: Result<Value, String>) {
        for path in result.iter().flat_map(answers::temporary_files) {
            let detail = json!({ "path": path, "data": { "$bytes": "headless" } });
            self.send(after, BRIDGE, &json!({ "k": "event", "name": "file.added", "detail": detail }), 0);
        }
        self.send(after, BRIDGE, &call.answer(result), 0);
    }

    /// The files of the package as the file system manager lists them; their contents as far as they are text.
    fn packaged_files(&self, with_data: bool) -> Vec<Value> {
        let own = self.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("file/")?, bytes)));
        own.map(|(path, bytes)| {
            if with_data && bytes.len() <= LARGEST_READ {
                let text = String::from_utf8_lossy(bytes);
                json!({ "path": path, "size": bytes.len(), "data": { "$bytes": text } })
            } else {
                json!({ "path": path, "size": bytes.len() })
            }
        })
        .collect()
    }

    fn note(&mut self, call: &Call, failed: bool) {
        let scope = scope_of(&self.catalog, call);
        let mut observations = self.engine.shared.observations.borrow_mut();
        observations.scopes.extend(scope);
        let known = observations.calls.entry(call.api.clone()).or_default();
        known.count += 1;
        known.failed += u32::from(failed);
    }

    fn navigate(&mut self, call: &Call) -> Result<Value, String> {
        let from = self.stack.path_of(call.page).unwrap_or_default().to_owned();
        let address = resolve_page_url(call.text("url"), &from);
        let config = Arc::clone(&self.files);
        let exists = |path: &str| config.config.pages.contains_key(path);
        let is_tab = |path: &str| is_tab(&config, path);
        let app = Pages { exists: &exists, is_tab: &is_tab };
        let steps = match call.api.as_str() {
            "navigateTo" => self.stack.navigate_to(address.clone(), &app),
            "redirectTo" => self.stack.redirect_to(address.clone(), &app),
            "reLaunch" => self.stack.re_launch(address.clone(), &app),
            "switchTab" => self.stack.switch_tab(&address.path, &app),
            _ => {
                let delta = call.args["delta"].as_u64().and_then(|delta| usize::try_from(delta).ok()).unwrap_or(1);
                self.stack.navigate_back(delta)
            }
        };
        self.engine.shared.observations.borrow_mut().navigations.push(Navigation {
            api: call.api.clone(),
            from,
            to: address.path,
            failure: steps.as_ref().err().cloned(),
        });
        self.take_steps(steps?);
        Ok(json!({}))
    }

    pub(super) fn take_steps(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Hide(page) => self.send(0, BRIDGE, &json!({ "k": "page.hide", "pageId": page }), 0),
                Step::Show(page) => self.send(0, BRIDGE, &json!({ "k": "page.show", "pageId": page }), 0),
                Step::Unload(page) => {
                    if let Some(page) = self.pages.get_mut(&page) {
                        page.state = PageState::Closed;
                    }
                    self.send(0, BRIDGE, &json!({ "k": "page.unload", "pageId": page }), 0);
                }
                Step::Open { page, address, open_type } => {
                    self.load_package_of(&address.path);
                    self.add_page(page, &address.path);
                    let opening = opening(page, &address, open_type, self.viewport_of(&address.path));
                    self.send(0, BRIDGE, &json!({ "k": "page.open", "page": opening }), page);
                }
            }
        }
    }

    fn add_page(&mut self, page: u32, path: &str) {
        let opened = self.engine.shared.clock.borrow().elapsed();
        let view = View::new(self.viewport_of(path), opened);
        self.pages.insert(page, OpenPage { path: path.to_owned(), view, state: PageState::Opening });
    }

    fn viewport_of(&self, path: &str) -> Viewport {
        let config = &self.files.config;
        let own = config.pages.get(path).and_then(|page| page.window.navigation_style);
        let custom = own.or(config.window.navigation_style) == Some(NavigationStyle::Custom);
        snapshot::viewport(custom, self.is_tab(path))
    }

    fn is_tab(&self, path: &str) -> bool {
        is_tab(&self.files, path)
    }

    fn load_package_of(&mut self, path: &str) {
        let root = self.files.config.pages.get(path).map(|page| page.component.package.clone());
        if let Some(root) = root.filter(|root| !root.is_empty()) {
            self.load_package(&root);
        }
    }

    /// Gives logic a code package that it does not have yet.
    fn load_package(&mut self, root: &str) {
        let Some(index) = self.files.config.packages.iter().position(|package| package.root == root) else { return };
        if !self.loaded.insert(root.to_owned()) {
            return;
        }
        let (scripts, templates) = self.prepare_package(index);
        let message = json!({ "k": "package", "root": root, "scripts": scripts, "templates": templates });
        self.send(0, BRIDGE, &message, 0);
    }

    /// Puts a code package's joined files where logic can run them; answers their names.
    fn prepare_package(&self, index: usize) -> (String, String) {
        let names = (format!("mezze-package:script/{index}"), format!("mezze-package:template/{index}"));
        let Some(package) = self.files.config.packages.get(index) else { return names };
        let scripts = self.files.joined(package.scripts.iter().map(|script| script.file.as_str()));
        let templates = self.files.joined(package.templates.iter().map(|template| template.file.as_str()));
        let mut texts = self.engine.shared.texts.borrow_mut();
        texts.insert(names.0.clone(), scripts);
        texts.insert(names.1.clone(), templates);
        names
    }

    pub(super) fn send(&self, after: u64, port: u32, message: &Value, opened: u32) {
        self.engine.shared.clock.borrow_mut().send(after, port, message.to_string(), opened);
    }
}

fn is_tab(files: &AppFiles, path: &str) -> bool {
    files.config.tab_bar.as_ref().is_some_and(|bar| bar.list.iter().any(|item| item.page_path == path))
}

fn opening(page: u32, address: &PageAddress, open_type: &str, viewport: Viewport) -> Value {
    json!({
        "pageId": page, "path": address.path, "query": address.query, "openType": open_type,
        "window": snapshot::window(viewport)
    })
}

/// As of an answer's member that is not there.
fn lacks_data(message: &str) -> bool {
    message.contains("cannot read property") && (message.contains("of undefined") || message.contains("of null"))
}

fn read_error(message: &Value) -> ScriptError {
    let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
    let position = message["position"].as_object().and_then(|position| {
        let number =
            |name: &str| position.get(name).and_then(Value::as_u64).and_then(|value| u32::try_from(value).ok());
        Some(PackagePosition {
            file: position.get("file")?.as_str()?.to_owned(),
            line: number("line")?,
            column: number("column")?,
        })
    });
    let message = text("message");
    // An engine without memory for an error throws `null`.
    let rest = message.strip_prefix("null").filter(|rest| rest.is_empty() || rest.starts_with(" ("));
    let message = rest.map_or_else(|| message.clone(), |rest| format!("InternalError: out of memory{rest}"));
    ScriptError { message, stack: own_frames(&text("stack")), position, after_stub: false }
}

/// A stack without the runtime's own frames and the engine's, which say nothing to the app's maker.
fn own_frames(stack: &str) -> String {
    let own = |line: &&str| !line.contains("(mezze-runtime:") && !line.ends_with("(native)") && !line.trim().is_empty();
    stack.lines().filter(own).collect::<Vec<_>>().join("\n")
}
