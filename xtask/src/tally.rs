//! Counts what passed and what failed in the output of a test tool.

/// Whose output it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Passes or fails as a whole.
    Whole,
    /// `cargo nextest run`
    Nextest,
    /// `cargo test`
    CargoTest,
    /// `vitest run`
    Vitest,
    /// `playwright test`
    Playwright,
}

/// What a step came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// One line each.
    pub failures: Vec<String>,
}

impl Tally {
    pub fn failure(message: String) -> Self {
        Self { passed: 0, failed: 1, failures: vec![message] }
    }

    /// A tool that ended badly counts as a failure even where its output names none.
    pub fn of(tool: Tool, succeeded: bool, output: &str) -> Self {
        let output = without_colour(output);
        let mut tally = match tool {
            Tool::Whole => Self { passed: usize::from(succeeded), ..Self::default() },
            Tool::Nextest => nextest(&output),
            Tool::CargoTest => cargo_test(&output),
            Tool::Vitest => vitest(&output),
            Tool::Playwright => playwright(&output),
        };
        tally.failures.sort();
        tally.failures.dedup();
        if !succeeded && tally.failed == 0 {
            tally.failed = 1;
            tally.failures.push("ended with an error; its output is above".to_owned());
        }
        if succeeded && tool != Tool::Whole && tally.passed == 0 {
            tally.failed += 1;
            tally.failures.push("ran no test".to_owned());
        }
        tally
    }
}

fn nextest(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().map(str::trim) {
        if line.starts_with("Summary ") {
            tally.passed += count_before(line, "passed");
            tally.failed += count_before(line, "failed") + count_before(line, "timed out");
        } else if let Some((_, test)) =
            line.strip_prefix("FAIL [").or(line.strip_prefix("TIMEOUT [")).and_then(|rest| rest.split_once("] "))
        {
            tally.failures.push(test.trim().to_owned());
        }
    }
    tally
}

fn cargo_test(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines() {
        if line.starts_with("test result:") {
            tally.passed += count_before(line, "passed");
            tally.failed += count_before(line, "failed");
        } else if let Some(test) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            tally.failures.push(test.to_owned());
        }
    }
    tally
}

fn vitest(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().map(str::trim) {
        if line.starts_with("Tests ") {
            tally.passed += count_before(line, "passed");
            tally.failed += count_before(line, "failed");
        } else if let Some(test) = line.strip_prefix("FAIL ") {
            tally.failures.push(test.trim().to_owned());
        }
    }
    tally
}

/// Its last lines are `  2 failed`, one line for each failed test, `  1 flaky`, `  12 passed (3.1s)`.
fn playwright(output: &str) -> Tally {
    let mut tally = Tally::default();
    let mut in_failures = false;
    for line in output.lines() {
        let text = line.trim();
        let summary = ["failed", "flaky", "skipped", "did not run", "interrupted"]
            .into_iter()
            .find(|word| is_summary(text, word));
        if is_summary(text.split(" (").next().unwrap_or_default(), "passed") {
            tally.passed += count_before(text, "passed");
            in_failures = false;
        } else if let Some(word) = summary {
            in_failures = word == "failed" || word == "interrupted";
            if in_failures {
                tally.failed += count_before(text, word);
            }
        } else if in_failures && text.starts_with('[') {
            tally.failures.push(text.to_owned());
        }
    }
    tally
}

/// `12 passed` and nothing else.
fn is_summary(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| rest.trim_end().parse::<usize>().is_ok())
}

/// The number right before a word: 12 in `12 passed; 0 failed`.
fn count_before(line: &str, word: &str) -> usize {
    line.match_indices(word)
        .find_map(|(start, _)| line[..start].split_whitespace().next_back()?.parse().ok())
        .unwrap_or(0)
}

fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // A colour sequence is `ESC [ … m`.
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Tally, Tool};

    fn tally(passed: usize, failed: usize, failures: &[&str]) -> Tally {
        Tally { passed, failed, failures: failures.iter().map(|text| (*text).to_owned()).collect() }
    }

    #[test]
    fn counts_nextest() {
        let output = "        FAIL [   0.003s] (1/4) mezze-model version::reads_words\n\u{1b}[32m     Summary\u{1b}[0m [   0.0s] 4 tests run: 3 passed, 1 failed, 2 skipped\n        FAIL [   0.003s] (1/4) mezze-model version::reads_words\n";
        assert_eq!(Tally::of(Tool::Nextest, false, output), tally(3, 1, &["(1/4) mezze-model version::reads_words"]));
    }

    #[test]
    fn counts_cargo_test() {
        let output = "test a::b ... ok\ntest a::c ... FAILED\ntest result: FAILED. 1 passed; 1 failed; 0 ignored\n\
                      test result: ok. 7 passed; 0 failed; 0 ignored\n";
        assert_eq!(Tally::of(Tool::CargoTest, false, output), tally(8, 1, &["a::c"]));
    }

    #[test]
    fn counts_vitest() {
        let output = " FAIL  runtime/a.test.ts > works\n Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 12 passed (13)\n";
        assert_eq!(Tally::of(Tool::Vitest, false, output), tally(12, 1, &["runtime/a.test.ts > works"]));
    }

    #[test]
    fn counts_playwright() {
        let output = "  2 failed\n    [e2e] › a.spec.ts:3:1 › opens ─────\n    [e2e] › b.spec.ts:3:1 › closes\n  1 flaky\n    [e2e] › c.spec.ts:1:1 › blinks\n  12 passed (3.1s)\n";
        let failures = &["[e2e] › a.spec.ts:3:1 › opens ─────", "[e2e] › b.spec.ts:3:1 › closes"];
        assert_eq!(Tally::of(Tool::Playwright, false, output), tally(12, 2, failures));
    }

    #[test]
    fn a_tool_that_ran_nothing_has_failed() {
        assert_eq!(Tally::of(Tool::Vitest, true, "no test files found\n").failed, 1);
    }

    #[test]
    fn a_crash_without_a_named_test_is_one_failure() {
        assert_eq!(Tally::of(Tool::Nextest, false, "error: could not compile `mezze-model`\n").failed, 1);
    }
}
