//! A mini app run without a browser: the logic runtime of the web host in QuickJS, against a node tree in Rust.
//!
//! ```text
//! app's modules ─ logic runtime (web/runtime/logic/headless) ─ QuickJS
//!        │ operations, calls (JSON text)          ▲ events, results
//!        ▼                                        │
//!   View (node tree, box estimate)          Bridge (routing, answers from the API catalog)
//! ```
//! | module | what it does |
//! |---|---|
//! | [`App`] | one running app: opens pages, taps, scrolls, waits until nothing is due |
//! | `engine` | QuickJS with limits on time, memory and stack |
//! | `clock` | the app's time, which moves only when this host moves it |
//! | `tree` | nodes, and the boxes they are taken to have |
//! | `view` | what a page frame answers |
//! | `bridge` | what the shell answers |
//! | [`Observations`] | what happened |
//!
//! Nothing of the app reaches a network, a disk or the system's clock. What goes over a limit ends that run with an
//! [`Excess`]; the caller's thread goes on.

mod app;
mod bridge;
mod budget;
mod bundle;
mod clock;
mod engine;
mod files;
mod observations;
mod page_url;
mod snapshot;
mod tree;
mod view;
mod visitor;

pub use app::{App, PageState, StartFailure};
pub use budget::{Budget, Excess};
pub use bundle::logic_runtime;
pub use files::AppFiles;
pub use observations::{
    CallUse, DataWrites, Navigation, NetworkUse, Observations, PackagePosition, RequestUse, ScriptError,
};
pub use page_url::{PageAddress, resolve_page_url};
pub use tree::{NodeId, TreeFigures};

/// A page without an app, for the fuzz targets.
pub(crate) fn lone_page() -> view::View {
    view::View::new(tree::Viewport { width: 375.0, height: 667.0 }, 0)
}

/// Answers one message of a page's logic as the host does; false where the page would be stopped for it.
pub(crate) fn answer_message(page: &mut view::View, message: &serde_json::Value, catalog: &mezze_api::Catalog) -> bool {
    if let Some(call) = bridge::Call::read(message) {
        let answered = bridge::network::answer(&call).0.and_then(|_| bridge::answers::answer(&call, catalog));
        let _ = (bridge::scope_of(catalog, &call), bridge::network::noted(&call, 0), call.answer(answered));
        let _ = resolve_page_url(call.text("url"), "pages/a/a");
        return true;
    }
    page.receive(message).is_ok()
}
