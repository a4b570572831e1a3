//! What a visitor of a running app does and sees.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::app::{App, PageState};
use super::bridge::routing::Step;
use super::budget::Excess;
use super::observations::Observations;
use super::tree::operations::MOST_DEPTH;
use super::tree::{NodeId, TreeFigures};
use super::view::View;

/// The page that an app is started at.
const FIRST: u32 = 1;
/// Bytes of visible text that are kept of a page.
const MOST_TEXT: usize = 4000;

impl App {
    /// The page that is shown: its path and what became of it.
    pub fn current(&self) -> Option<(&str, &PageState)> {
        let page = self.pages.get(&self.stack.current()?)?;
        Some((&page.path, &page.state))
    }

    /// What became of the page that the app was started at.
    pub fn state_of_first(&self) -> PageState {
        self.pages.get(&FIRST).map_or(PageState::Opening, |page| page.state.clone())
    }

    /// Whether the user is on the page that the app was started at.
    pub fn is_first_shown(&self) -> bool {
        self.stack.current() == Some(FIRST)
    }

    /// Pages on the stack.
    pub fn depth(&self) -> usize {
        self.stack.depth()
    }

    pub fn excess(&self) -> Option<&Excess> {
        self.excess.as_ref()
    }

    pub fn observations(&self) -> std::cell::Ref<'_, Observations> {
        self.engine.shared.observations.borrow()
    }

    fn current_view(&self) -> Option<&View> {
        self.pages.get(&self.stack.current()?).map(|page| &page.view)
    }

    fn current_view_mut(&mut self) -> Option<(u32, &mut View)> {
        let id = self.stack.current()?;
        self.pages.get_mut(&id).map(|page| (id, &mut page.view))
    }

    /// Figures of the page that is shown. One that is deeper than a page frame allows ends here.
    pub fn figures(&mut self) -> TreeFigures {
        let figures = self.current_view().map(|view| view.tree.figures()).unwrap_or_default();
        if figures.depth > MOST_DEPTH {
            let detail = format!("nodes lie {} deep, {MOST_DEPTH} are allowed", figures.depth);
            self.stop(Excess::Violation { rule: "depth", detail });
        }
        figures
    }

    /// Text of the page that is shown.
    pub fn visible_text(&self) -> String {
        self.current_view().map(|view| view.tree.visible_text(MOST_TEXT)).unwrap_or_default()
    }

    /// Addresses of pictures and media on the page that is shown: tag and `src`.
    pub fn sources(&self) -> Vec<(String, String)> {
        let Some(view) = self.current_view() else { return Vec::new() };
        let with_source = |tag: &str| {
            ["image", "video", "audio", "cover-image", "web-view", "live-player", "live-pusher"].contains(&tag)
        };
        view.tree
            .walk()
            .filter_map(|(_, _, node)| {
                let tag = node.tag().filter(|tag| with_source(tag))?;
                Some((tag.to_owned(), node.attribute_text("src")?.to_owned()))
            })
            .take(2000)
            .collect()
    }

    /// Tags on the page that is shown.
    pub fn tags(&self) -> BTreeMap<String, u32> {
        let mut tags = BTreeMap::new();
        let view = self.current_view();
        for (_, _, node) in view.into_iter().flat_map(|view| view.tree.walk()) {
            if let Some(tag) = node.tag() {
                *tags.entry(tag.to_owned()).or_default() += 1;
            }
        }
        tags
    }

    /// What a tap may do something to: nodes that listen to taps, navigators and buttons that open something.
    pub fn tappable(&self) -> Vec<NodeId> {
        let Some(view) = self.current_view() else { return Vec::new() };
        view.tree
            .walk()
            .filter(|(_, _, node)| {
                let listens = node.listeners.get("tap").is_some_and(|flags| *flags != 0);
                (listens || node.tag() == Some("navigator")) && !node.is_set("disabled") && !node.is_set("hidden")
            })
            .map(|(id, _, _)| id)
            .collect()
    }

    /// Tag, classes and depth of a node: rows of a list are alike.
    pub fn looks_of(&self, node: NodeId) -> String {
        let Some(view) = self.current_view() else { return String::new() };
        let above = view.tree.depth_of(node);
        view.node(node)
            .map_or(String::new(), |node| format!("{} {} {above}", node.tag().unwrap_or_default(), node.class))
    }

    /// A finger on a node: down, up, and the tap.
    pub fn tap(&mut self, node: NodeId) {
        let Some((port, view)) = self.current_view_mut() else { return };
        let place = view.place(node);
        let touch = (place.left + place.width / 2.0, place.top + place.height / 2.0);
        let detail = json!({ "x": touch.0, "y": touch.1 });
        let mut events = Vec::new();
        for kind in ["touchstart", "touchend"] {
            events.push(view.event(node, kind, json!({}), Some(touch)));
        }
        events.push(view.event(node, "tap", detail, Some(touch)));
        let tapped = view.node(node).filter(|tapped| tapped.tag() == Some("navigator"));
        if let Some(navigator) = tapped.map(|tapped| json!(camel_case(&tapped.attributes))) {
            events.push(view.event(node, "mezze.navigate", navigator, None));
        }
        for event in events {
            self.send(0, port, &event, 0);
        }
    }

    /// Scrolls to the end of the page, which is told so.
    pub fn scroll_to_end(&mut self) {
        let Some((port, view)) = self.current_view_mut() else { return };
        let top = view.scroll_to_end();
        let messages =
            [view.page_message("scroll", &json!({ "scrollTop": top })), view.page_message("reachBottom", &json!({}))];
        for message in messages {
            self.send(0, port, &message, 0);
        }
    }

    pub fn pull_down(&mut self) {
        let Some((port, view)) = self.current_view_mut() else { return };
        let message = view.page_message("pullDownRefresh", &json!({}));
        self.send(0, port, &message, 0);
    }

    /// The user goes back until so many pages are left.
    pub fn back_to_depth(&mut self, depth: usize) {
        let over = self.stack.depth().saturating_sub(depth.max(1));
        if over > 0
            && let Ok(steps) = self.stack.navigate_back(over)
        {
            self.take_steps(steps);
        }
    }

    /// Closes the page that is shown, for good.
    pub fn close_current(&mut self) {
        if let Some(page) = self.stack.close_current() {
            self.take_steps(vec![Step::Unload(page)]);
        }
    }
}

fn camel_case(attributes: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let rename = |name: &str| {
        let mut parts = name.split('-');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |name, part| {
            let mut letters = part.chars();
            let head: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
            name + &head + letters.as_str()
        })
    };
    attributes.iter().map(|(name, value)| (rename(name), value.clone())).collect()
}
