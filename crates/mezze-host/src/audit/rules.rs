//! WeChat's experience score, rule by rule, with its weights and limits. A rule that is kept scores 100, one that is broken
//! 0; the score is the mean by weight over the rules that could be measured. What needs a device or a network is listed
//! as not measured and left out.
//!
//! Reference: developers.weixin.qq.com, framework/audits (scoring, performance, accessibility, best practice). The page
//! speaks of 27 rules and lists 28.

use serde::Serialize;

use super::package::Inspection;
use super::visit::Visit;
use crate::headless::{Excess, NetworkUse};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    Performance,
    Experience,
    BestPractice,
}

impl Category {
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Performance => "performance",
            Self::Experience => "experience",
            Self::BestPractice => "best practice",
        }
    }
}

/// A rule as WeChat states it.
#[derive(Debug)]
pub struct Rule {
    pub id: &'static str,
    pub category: Category,
    pub weight: u32,
    pub title: &'static str,
    pub limit: &'static str,
    /// What to do where it is broken; where it is not measured here, why.
    pub advice: &'static str,
    measure: fn(&Seen<'_>) -> Outcome,
}

/// What a rule is measured on.
pub struct Seen<'a> {
    pub visits: &'a [Visit],
    pub inspection: &'a Inspection,
}

/// What came of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Outcome {
    Kept {
        measured: String,
    },
    Broken {
        measured: String,
        /// Pages or files that break it, worst first.
        places: Vec<String>,
    },
    NotMeasured {
        why: String,
    },
}

/// A rule with what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct RuleReport {
    pub id: &'static str,
    pub category: Category,
    pub title: &'static str,
    pub weight: u32,
    pub limit: &'static str,
    #[serde(flatten)]
    pub outcome: Outcome,
}

macro_rules! rules {
    ($($id:literal, $category:ident, $weight:literal, $title:literal, $limit:literal, $advice:literal, $measure:expr;)*) => {
        /// Every rule, in WeChat's order.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id, category: Category::$category, weight: $weight, title: $title, limit: $limit, advice: $advice,
            measure: $measure,
        }),*];
    };
}

const DEVICE: &str = "needs a device: the headless host draws nothing and interprets scripts";
const NETWORK: &str = "needs a network: the headless host answers requests itself";
const STYLES: &str = "needs style sheets applied: the headless host estimates boxes without them";

rules! {
    "script-time", Performance, 7, "script execution time", "no script runs longer than 1 s",
        "do less at once, or in parts by setTimeout", script_time;
    "first-screen", Performance, 6, "first screen", "something to see within 5 s",
        "draw what is known before asking a server", first_screen;
    "render-time", Performance, 6, "rendering time", "a drawing takes 500 ms at most", "draw fewer nodes at once", |_| unmeasured(DEVICE);
    "set-data-rate", Performance, 6, "setData calls", "at most 20 calls of setData a second by a page or component",
        "put several calls into one", set_data_rate;
    "set-data-size", Performance, 6, "setData size", "at most 256 KB in one setData",
        "write only what changed, by its path: setData({'list[3].name': …})", set_data_size;
    "nodes", Performance, 6, "WXML nodes", "fewer than 1,000 nodes, depth under 30, at most 60 children",
        "draw long lists in parts, and take boxes out that only hold one other", nodes;
    "request-time", Performance, 5, "request time", "a request takes 1 s at most", "ask for less at once, or cache answers", |_| unmeasured(NETWORK);
    "request-count", Performance, 5, "network requests", "at most 10 requests at the same time",
        "put requests together, or make them when they are needed", request_count;
    "image-count", Performance, 5, "picture requests", "at most 20 pictures requested at the same time",
        "load pictures as they scroll into view: lazy-load", image_count;
    "image-cache", Performance, 4, "picture cache", "pictures are served with a cache header", "send Cache-Control with pictures", |_| unmeasured(NETWORK);
    "image-size", Performance, 4, "picture size", "a picture is at most three times as large as it is shown", "serve smaller pictures", |_| unmeasured(STYLES);
    "request-cache", Performance, 2, "request cache", "the same request is not made twice within 3 minutes",
        "keep the answer", request_cache;
    "inertial-scroll", Experience, 8, "inertial scrolling", "what scrolls has -webkit-overflow-scrolling: touch",
        "add -webkit-overflow-scrolling: touch beside overflow: scroll", inertial_scroll;
    "active-class", Experience, 8, "no :active", "the look of a touch is given by hover-class",
        "use hover-class: :active stays when a finger slides away", active_class;
    "image-ratio", Experience, 4, "picture ratio", "pictures keep their ratio within 15 %", "set mode to aspectFill or aspectFit", |_| unmeasured(STYLES);
    "touch-area", Experience, 3, "touch area", "what can be tapped is at least 20 × 20 px", "make it larger, or its padding", |_| unmeasured(STYLES);
    "safe-area", Experience, 3, "home indicator", "what is fixed to the lower edge leaves room for the home indicator",
        "add padding-bottom: env(safe-area-inset-bottom)", safe_area;
    "window-resize", Experience, 3, "window changes", "the page bears another window size", "use relative sizes", |_| unmeasured(STYLES);
    "contrast", Experience, 0, "colours", "text stands out from what is behind it", "choose colours further apart", |_| unmeasured(STYLES);
    "script-errors", BestPractice, 3, "script errors", "no error that nobody caught", "correct them", script_errors;
    "request-errors", BestPractice, 3, "request errors", "no request fails", "declare origins, and use https:", request_errors;
    "deprecated-api", BestPractice, 2, "deprecated APIs", "no API that its documentation calls deprecated",
        "use what the documentation names instead", deprecated_api;
    "https", BestPractice, 1, "TLS", "every address is https: or wss:", "use https:", https;
    "set-data-unbound", BestPractice, 1, "unbound data", "setData writes only what the template shows",
        "keep it in a member of the page instead", unbound_data;
    "base-library", BestPractice, 0, "base library", "what is used exists in the lowest base library", "ask with canIUse first", |_| unmeasured("is set for each app at its platform");
    "unreachable-page", BestPractice, 0, "unreachable pages", "something leads to every page",
        "remove the page, or link it", unreachable_pages;
    "style-use", BestPractice, 0, "style use", "at least half of the classes of the style sheets are used",
        "import only what is needed", style_use;
    "timers", BestPractice, 0, "timers", "a page's timers end with it", "clear them in onUnload", timers;
}

/// Measures every rule.
pub fn measure(seen: &Seen<'_>) -> Vec<RuleReport> {
    RULES
        .iter()
        .map(|rule| RuleReport {
            id: rule.id,
            category: rule.category,
            title: rule.title,
            weight: rule.weight,
            limit: rule.limit,
            outcome: (rule.measure)(seen),
        })
        .collect()
}

/// 0 to 100; nothing where no rule with a weight was measured.
pub fn score(reports: &[RuleReport]) -> Option<u32> {
    let (mut kept, mut all) = (0, 0);
    for report in reports {
        match report.outcome {
            Outcome::Kept { .. } => {
                kept += report.weight;
                all += report.weight;
            }
            Outcome::Broken { .. } => all += report.weight,
            Outcome::NotMeasured { .. } => {}
        }
    }
    (all > 0).then(|| (kept * 100 + all / 2) / all)
}

fn unmeasured(why: &str) -> Outcome {
    Outcome::NotMeasured { why: why.to_owned() }
}

/// Broken where a page's figure is over the limit; says the largest.
fn by_page<T: PartialOrd + Copy>(
    seen: &Seen<'_>,
    figure: impl Fn(&Visit) -> T,
    over: impl Fn(T) -> bool,
    say: impl Fn(T) -> String,
) -> Outcome {
    let mut figures: Vec<(T, &str)> = seen.visits.iter().map(|visit| (figure(visit), visit.path.as_str())).collect();
    figures.sort_by(|(one, _), (other, _)| other.partial_cmp(one).unwrap_or(std::cmp::Ordering::Equal));
    let Some((largest, _)) = figures.first().copied() else { return unmeasured("there is no page") };
    let places: Vec<String> =
        figures.into_iter().filter(|(figure, _)| over(*figure)).map(|(_, path)| path.to_owned()).collect();
    outcome(say(largest), places)
}

fn outcome(measured: String, places: Vec<String>) -> Outcome {
    if places.is_empty() { Outcome::Kept { measured } } else { Outcome::Broken { measured, places } }
}

fn count_of(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn script_time(seen: &Seen<'_>) -> Outcome {
    let stopped: Vec<String> = seen
        .visits
        .iter()
        .filter(|visit| matches!(visit.excess, Some(Excess::Turn(_) | Excess::Total(_) | Excess::Time(_))))
        .map(|visit| visit.path.clone())
        .collect();
    if !stopped.is_empty() {
        return Outcome::Broken { measured: "a script did not end".to_owned(), places: stopped };
    }
    let longest = seen.visits.iter().map(|visit| visit.observations.longest_turn).max().unwrap_or(0);
    // In steps, so that the answer does not hang on how busy the machine is: an idle one interprets as many in less than
    // a second, and devices compile. More proves nothing.
    if longest <= 1000 {
        return Outcome::Kept { measured: "under 1 s, interpreted".to_owned() };
    }
    unmeasured("a script made more than 10 million branches and calls: measure it on a device")
}

fn first_screen(seen: &Seen<'_>) -> Outcome {
    let late: Vec<String> = seen
        .visits
        .iter()
        .filter(|visit| visit.observations.first_drawn.is_none_or(|at| at > 5000))
        .map(|visit| visit.path.clone())
        .collect();
    let never = seen.visits.iter().filter(|visit| visit.observations.first_drawn.is_none()).count();
    if never > 0 {
        return outcome(count_of(never, "page never draws", "pages never draw"), late);
    }
    let slowest = seen.visits.iter().filter_map(|visit| visit.observations.first_drawn).max().unwrap_or(0);
    outcome(format!("{slowest} ms besides script"), late)
}

fn set_data_rate(seen: &Seen<'_>) -> Outcome {
    by_page(seen, most_writes_in_a_second, |most| most > 20, |most| format!("at most {most} a second"))
}

/// Most `setData` of one page or component in one second. Time stands still while script runs here, so calls of one turn
/// count as made at once.
pub fn most_writes_in_a_second(visit: &Visit) -> u32 {
    visit.observations.data_writes.values().map(|writes| writes.most_in_a_second).max().unwrap_or(0)
}

fn set_data_size(seen: &Seen<'_>) -> Outcome {
    let largest =
        |visit: &Visit| visit.observations.data_writes.values().map(|writes| writes.largest).max().unwrap_or(0);
    by_page(seen, largest, |most| most > 256 * 1024, |most| format!("at most {} KB", most.div_ceil(1024)))
}

fn nodes(seen: &Seen<'_>) -> Outcome {
    let over = |visit: &&Visit| {
        let figures = &visit.figures;
        figures.nodes >= 1000 || figures.depth >= 30 || figures.children > 60
    };
    let mut places: Vec<&Visit> = seen.visits.iter().filter(over).collect();
    places.sort_by_key(|visit| std::cmp::Reverse(visit.figures.nodes));
    let most = |figure: fn(&Visit) -> u32| seen.visits.iter().map(figure).max().unwrap_or(0);
    let measured = format!(
        "at most {} nodes, depth {}, {} children",
        most(|visit| visit.figures.nodes),
        most(|visit| visit.figures.depth),
        most(|visit| visit.figures.children)
    );
    outcome(measured, places.into_iter().map(|visit| visit.path.clone()).collect())
}

fn request_count(seen: &Seen<'_>) -> Outcome {
    by_page(seen, most_requests_in_a_second, |most| most > 10, |most| format!("at most {most} within a second"))
}

fn most_requests_in_a_second(visit: &Visit) -> usize {
    let times: Vec<u64> = requests(visit).map(|request| request.at).collect();
    times
        .iter()
        .map(|start| times.iter().filter(|time| (*start..*start + 1000).contains(time)).count())
        .max()
        .unwrap_or(0)
}

fn requests(visit: &Visit) -> impl Iterator<Item = &crate::headless::RequestUse> {
    visit.observations.requests.iter().filter(|request| request.kind == NetworkUse::Request)
}

fn image_count(seen: &Seen<'_>) -> Outcome {
    let remote = |visit: &Visit| {
        visit
            .sources
            .iter()
            .filter(|(tag, source)| tag == "image" && super::origins::origin_of(source).is_some())
            .count()
    };
    by_page(seen, remote, |most| most > 20, |most| format!("at most {most} on a page"))
}

fn request_cache(seen: &Seen<'_>) -> Outcome {
    let repeated = |visit: &Visit| {
        let gets: Vec<&str> =
            requests(visit).filter(|request| request.method == "GET").map(|request| request.url.as_str()).collect();
        let unlike: std::collections::BTreeSet<&str> = gets.iter().copied().collect();
        gets.len() - unlike.len()
    };
    by_page(
        seen,
        repeated,
        |most| most > 0,
        |most| format!("at most {} on a page", count_of(most, "repetition", "repetitions")),
    )
}

fn files(paths: &std::collections::BTreeSet<String>) -> Outcome {
    outcome(count_of(paths.len(), "style sheet", "style sheets"), paths.iter().cloned().collect())
}

fn inertial_scroll(seen: &Seen<'_>) -> Outcome {
    files(&seen.inspection.styles.without_inertia)
}

fn active_class(seen: &Seen<'_>) -> Outcome {
    files(&seen.inspection.styles.active)
}

fn safe_area(seen: &Seen<'_>) -> Outcome {
    files(&seen.inspection.styles.without_safe_area)
}

fn script_errors(seen: &Seen<'_>) -> Outcome {
    let errors = |visit: &Visit| visit.observations.errors.iter().filter(|error| !error.after_stub).count();
    by_page(seen, errors, |most| most > 0, |most| format!("at most {} on a page", count_of(most, "error", "errors")))
}

fn request_errors(seen: &Seen<'_>) -> Outcome {
    let insecure = |visit: &&Visit| visit.observations.requests.iter().any(|request| is_insecure(&request.url));
    let places: Vec<String> = seen.visits.iter().filter(insecure).map(|visit| visit.path.clone()).collect();
    if places.is_empty() {
        return unmeasured(NETWORK);
    }
    Outcome::Broken { measured: "requests that every host refuses".to_owned(), places }
}

fn is_insecure(url: &str) -> bool {
    url.starts_with("http:") || url.starts_with("ws:")
}

/// APIs that WeChat's documentation calls deprecated.
pub const DEPRECATED: [&str; 29] = [
    "createAudioContext",
    "createCanvasContext",
    "canvasGetImageData",
    "canvasPutImageData",
    "drawCanvas",
    "chooseImage",
    "chooseVideo",
    "getSystemInfo",
    "getSystemInfoSync",
    "getUserInfo",
    "startRecord",
    "stopRecord",
    "playVoice",
    "pauseVoice",
    "stopVoice",
    "playBackgroundAudio",
    "pauseBackgroundAudio",
    "stopBackgroundAudio",
    "seekBackgroundAudio",
    "getBackgroundAudioPlayerState",
    "onBackgroundAudioPlay",
    "onBackgroundAudioPause",
    "onBackgroundAudioStop",
    "saveFile",
    "getSavedFileList",
    "getSavedFileInfo",
    "removeSavedFile",
    "getFileInfo",
    "setTopBarText",
];

fn deprecated_api(seen: &Seen<'_>) -> Outcome {
    let used: Vec<String> =
        seen.inspection.apis.keys().filter(|name| DEPRECATED.contains(&name.as_str())).cloned().collect();
    outcome(count_of(used.len(), "API", "APIs"), used)
}

fn https(seen: &Seen<'_>) -> Outcome {
    let mut insecure: Vec<String> = seen
        .visits
        .iter()
        .flat_map(|visit| {
            let requests = visit.observations.requests.iter().map(|request| request.url.as_str());
            requests.chain(visit.sources.iter().map(|(_, source)| source.as_str()))
        })
        .filter(|url| is_insecure(url))
        .filter_map(super::origins::origin_of)
        .collect();
    insecure.sort();
    insecure.dedup();
    outcome(count_of(insecure.len(), "origin without TLS", "origins without TLS"), insecure)
}

fn unbound_data(seen: &Seen<'_>) -> Outcome {
    let mut unbound: Vec<String> = Vec::new();
    for visit in seen.visits {
        for (component, writes) in &visit.observations.data_writes {
            let Some(template) = seen.inspection.templates.get(component) else { continue };
            // What a template imports is not read: there the data may be.
            if template.matches("G[\"").count() > 1 {
                continue;
            }
            let idle = writes.keys.iter().filter(|key| !template.contains(key.as_str()));
            unbound.extend(idle.map(|key| format!("{component}: {key}")));
        }
    }
    unbound.sort();
    unbound.dedup();
    outcome(count_of(unbound.len(), "member", "members"), unbound)
}

fn unreachable_pages(seen: &Seen<'_>) -> Outcome {
    let pages = &seen.inspection.unused.pages;
    outcome(count_of(pages.len(), "page", "pages"), pages.clone())
}

fn style_use(seen: &Seen<'_>) -> Outcome {
    let styles = &seen.inspection.styles;
    if styles.classes == 0 {
        return unmeasured("there is no class in the style sheets");
    }
    let percent = styles.used_classes * 100 / styles.classes;
    let measured = format!("{percent} % of {} classes", styles.classes);
    if percent >= 50 { Outcome::Kept { measured } } else { Outcome::Broken { measured, places: Vec::new() } }
}

fn timers(seen: &Seen<'_>) -> Outcome {
    let left: Vec<String> =
        seen.visits.iter().filter(|visit| visit.timers_left > 0).map(|visit| visit.path.clone()).collect();
    outcome(count_of(left.len(), "page leaves some", "pages leave some"), left)
}
