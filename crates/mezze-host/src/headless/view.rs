//! One page as its logic sees it: the tree, and what a page frame answers when it is asked
//! (`web/runtime/protocol/view-methods.ts`). Sizes and places are estimates, see [`Layout`].

use serde_json::{Map, Value, json};

use super::tree::{Layout, Node, NodeBox, NodeId, ROOT, Tree, Viewport, Violation};

/// What a message of logic is answered by.
#[derive(Debug)]
pub struct Answer {
    /// Milliseconds of the app's clock.
    pub after: u64,
    pub message: Value,
}

/// One page's view.
pub struct View {
    pub tree: Tree,
    viewport: Viewport,
    layout: Option<(u64, Layout)>,
    scroll_top: f64,
    /// Number of the last event.
    sequence: u64,
    /// When the page was opened, on the app's clock.
    opened: u64,
    /// Batches that were drawn.
    pub batches: u32,
}

/// A frame takes as long to draw and acknowledge.
const FRAME: u64 = 16;

impl View {
    pub fn new(viewport: Viewport, opened: u64) -> Self {
        Self { tree: Tree::new(), viewport, layout: None, scroll_top: 0.0, sequence: 0, opened, batches: 0 }
    }

    /// Takes a message of logic; answers what is to be sent back.
    pub fn receive(&mut self, message: &Value) -> Result<Vec<Answer>, Violation> {
        match message["k"].as_str() {
            Some("ops") => {
                self.tree.apply(message["ops"].as_array().map(Vec::as_slice).unwrap_or_default())?;
                // A part of a batch: only the last is acknowledged.
                if message["more"] == true {
                    return Ok(Vec::new());
                }
                self.batches += 1;
                Ok(vec![Answer { after: FRAME, message: json!({ "k": "ack", "seq": message["seq"] }) }])
            }
            Some("invoke") => Ok(self.invoke(message)),
            _ => Ok(Vec::new()),
        }
    }

    fn invoke(&mut self, message: &Value) -> Vec<Answer> {
        let node = message["node"].as_u64().and_then(|node| NodeId::try_from(node).ok()).unwrap_or(0);
        let empty = Vec::new();
        let arguments = message["args"].as_array().unwrap_or(&empty);
        let method = message["method"].as_str().unwrap_or_default();
        let mut answers = Vec::new();
        let value = match method {
            "measure" => self.measure(arguments.first()),
            "boundingClientRect" => self.rectangle(node),
            "scrollOffset" => self.scroll_offset(node),
            "fields" => self.fields(node, arguments.first().unwrap_or(&Value::Null)),
            "pageScrollTo" => {
                self.scroll_top = arguments.first().and_then(|to| to["scrollTop"].as_f64()).unwrap_or(0.0).max(0.0);
                Value::Null
            }
            "startPullDownRefresh" => {
                answers.push(Answer { after: FRAME, message: self.page_message("pullDownRefresh", &json!({})) });
                Value::Null
            }
            "observe" => {
                let event = self.intersection(node, arguments.first().unwrap_or(&Value::Null));
                answers.push(Answer { after: FRAME, message: event });
                Value::Null
            }
            "observeMedia" => {
                let detail = json!({ "observer": arguments.first(), "matches": false });
                answers.push(Answer { after: FRAME, message: self.event(ROOT, "mezze.media", detail, None) });
                Value::Null
            }
            "selectedTextRange" => json!({ "start": 0, "end": 0 }),
            "canvas" => {
                let NodeBox { width, height, .. } = self.place(node);
                json!({ "canvas": { "$canvas": [width, height] }, "width": width, "height": height })
            }
            "picture" => json!({ "bitmap": { "$bitmap": [320, 240] }, "width": 320, "height": 240 }),
            // Focus, scrolling, animations, media: done at once, and nothing comes of it.
            _ => Value::Null,
        };
        let after = if method == "animate" { duration_of(arguments) } else { 0 };
        answers.push(Answer { after, message: json!({ "k": "result", "id": message["id"], "value": value }) });
        answers
    }

    fn layout(&mut self) -> &Layout {
        let version = self.tree.version;
        let fresh = self.layout.as_ref().is_none_or(|(known, _)| *known != version);
        if fresh {
            self.layout = Some((version, Layout::of(&self.tree, self.viewport)));
        }
        &self.layout.get_or_insert_with(|| (version, Layout::default())).1
    }

    /// Box of a node on the page; node 0 is the viewport.
    pub fn place(&mut self, node: NodeId) -> NodeBox {
        if node == 0 {
            return NodeBox { left: 0.0, top: 0.0, width: self.viewport.width, height: self.viewport.height };
        }
        self.layout().get(node)
    }

    fn rectangle(&mut self, node: NodeId) -> Value {
        let NodeBox { left, top, width, height } = self.place(node);
        let top = if node == 0 { top } else { top - self.scroll_top };
        json!({
            "left": left, "top": top, "right": left + width, "bottom": top + height, "width": width, "height": height
        })
    }

    fn scroll_offset(&mut self, node: NodeId) -> Value {
        let content = self.layout().content_height;
        let own = self.place(node);
        if node == 0 {
            let height = content.max(self.viewport.height);
            return json!({
                "scrollLeft": 0, "scrollTop": self.scroll_top, "scrollWidth": own.width, "scrollHeight": height
            });
        }
        json!({ "scrollLeft": 0, "scrollTop": 0, "scrollWidth": own.width, "scrollHeight": own.height })
    }

    fn measure(&mut self, requests: Option<&Value>) -> Value {
        let requests = requests.and_then(Value::as_array).cloned().unwrap_or_default();
        let measured = requests.iter().map(|request| {
            let node = request["node"].as_u64().and_then(|node| NodeId::try_from(node).ok()).unwrap_or(0);
            self.fields(node, &request["fields"])
        });
        Value::Array(measured.collect())
    }

    fn fields(&mut self, node: NodeId, wanted: &Value) -> Value {
        if node != 0 && !self.tree.is_attached(node) {
            return Value::Null;
        }
        let mut answer = Map::new();
        let mut take = |from: Value, names: &[&str]| {
            for name in names {
                answer.insert((*name).to_owned(), from[*name].clone());
            }
        };
        if wanted["rect"] == true {
            take(self.rectangle(node), &["left", "top", "right", "bottom"]);
        }
        if wanted["size"] == true {
            take(self.rectangle(node), &["width", "height"]);
        }
        if wanted["scrollOffset"] == true {
            take(self.scroll_offset(node), &["scrollLeft", "scrollTop", "scrollWidth", "scrollHeight"]);
        }
        let known = self.tree.get(node);
        if wanted["id"] == true {
            answer.insert("id".to_owned(), json!(known.map(|node| node.name.as_str()).unwrap_or_default()));
        }
        for name in names_in(&wanted["properties"]) {
            let value = known.and_then(|node| node.attribute(name)).cloned().unwrap_or_default();
            answer.insert(name.to_owned(), value);
        }
        for name in names_in(&wanted["computedStyle"]) {
            answer.insert(name.to_owned(), json!(""));
        }
        Value::Object(answer)
    }

    fn intersection(&mut self, node: NodeId, request: &Value) -> Value {
        let own = self.rectangle(node);
        let window = self.rectangle(0);
        let top = own["top"].as_f64().unwrap_or_default();
        let bottom = own["bottom"].as_f64().unwrap_or_default();
        let height = (bottom - top).max(0.0);
        let shown = (bottom.min(self.viewport.height) - top.max(0.0)).max(0.0);
        let ratio = if height > 0.0 { (shown / height).min(1.0) } else { 0.0 };
        let name = self.tree.get(node).map(|node| node.name.clone()).unwrap_or_default();
        let detail = json!({
            "observer": request["observer"], "id": name, "intersectionRatio": ratio, "intersectionRect": own,
            "boundingClientRect": own, "relativeRect": window, "time": 0
        });
        self.event(node, "mezze.intersection", detail, None)
    }

    /// An event as a page frame sends it; `touch` is where a finger was.
    pub fn event(&mut self, node: NodeId, kind: &str, detail: Value, touch: Option<(f64, f64)>) -> Value {
        self.sequence += 1;
        let place = if self.tree.get(node).is_some() { self.place(node) } else { NodeBox::default() };
        let mut event = json!({
            "node": node, "type": kind, "detail": detail, "timeStamp": self.opened + self.sequence,
            "seq": self.sequence, "offset": { "left": place.left, "top": place.top }
        });
        if let Some((x, y)) = touch {
            let point = json!({
                "identifier": 0, "pageX": x, "pageY": y + self.scroll_top, "clientX": x, "clientY": y, "force": 1
            });
            event["touches"] = if kind == "touchend" { json!([]) } else { json!([point]) };
            event["changedTouches"] = json!([point]);
        }
        json!({ "k": "event", "event": event })
    }

    /// Something that happened to the page.
    pub fn page_message(&mut self, kind: &str, detail: &Value) -> Value {
        self.sequence += 1;
        json!({ "k": "page", "type": kind, "detail": detail, "seq": self.sequence })
    }

    /// Scrolls to the end; answers the offset.
    pub fn scroll_to_end(&mut self) -> f64 {
        let content = self.layout().content_height;
        self.scroll_top = (content - self.viewport.height).max(0.0);
        self.scroll_top
    }

    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.tree.get(id)
    }
}

fn names_in(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// `animate(keyframes, duration)`; the duration may be a member.
fn duration_of(arguments: &[Value]) -> u64 {
    let given = arguments.get(1).unwrap_or(&Value::Null);
    given.as_u64().or_else(|| given["duration"].as_u64()).unwrap_or_default().min(10_000)
}
