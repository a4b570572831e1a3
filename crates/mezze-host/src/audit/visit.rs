//! One page: opened with parameters that it may expect, left to itself, tapped, scrolled, pulled down and closed.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mezze_api::Catalog;

use crate::headless::{
    App, AppFiles, Budget, Excess, NodeId, Observations, PageAddress, PageState, ScriptError, StartFailure, TreeFigures,
};

/// Milliseconds of the app's clock for a page to come to rest.
const SETTLE: u64 = 2500;
const AFTER_TAP: u64 = 500;
/// For timers that a closed page may have left.
const AFTER_CLOSE: u64 = 5000;
/// Timers that fire after a page was closed and may be of what it had begun to finish.
const FINISHING: u32 = 3;
/// Taps on nodes that look alike.
const ALIKE: u32 = 1;

/// What one page did.
#[derive(Debug)]
pub struct Visit {
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub state: PageState,
    pub excess: Option<Excess>,
    pub figures: TreeFigures,
    pub text: String,
    /// `(tag, src)` of pictures and media.
    pub sources: Vec<(String, String)>,
    pub tags: BTreeMap<String, u32>,
    pub taps: u32,
    /// Errors that came without anybody touching the page, and without a server's answer.
    pub errors_at_opening: usize,
    pub timers_left: u32,
    pub observations: Observations,
}

/// Visits a page.
pub fn visit(
    files: &Arc<AppFiles>,
    catalog: &Arc<Catalog>,
    path: &str,
    query: BTreeMap<String, String>,
    budget: &Budget,
    most_taps: usize,
) -> Result<Visit, StartFailure> {
    let address = PageAddress { path: path.to_owned(), query: query.clone() };
    let visited = catch_unwind(AssertUnwindSafe(|| {
        let app = App::start(Arc::clone(files), Arc::clone(catalog), budget.clone(), &address)?;
        Ok(walk_through(app, files, path, most_taps))
    }));
    let mut visit = match visited {
        Ok(Ok(visit)) => visit,
        Ok(Err(failure)) => return Err(failure),
        // A defect of ours must not take the other pages with it.
        Err(_) => Visit::broken(path),
    };
    visit.query = query;
    Ok(visit)
}

impl Visit {
    fn broken(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            query: BTreeMap::new(),
            state: PageState::Opening,
            excess: Some(Excess::Breakdown("the headless host itself failed; please report it".to_owned())),
            figures: TreeFigures::default(),
            text: String::new(),
            sources: Vec::new(),
            tags: BTreeMap::new(),
            taps: 0,
            errors_at_opening: 0,
            timers_left: 0,
            observations: Observations::default(),
        }
    }
}

fn walk_through(mut app: App, files: &AppFiles, path: &str, most_taps: usize) -> Visit {
    app.run(SETTLE);
    let mut visit = Visit::broken(path);
    visit.excess = None;
    visit.state = app.state_of_first();
    visit.errors_at_opening =
        app.observations().errors.iter().filter(|error| !error.after_stub && !is_ours(error)).count();
    look(&mut app, &mut visit);
    if visit.state == PageState::Ready && app.is_first_shown() {
        visit.taps = tap_through(&mut app, most_taps);
        move_about(&mut app, files, path);
        look(&mut app, &mut visit);
        visit.timers_left = timers_after_closing(&mut app);
    }
    visit.excess = app.excess().cloned();
    visit.observations = app.observations().clone();
    visit.observations.errors.retain(|error| !is_ours(error));
    visit
}

/// A page that was opened alone has nowhere to go back to, which its maker could not know.
fn is_ours(error: &ScriptError) -> bool {
    error.message.contains("navigateBack:fail cannot navigate back at first page")
}

/// Notes what the page shows; of figures, the largest that were seen.
fn look(app: &mut App, visit: &mut Visit) {
    if !app.is_first_shown() {
        return;
    }
    let figures = app.figures();
    let known = &visit.figures;
    visit.figures = TreeFigures {
        nodes: figures.nodes.max(known.nodes),
        depth: figures.depth.max(known.depth),
        children: figures.children.max(known.children),
        drawn: figures.drawn.max(known.drawn),
        images: figures.images.max(known.images),
    };
    if visit.text.is_empty() {
        visit.text = app.visible_text();
    }
    let sources = app.sources();
    visit.sources.extend(sources);
    visit.sources.sort();
    visit.sources.dedup();
    for (tag, count) in app.tags() {
        let known = visit.tags.entry(tag).or_default();
        *known = count.max(*known);
    }
}

/// Taps what listens, one of each kind, and comes back after each.
fn tap_through(app: &mut App, most: usize) -> u32 {
    let mut taps = 0;
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut tapped: Vec<NodeId> = Vec::new();
    while (taps as usize) < most {
        let next = app.tappable().into_iter().find(|node| {
            let alike = seen.get(&app.looks_of(*node)).copied().unwrap_or(0);
            alike < ALIKE && !tapped.contains(node)
        });
        let Some(node) = next else { break };
        *seen.entry(app.looks_of(node)).or_default() += 1;
        tapped.push(node);
        app.tap(node);
        app.run(AFTER_TAP);
        taps += 1;
        if app.excess().is_some() {
            break;
        }
        app.back_to_depth(1);
        app.run(AFTER_TAP / 5);
        if !app.is_first_shown() {
            break;
        }
    }
    taps
}

fn move_about(app: &mut App, files: &AppFiles, path: &str) {
    if !app.is_first_shown() {
        return;
    }
    app.scroll_to_end();
    app.run(AFTER_TAP);
    let config = &files.config;
    let own = config.pages.get(path).and_then(|page| page.window.enable_pull_down_refresh);
    if own.or(config.window.enable_pull_down_refresh) == Some(true) {
        app.pull_down();
        app.run(AFTER_TAP);
    }
}

/// Timers that go on after the page was closed.
fn timers_after_closing(app: &mut App) -> u32 {
    if app.excess().is_some() {
        return 0;
    }
    app.close_current();
    app.run(AFTER_CLOSE / 5);
    let before = app.observations().timers;
    app.run(AFTER_CLOSE);
    let fired = app.observations().timers - before;
    if fired > FINISHING { fired } else { 0 }
}
