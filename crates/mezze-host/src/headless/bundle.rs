//! The logic runtime for QuickJS, as `npm run build` in `web/` leaves it in `web/dist/headless`.

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist/headless"]
struct Embedded;

/// The script, or nothing where the web build has not run. Read once: all runs of a process are of one build.
pub fn logic_runtime() -> Option<&'static [u8]> {
    static BUNDLE: OnceLock<Option<Cow<'static, [u8]>>> = OnceLock::new();
    BUNDLE.get_or_init(|| Embedded::get("logic.js").map(|file| file.data)).as_deref()
}
