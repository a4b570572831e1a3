//! The logic runtime for QuickJS, as `npm run build` in `web/` leaves it in `web/dist/headless`.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist/headless"]
struct Embedded;

/// The script, or nothing where the web build has not run.
pub fn logic_runtime() -> Option<Cow<'static, [u8]>> {
    Embedded::get("logic.js").map(|file| file.data)
}
