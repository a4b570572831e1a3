//! `mezze keys`: the keys that packages are signed with.

use crate::failure::Failure;
use crate::key_ring::KeyRing;
use crate::platform_client::PlatformArguments;
use crate::terminal::Terminal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Subcommand;
use mezze_model::AppId;
use mezze_package::PublicKey;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print one JSON object a key
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Action {
    /// List the keys (as without a subcommand)
    List,
    /// Make a key
    New {
        /// Name of the key
        #[arg(default_value = crate::key_ring::DEFAULT_KEY)]
        name: String,
    },
    /// Have an old key vouch for a new one, so that the platform takes what the new one signs
    Vouch {
        /// The mini app's id
        app_id: String,
        /// The new key: the name of one of yours, or the public half of another's
        new: String,
        /// The key that vouches, which the mini app has already
        #[arg(long, value_name = "NAME", default_value = crate::key_ring::DEFAULT_KEY)]
        by: String,
        /// Where the new key is kept, for whoever cleans up
        #[arg(long, value_name = "TEXT", default_value = "")]
        label: String,
        #[command(flatten)]
        platform: PlatformArguments,
    },
    /// Show one key's public half and where its file is
    Show {
        /// Name of the key
        #[arg(default_value = crate::key_ring::DEFAULT_KEY)]
        name: String,
    },
}

/// A key as `--json` shows it. The secret half never leaves its file.
#[derive(Serialize)]
struct Shown {
    name: String,
    public_key: String,
    file: String,
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    let ring = KeyRing::open()?;
    let shown = match arguments.action {
        None | Some(Action::List) => {
            let names = ring.names()?;
            if names.is_empty() && !arguments.json {
                terminal.say("There are no keys yet.");
                terminal.hint("`mezze keys new` makes one; so does the first `mezze sign`");
            }
            names.iter().map(|name| show(&ring, name)).collect::<Result<Vec<_>, _>>()?
        }
        Some(Action::New { name }) => {
            ring.create(&name)?;
            if !arguments.json {
                terminal.say(&format!("Made the key {name}. Keep a copy of its file: it can't be made again."));
            }
            vec![show(&ring, &name)?]
        }
        Some(Action::Show { name }) => vec![show(&ring, &name)?],
        Some(Action::Vouch { app_id, new, by, label, platform }) => {
            return vouch(&ring, &Vouch { app_id, new, by, label }, &platform, arguments.json, terminal);
        }
    };
    for key in shown {
        if arguments.json {
            terminal.json(&key);
        } else {
            terminal.result(&format!("{}  {}  {}", key.name, key.public_key, key.file));
        }
    }
    Ok(())
}

struct Vouch {
    app_id: String,
    new: String,
    by: String,
    label: String,
}

/// A key as the platform keeps it.
#[derive(Serialize, Deserialize)]
struct Added {
    public_key: String,
    state: String,
    vouched_by_key: Option<String>,
}

/// Signs the new key's public half with the old key, and hands both to the platform.
fn vouch(
    ring: &KeyRing,
    vouch: &Vouch,
    platform: &PlatformArguments,
    json: bool,
    terminal: Terminal,
) -> Result<(), Failure> {
    let app_id = AppId::parse(&vouch.app_id)
        .map_err(|cause| Failure::new(format!("{}: {cause}", vouch.app_id), "give the id of your mini app"))?;
    let old = ring.load(&vouch.by)?;
    let new = new_key(ring, &vouch.new)?;
    if new == old.public() {
        return Err(Failure::new(
            "a key can't vouch for itself",
            "make a new key with `mezze keys new NAME`, and name it here",
        ));
    }
    let signature = old.sign_message(format!("mezze key vouch v1\n{app_id}\n{new}").as_bytes());
    let request = json!({
        "public_key": new.to_string(), "label": vouch.label, "vouched_by": old.public().to_string(),
        "signature": URL_SAFE_NO_PAD.encode(signature),
    });
    let client = platform.client()?;
    let added: Added = super::block_on(client.post(&format!("/api/v1/apps/{app_id}/keys"), &request))?;
    if json {
        terminal.json(&added);
        return Ok(());
    }
    terminal.result(&format!("{app_id} has the key {} now, vouched for by {}.", added.public_key, vouch.by));
    terminal.hint("the old key still counts; revoke it in the console once nothing is signed with it any more");
    Ok(())
}

/// A public key as it is written, else one of this machine's by its name.
fn new_key(ring: &KeyRing, text: &str) -> Result<PublicKey, Failure> {
    match text.parse() {
        Ok(key) => Ok(key),
        Err(_) => Ok(ring.load(text)?.public()),
    }
}

fn show(ring: &KeyRing, name: &str) -> Result<Shown, Failure> {
    let key = ring.load(name)?;
    Ok(Shown {
        name: name.to_owned(),
        public_key: key.public().to_string(),
        file: ring.path(name)?.display().to_string(),
    })
}
