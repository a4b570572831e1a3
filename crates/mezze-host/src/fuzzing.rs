//! What reads an app's words, without an app: what the targets in `fuzz/` call.

use mezze_api::Catalog;
use serde_json::Value;

use crate::audit::secrets_in;
use crate::headless::answer_message;

/// Answers messages of one page's logic, in order, until one breaks a rule: operations, questions to the page's frame,
/// calls. Answers the number of messages that were taken.
pub fn answer_messages(messages: &[Value], catalog: &Catalog) -> usize {
    let mut page = crate::headless::lone_page();
    messages.iter().take_while(|message| answer_message(&mut page, message, catalog)).count()
}

/// Reads a script as the audit does; answers how many secrets it found.
pub fn read_script(script: &str) -> usize {
    secrets_in(script)
}
