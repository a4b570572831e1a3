//! The report as a person reads it: the verdict, what is wrong with the worst first, the pages, the score, the size.
//! Every line says the same without colour.

use super::finding::{Finding, Severity};
use super::judge::bytes;
use super::report::{PageReport, Report};
use super::rules::{Category, Outcome, RULES};

/// Colours by meaning; whoever shows the report says what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Warning,
    Bad,
    Faint,
    Strong,
}

/// How to write it.
pub struct Style<'a> {
    pub paint: &'a dyn Fn(&str, Tone) -> String,
    /// Everything, where the short form stops after the first few.
    pub full: bool,
}

/// Findings of one severity, places of one finding, rows of a table: as many are shown.
const MOST_FINDINGS: usize = 12;
const MOST_PLACES: usize = 3;
const MOST_PAGES: usize = 12;
const MOST_FILES: usize = 5;
/// Columns of a line.
const WIDTH: usize = 100;

/// Writes the report.
#[must_use]
pub fn render(report: &Report, style: &Style<'_>) -> String {
    let mut page = Page { style, text: String::new() };
    page.head(report);
    for (severity, title) in [
        (Severity::Error, "What users meet, or a platform refuses"),
        (Severity::Warning, "What is slow, fragile, or not on every host"),
        (Severity::Note, "Worth knowing"),
    ] {
        page.findings(report, severity, title);
    }
    page.pages(report);
    page.score(report);
    page.size(report);
    page.origins(report);
    page.text
}

struct Page<'a> {
    style: &'a Style<'a>,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        let painted = self.paint(text, Tone::Strong);
        self.line(&painted);
    }

    fn paint(&self, text: &str, tone: Tone) -> String {
        (self.style.paint)(text, tone)
    }

    fn most(&self, short: usize) -> usize {
        if self.style.full { usize::MAX } else { short }
    }

    fn head(&mut self, report: &Report) {
        let counts = &report.counts;
        let visited = report.pages.len();
        let verdict = if counts.errors > 0 {
            self.paint("needs work", Tone::Bad)
        } else if counts.warnings > 0 {
            self.paint("runs, and could be better", Tone::Warning)
        } else {
            self.paint("fine", Tone::Good)
        };
        let name = self.paint(&format!("{} {}", report.app.id, report.app.version), Tone::Strong);
        self.line(&format!("{name}  {verdict}"));
        let found: Vec<String> = [
            (counts.errors, "error", "errors"),
            (counts.warnings, "warning", "warnings"),
            (counts.notes, "note", "notes"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, more)| counted(count, one, more))
        .collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        self.line(&format!(
            "{} visited: {} opened, {} of them without an error before the first tap, {} drew something; {found}",
            counted(visited, "page", "pages"),
            counts.opened,
            counts.clean,
            counts.drawn
        ));
    }

    fn findings(&mut self, report: &Report, severity: Severity, title: &str) {
        let findings: Vec<&Finding> = report.of(severity).collect();
        if findings.is_empty() {
            return;
        }
        self.heading(title);
        let shown = self.most(MOST_FINDINGS).min(findings.len());
        for (index, finding) in findings[..shown].iter().enumerate() {
            let next = findings.get(index + 1).filter(|_| index + 1 < shown);
            self.finding(finding);
            // The same advice once, under the last that it is for.
            if next.is_none_or(|next| next.hint != finding.hint) {
                let hint = self.paint("hint:", Tone::Good);
                for (number, part) in wrapped(&finding.hint, WIDTH - 12).iter().enumerate() {
                    let lead = if number == 0 { hint.clone() } else { "     ".to_owned() };
                    self.line(&format!("    {lead} {part}"));
                }
            }
        }
        self.more(findings.len() - shown, "finding", "findings");
    }

    fn finding(&mut self, finding: &Finding) {
        let tone = match finding.severity {
            Severity::Error => Tone::Bad,
            Severity::Warning => Tone::Warning,
            Severity::Note => Tone::Faint,
        };
        let rule = self.paint(finding.rule, tone);
        let message = one_line(&finding.message);
        let room = WIDTH.saturating_sub(finding.rule.len() + 4).max(40);
        let lines = wrapped(&message, room);
        let mut first = true;
        for part in lines.iter().take(3) {
            let text = if first { format!("  {rule}: {part}") } else { format!("    {part}") };
            self.line(&text);
            first = false;
        }
        let places: Vec<String> = finding.places.iter().map(|place| place.to_string()).collect();
        self.list("at", &places);
        self.list("on", &finding.pages);
    }

    fn list(&mut self, word: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let shown: Vec<String> =
            items.iter().take(self.most(MOST_PLACES)).map(|item| shortened(&one_line(item), WIDTH - 10)).collect();
        let left = items.len() - shown.len();
        let more = if left > 0 { format!(" and {left} more") } else { String::new() };
        let mut line = format!("{word} ");
        for (index, item) in shown.iter().enumerate() {
            let separator = if index + 1 < shown.len() { ", " } else { more.as_str() };
            if line.len() + item.len() + separator.len() > WIDTH - 4 && line.len() > word.len() + 1 {
                let painted = self.paint(line.trim_end(), Tone::Faint);
                self.line(&format!("    {painted}"));
                line = "   ".to_owned();
            }
            line.push_str(item);
            line.push_str(separator);
        }
        let painted = self.paint(line.trim_end(), Tone::Faint);
        self.line(&format!("    {painted}"));
    }

    fn more(&mut self, left: usize, one: &str, more: &str) {
        if left > 0 {
            let text = self.paint(
                &format!(
                    "  and {} (--full lists them)",
                    counted(left, &format!("more {one}"), &format!("more {more}"))
                ),
                Tone::Faint,
            );
            self.line(&text);
        }
    }

    fn pages(&mut self, report: &Report) {
        let mut pages: Vec<&PageReport> = report.pages.iter().collect();
        pages
            .sort_by_key(|page| (page.state == "ready", std::cmp::Reverse(page.errors), std::cmp::Reverse(page.nodes)));
        let shown = self.most(MOST_PAGES).min(pages.len());
        self.heading("Pages, worst first");
        let width = pages[..shown].iter().map(|page| page.path.len()).max().unwrap_or(4).clamp(4, 52);
        let head = format!(
            "  {:<width$}  {:<7} {:>6} {:>5} {:>5} {:>8} {:>9} {:>8} {:>4}",
            "page", "state", "errors", "nodes", "depth", "children", "setData", "requests", "taps"
        );
        let head = self.paint(&head, Tone::Faint);
        self.line(&head);
        for page in &pages[..shown] {
            let state = match page.state {
                "ready" if page.errors == 0 => self.paint(&format!("{:<7}", "ready"), Tone::Good),
                state => self.paint(&format!("{state:<7}"), if state == "ready" { Tone::Warning } else { Tone::Bad }),
            };
            let written = format!("{}×{}", page.set_data.calls, bytes(page.set_data.largest).replace(' ', ""));
            self.line(&format!(
                "  {:<width$}  {state} {:>6} {:>5} {:>5} {:>8} {:>9} {:>8} {:>4}",
                shortened(&page.path, width),
                page.errors,
                page.nodes,
                page.depth,
                page.children,
                if page.set_data.calls == 0 { "-".to_owned() } else { written },
                page.requests,
                page.taps
            ));
        }
        self.more(pages.len() - shown, "page", "pages");
    }

    fn score(&mut self, report: &Report) {
        let Some(score) = report.score else { return };
        let tone = match score {
            90.. => Tone::Good,
            70.. => Tone::Warning,
            _ => Tone::Bad,
        };
        let measured = report.rules.iter().filter(|rule| !matches!(rule.outcome, Outcome::NotMeasured { .. })).count();
        self.heading("WeChat's experience score");
        let painted = self.paint(&format!("{score} of 100"), tone);
        self.line(&format!(
            "  {painted} over the {measured} of {} rules that can be measured without a device",
            RULES.len()
        ));
        for category in [Category::Performance, Category::Experience, Category::BestPractice] {
            let of = || report.rules.iter().filter(|rule| rule.category == category);
            let names = |wanted: fn(&Outcome) -> bool| {
                of().filter(|rule| wanted(&rule.outcome)).map(|rule| rule.id).collect::<Vec<_>>().join(", ")
            };
            let broken = names(|outcome| matches!(outcome, Outcome::Broken { .. }));
            let kept = of().filter(|rule| matches!(rule.outcome, Outcome::Kept { .. })).count();
            let open = of().filter(|rule| matches!(rule.outcome, Outcome::NotMeasured { .. })).count();
            let text = format!("{kept} kept, {open} not measured");
            let broken = if broken.is_empty() { text } else { format!("{text}, broken: {broken}") };
            for (number, part) in wrapped(&broken, WIDTH - 18).iter().enumerate() {
                let title = if number == 0 { category.title() } else { "" };
                self.line(&format!("  {title:<14} {part}"));
            }
        }
    }

    fn size(&mut self, report: &Report) {
        let size = &report.size;
        self.heading("Size");
        for package in &size.packages {
            let name = if package.root.is_empty() { "main package" } else { package.root.as_str() };
            let over = package.bytes > package.limit;
            let share = package.bytes * 100 / package.limit.max(1);
            let text = format!("{:>8} of {:<8} {share:>3} %", bytes(package.bytes), bytes(package.limit));
            let text = if over { self.paint(&text, Tone::Bad) } else { text };
            self.line(&format!("  {text}  {:<32} {}", shortened(name, 32), counted(package.pages, "page", "pages")));
        }
        let shown = self.most(MOST_FILES).min(size.files.len());
        self.line(&self.paint("  largest files", Tone::Faint));
        for file in &size.files[..shown] {
            self.line(&format!("  {:>8}  {}", bytes(file.bytes), shortened(&one_line(&file.path), WIDTH - 14)));
        }
    }

    fn origins(&mut self, report: &Report) {
        if report.origins.is_empty() {
            return;
        }
        self.heading("Origins");
        for origin in &report.origins {
            let used_for = format!("{:?}", origin.used_for).to_lowercase();
            let (word, tone) = match (origin.secure, origin.declared) {
                (false, _) => ("without TLS", Tone::Bad),
                (true, false) => ("not declared", Tone::Bad),
                (true, true) => ("declared", Tone::Good),
            };
            let word = self.paint(&format!("{word:<12}"), tone);
            self.line(&format!(
                "  {word}  {used_for:<8}  {}  {}",
                shortened(&one_line(&origin.origin), 60),
                counted(origin.calls as usize, "call", "calls")
            ));
        }
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Text of an app's making on one line, without what a terminal would carry out.
fn one_line(text: &str) -> String {
    text.chars()
        .flat_map(|letter| match letter {
            '\n' | '\r' | '\t' => vec![' '],
            letter if letter.is_control() => letter.escape_default().collect(),
            letter => vec![letter],
        })
        .collect()
}

/// The end of a text that is too long: of a path it says most.
fn shortened(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(length - most.saturating_sub(1)).collect();
    format!("…{kept}")
}

/// Breaks a text at spaces; a word that is too long is broken.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        while let Some(line) = lines.last_mut() {
            let used = line.chars().count();
            let space = usize::from(used > 0);
            if used + space + word.len() <= width {
                if space == 1 {
                    line.push(' ');
                }
                line.extend(word.drain(..));
                break;
            }
            if used == 0 {
                line.extend(word.drain(..width.min(word.len())));
            }
            lines.push(String::new());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::{one_line, shortened, wrapped};

    #[test]
    fn texts_of_an_app_can_not_write_over_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2J\nb"), "a\\u{1b}[2J b");
        assert_eq!(shortened("packages/a/b", 6), "…s/a/b");
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }
}
