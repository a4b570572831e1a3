//! From what was seen to findings, and all of it into one report.

use std::collections::BTreeSet;

use mezze_api::Catalog;
use mezze_model::Manifest;

use super::finding::{self, Finding, Kind, Place, Severity, merge};
use super::input::{AuditInput, AuditOptions};
use super::package::{Certainty, Inspection, SizeReport};
use super::report::{AppSummary, Counts, DataReport, PageReport, Report, UndeclaredPermission};
use super::rules::{self, Outcome, RuleReport, Seen, most_writes_in_a_second};
use super::support::{self, HostSupport};
use super::visit::Visit;
use super::{origins, package};
use crate::headless::{Excess, PageState, ScriptError};
use crate::permission::{ApiUse, UndeclaredUse, undeclared_uses};

/// Path of the manifest in a package.
const MANIFEST_PATH: &str = "manifest.json";
/// Places of one finding that are kept.
const MOST_PLACES: usize = 10;

pub fn judge(
    input: &AuditInput<'_>,
    options: &AuditOptions,
    catalog: &Catalog,
    inspection: &Inspection,
    visits: Vec<Visit>,
) -> Report {
    let config = &input.files.config;
    let size = package::SizeReport::of(input, inspection);
    let rules = rules::measure(&Seen { visits: &visits, inspection });
    let origins = origins::called(&visits, &config.origins);
    let hosts = support::report(inspection, &visits, catalog, config.namespace.as_str());
    let undeclared = undeclared(input, inspection, catalog);
    let judge = Judge { input, inspection };
    let mut findings = input.findings.clone();
    visits.iter().for_each(|visit| judge.page(visit, &mut findings));
    judge.origins(&origins, &mut findings);
    judge.hosts(&hosts.gaps, &mut findings);
    judge.package(&size, &mut findings);
    judge.rules(&rules, &mut findings);
    for missing in &undeclared {
        let message = format!("{} needs {}, which the app does not declare", missing.api, missing.permission);
        let places = inspection.apis.get(&missing.api).into_iter().flatten().take(MOST_PLACES);
        let places = places.map(|position| input.place(position));
        findings.push(finding::PERMISSION_UNDECLARED.finding(message).hint(missing.hint()).at(places));
    }
    let findings = merge(findings);
    let pages: Vec<PageReport> = visits.iter().map(|visit| page_report(visit, input)).collect();
    let counts = counts(&findings, &pages);
    Report {
        format: Report::FORMAT,
        app: AppSummary {
            id: config.app_id.to_string(),
            version: config.version.to_string(),
            namespace: config.namespace.as_str().to_owned(),
            pages: config.pages.len(),
        },
        ok: counts.errors == 0 && (!options.strict || counts.warnings == 0),
        strict: options.strict,
        score: rules::score(&rules),
        counts,
        findings,
        pages,
        rules,
        hosts,
        origins,
        undeclared: undeclared
            .into_iter()
            .map(|missing| UndeclaredPermission { permission: missing.permission, api: missing.api })
            .collect(),
        size,
    }
}

struct Judge<'a> {
    input: &'a AuditInput<'a>,
    inspection: &'a Inspection,
}

impl Judge<'_> {
    fn page(&self, visit: &Visit, findings: &mut Vec<Finding>) {
        let path = &visit.path;
        if let Some(excess) = &visit.excess {
            let finding = finding::PAGE_STOPPED.finding(format!("stopped: {excess}")).on_page(path);
            findings.push(match excess {
                Excess::Violation { .. } => finding.hint("draw less: a page frame refuses the same and stops the app"),
                _ => finding,
            });
        } else if let PageState::Failed(reason) = &visit.state {
            findings.push(finding::PAGE_FAILED.finding(format!("did not open: {reason}")).on_page(path));
        } else if visit.state == PageState::Opening {
            findings.push(finding::PAGE_FAILED.finding("did not open: its first drawing never came").on_page(path));
        } else if visit.figures.drawn == 0 && visit.observations.errors.is_empty() && !leaves(visit) {
            findings.push(finding::PAGE_EMPTY.finding("draws nothing").on_page(path));
        }
        let told = |error: &&ScriptError| !is_failed_navigation(&error.message);
        findings
            .extend(visit.observations.errors.iter().filter(told).map(|error| self.script_error(error).on_page(path)));
        for navigation in &visit.observations.navigations {
            // Going back from a page that was opened alone is what its maker could not know.
            let Some(failure) = navigation.failure.as_ref().filter(|_| navigation.api != "navigateBack") else {
                continue;
            };
            let message = format!("{} to \"{}\" failed: {failure}", navigation.api, navigation.to);
            findings.push(finding::NAVIGATION.finding(message).on_page(path));
        }
    }

    fn script_error(&self, error: &ScriptError) -> Finding {
        let kind = if error.after_stub {
            &finding::SCRIPT_ERROR_ON_EMPTY_ANSWER
        } else if is_failed_api(&error.message) {
            &finding::API_FAILURE
        } else {
            &finding::SCRIPT_ERROR
        };
        kind.finding(&error.message).at(error.position.as_ref().map(|position| self.input.place(position)))
    }

    fn origins(&self, origins: &[origins::OriginReport], findings: &mut Vec<Finding>) {
        for origin in origins {
            let used_for = format!("{:?}", origin.used_for).to_lowercase();
            let mut add = |kind: &Kind, message: String, hint: String| {
                let mut finding = kind.finding(message).hint(hint).at(self.places_of_url(&origin.origin));
                finding.pages.clone_from(&origin.pages);
                findings.push(finding);
            };
            if !origin.secure {
                let message = format!("{} is called without TLS", origin.origin);
                add(&finding::ORIGIN_INSECURE, message, finding::ORIGIN_INSECURE.hint.to_owned());
            } else if !origin.declared {
                let message = format!("{} is called ({used_for}) and not declared", origin.origin);
                let hint = format!("declare it for `{used_for}` in mezze.json: the platform refuses every other");
                add(&finding::ORIGIN_UNDECLARED, message, hint);
            }
        }
        for (sheet, url) in &self.inspection.styles.insecure {
            let message = format!("{url} is loaded without TLS");
            findings.push(finding::ORIGIN_INSECURE.finding(message).at([Place::file(sheet.clone())]));
        }
    }

    fn places_of_url(&self, origin: &str) -> Vec<Place> {
        let uses =
            self.inspection.urls.iter().filter(|found| origins::origin_of(&found.url).as_deref() == Some(origin));
        uses.take(MOST_PLACES).map(|found| self.input.place(&found.position)).collect()
    }

    fn hosts(&self, gaps: &[HostSupport], findings: &mut Vec<Finding>) {
        let namespace = self.input.files.config.namespace.as_str();
        for gap in gaps {
            let name = format!("{namespace}.{}", gap.api);
            let finding = if !gap.known {
                finding::API_UNKNOWN.finding(format!("{name} is no API that is known"))
            } else if gap.nowhere() {
                finding::API_NOWHERE.finding(format!("{name} is carried out by no host"))
            } else {
                let host = if gap.web { "web" } else { "desktop" };
                finding::API_SOME_HOSTS.finding(format!("{name} is carried out on the {host} host only"))
            };
            let places = self.inspection.apis.get(&gap.api).into_iter().flatten();
            findings.push(finding.at(places.take(MOST_PLACES).map(|position| self.input.place(position))));
        }
        self.components(findings);
        for name in self.inspection.apis.keys().filter(|name| rules::DEPRECATED.contains(&name.as_str())) {
            let places = self.inspection.apis.get(name).into_iter().flatten();
            let finding = finding::API_DEPRECATED.finding(format!("{namespace}.{name} is deprecated"));
            findings.push(finding.at(places.take(MOST_PLACES).map(|position| self.input.place(position))));
        }
    }

    fn components(&self, findings: &mut Vec<Finding>) {
        let uses = &self.inspection.components;
        let at = |finding: Finding, templates: &BTreeSet<String>| {
            finding.at(templates.iter().take(MOST_PLACES).map(|path| Place::file(path.clone())))
        };
        for (tag, templates) in &uses.nowhere {
            let message = format!("<{tag}> is carried out by no host");
            findings.push(at(finding::COMPONENT_NOWHERE.finding(message), templates));
        }
        for (tag, templates) in &uses.unknown {
            let message = format!("<{tag}> is neither built in nor a component of the app");
            findings.push(at(finding::COMPONENT_UNKNOWN.finding(message), templates));
        }
    }

    fn package(&self, size: &SizeReport, findings: &mut Vec<Finding>) {
        for package in &size.packages {
            let name = if package.root.is_empty() {
                "the main package".to_owned()
            } else {
                format!("the subpackage {}", package.root)
            };
            let message = format!("{name} has {} of {}", bytes(package.bytes), bytes(package.limit));
            if package.bytes > package.limit {
                findings.push(finding::PACKAGE_SIZE.finding(message));
            } else if package.bytes > package.limit / 10 * 9 {
                findings.push(finding::PACKAGE_NEAR_LIMIT.finding(message));
            }
        }
        for duplicate in &size.duplicates {
            let roots: Vec<&str> =
                duplicate.roots.iter().map(|root| if root.is_empty() { "main" } else { root.as_str() }).collect();
            let message = format!(
                "{} ({}) is in {} packages: {}",
                duplicate.modules.first().map(String::as_str).unwrap_or_default(),
                bytes(duplicate.bytes),
                roots.len(),
                roots.join(", ")
            );
            findings.push(finding::DUPLICATE_MODULE.finding(message).at(duplicate.modules.iter().map(Place::file)));
        }
        for secret in &self.inspection.secrets {
            let kind = match secret.certainty {
                Certainty::Sure => &finding::SECRET,
                Certainty::Likely => &finding::SECRET_SUSPECTED,
            };
            let message = format!("{}: {}", secret.what, secret.shown);
            findings.push(kind.finding(message).at([self.input.place(&secret.position)]));
        }
        for image in &self.inspection.images {
            let pixels = image.pixels.map(|(width, height)| format!(", {width} × {height}")).unwrap_or_default();
            let message = format!("{} has {}{pixels}", image.path, bytes(image.bytes));
            findings.push(finding::IMAGE_SIZE.finding(message).at([Place::file(image.path.clone())]));
        }
        self.unused(findings);
    }

    fn unused(&self, findings: &mut Vec<Finding>) {
        let unused = &self.inspection.unused;
        if !unused.files.is_empty() {
            let total: u64 = unused.files.values().sum();
            let files = if unused.files.len() == 1 { "file" } else { "files" };
            let message = format!("{} {files} that nothing names, {}", unused.files.len(), bytes(total));
            findings.push(finding::UNUSED_FILE.finding(message).at(unused.files.keys().map(Place::file)));
        }
        for (path, tags) in &unused.components {
            let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
            let message = format!("declared and not used: {}", tags.join(", "));
            findings.push(finding::UNUSED_COMPONENT.finding(message).at([Place::file(format!("{path}.json"))]));
        }
    }

    /// Rules that no other finding speaks of.
    fn rules(&self, reports: &[RuleReport], findings: &mut Vec<Finding>) {
        const SPOKEN_OF: [&str; 4] = ["script-errors", "request-errors", "deprecated-api", "https"];
        for (report, rule) in reports.iter().zip(rules::RULES) {
            let Outcome::Broken { measured, places } = &report.outcome else { continue };
            if SPOKEN_OF.contains(&report.id) {
                continue;
            }
            let severity = if report.weight == 0 { Severity::Note } else { Severity::Warning };
            let message = format!("{}: {} ({measured})", report.id, report.limit);
            let mut finding = Finding { severity, ..finding::EXPERIENCE.finding(message).hint(rule.advice) };
            let pages = &self.input.files.config.pages;
            for place in places {
                if pages.contains_key(place) {
                    finding.pages.push(place.clone())
                } else {
                    finding.places.push(Place::file(place))
                }
            }
            findings.push(finding);
        }
    }
}

/// A promise of a move that failed and that nobody listened to: the move has a finding of its own.
fn is_failed_navigation(message: &str) -> bool {
    let moves = ["navigateTo:fail ", "redirectTo:fail ", "reLaunch:fail ", "switchTab:fail "];
    // What the runtime refuses before it is asked for is no move yet.
    moves.iter().any(|failure| message.contains(failure)) && !message.contains("parameter error")
}

/// A promise of an API that was rejected, as the runtime words it, and nothing that the app threw on its own.
fn is_failed_api(message: &str) -> bool {
    let Some(reason) = message.strip_suffix(" (promise rejected)") else { return false };
    let told = reason.strip_prefix("Error: ").or_else(|| reason.strip_prefix("{errMsg: \""));
    told.and_then(|told| told.split_once(":fail")).is_some_and(|(api, _)| {
        !api.is_empty() && api.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.')
    })
}

/// A page that goes on to another at once has nothing to draw.
fn leaves(visit: &Visit) -> bool {
    visit.observations.navigations.iter().any(|navigation| navigation.failure.is_none())
}

/// What the code needs and the manifest does not declare, by the same rules as the permission gate's.
fn undeclared(input: &AuditInput<'_>, inspection: &Inspection, catalog: &Catalog) -> Vec<UndeclaredUse> {
    let manifest = input.files.get(MANIFEST_PATH).and_then(|bytes| Manifest::from_json(bytes).ok());
    let uses: Vec<ApiUse> = inspection
        .apis
        .iter()
        .map(|(api, places)| ApiUse {
            api: api.clone(),
            place: places.first().map(|position| input.place(position).to_string()),
        })
        .collect();
    manifest.map(|manifest| undeclared_uses(&manifest, catalog, &uses)).unwrap_or_default()
}

fn page_report(visit: &Visit, input: &AuditInput<'_>) -> PageReport {
    let observations = &visit.observations;
    let (state, reason) = match (&visit.excess, &visit.state) {
        (Some(excess), _) => ("stopped", Some(excess.to_string())),
        (None, PageState::Failed(reason)) => ("failed", Some(reason.clone())),
        (None, PageState::Opening) => ("failed", Some("its first drawing never came".to_owned())),
        (None, _) => ("ready", None),
    };
    let mut leads_to: Vec<String> = observations
        .navigations
        .iter()
        .filter(|navigation| navigation.failure.is_none() && navigation.api != "navigateBack")
        .map(|navigation| navigation.to.clone())
        .collect();
    leads_to.sort();
    leads_to.dedup();
    let page = input.files.config.pages.get(&visit.path);
    PageReport {
        path: visit.path.clone(),
        package: page.map(|page| page.component.package.clone()).unwrap_or_default(),
        state,
        reason,
        query: visit.query.clone(),
        nodes: visit.figures.nodes,
        depth: visit.figures.depth,
        children: visit.figures.children,
        drawn: visit.figures.drawn,
        images: visit.figures.images,
        text: visit.text.clone(),
        errors_at_opening: visit.errors_at_opening,
        errors: observations.errors.len(),
        set_data: DataReport {
            calls: observations.data_writes.values().map(|writes| writes.count).sum(),
            length: observations.data_writes.values().map(|writes| writes.length).sum(),
            largest: observations.data_writes.values().map(|writes| writes.largest).max().unwrap_or(0),
            most_in_a_second: most_writes_in_a_second(visit),
        },
        requests: observations.requests.len(),
        taps: visit.taps,
        leads_to,
        apis: observations.calls.iter().map(|(name, used)| (name.clone(), used.count)).collect(),
        remarks: observations.remarks.clone(),
        timers_left: visit.timers_left,
    }
}

fn counts(findings: &[Finding], pages: &[PageReport]) -> Counts {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let ready = || pages.iter().filter(|page| page.state == "ready");
    Counts {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        opened: ready().count(),
        clean: ready().filter(|page| page.errors_at_opening == 0).count(),
        drawn: pages.iter().filter(|page| page.drawn > 0).count(),
    }
}

/// `1.4 MB`, `12 KB`, `310 B`.
#[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.0} KB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}
