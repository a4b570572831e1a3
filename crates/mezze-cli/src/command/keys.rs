//! `mezze keys`: the keys that packages are signed with.

use crate::failure::Failure;
use crate::key_ring::KeyRing;
use crate::terminal::Terminal;
use clap::Subcommand;
use serde::Serialize;

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

fn show(ring: &KeyRing, name: &str) -> Result<Shown, Failure> {
    let key = ring.load(name)?;
    Ok(Shown {
        name: name.to_owned(),
        public_key: key.public().to_string(),
        file: ring.path(name)?.display().to_string(),
    })
}
