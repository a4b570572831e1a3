//! `mezze rotate`: replaces one of a platform's keys. `docs/guides/operating.md` has the steps for each.

use super::platform_places::PlatformPlaces;
use super::{block_on, serve};
use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use mezze_platform::{KeyPurpose, OlderKey, PlatformOptions, Replacement, RotationCause, finish_rotation, rotate_key};

#[derive(clap::Args)]
pub struct Arguments {
    /// Which key
    #[arg(default_value = "content-keys", value_parser = purposes(), value_name = "KEY")]
    key: KeyPurpose,
    #[command(flatten)]
    places: PlatformPlaces,
    /// Do away with the key before, once nothing needs it any more
    #[arg(long)]
    finish: bool,
    /// Somebody else may have the key: what can do without it does so at once
    #[arg(long, conflicts_with = "finish")]
    leaked: bool,
    /// The key is lost: go on with a new one that nothing of the platform's past vouches for
    #[arg(long, conflicts_with_all = ["finish", "leaked"])]
    lost: bool,
}

fn purposes() -> impl clap::builder::TypedValueParser<Value = KeyPurpose> {
    PossibleValuesParser::new(KeyPurpose::ALL.map(KeyPurpose::name))
        .map(|name| KeyPurpose::by_name(&name).unwrap_or(KeyPurpose::ContentKeys))
}

pub fn run(arguments: Arguments, terminal: Terminal) -> Result<(), Failure> {
    serve::log_to_standard_error("error");
    let purpose = arguments.key;
    let options = arguments.places.options()?;
    if arguments.finish {
        return finish(options, purpose, terminal);
    }
    let cause = match (arguments.leaked, arguments.lost) {
        (true, _) => RotationCause::Leaked,
        (_, true) => RotationCause::Lost,
        _ => RotationCause::Habit,
    };
    let older = block_on(async {
        rotate_key(options, purpose, cause).await.map_err(|failure| serve::start_failure(&failure))
    })?;
    let name = purpose.name();
    terminal.result(&match (cause, older) {
        (RotationCause::Lost, _) => format!("The key for {name} that is there now is this platform's from now on."),
        (_, OlderKey::Kept) => format!("There is a new key for {name}; the one before is kept beside it."),
        (_, OlderKey::Gone) => format!("There is a new key for {name}; the one before is gone."),
    });
    terminal.hint(&next_step(purpose, cause, older));
    Ok(())
}

fn next_step(purpose: KeyPurpose, cause: RotationCause, older: OlderKey) -> String {
    let name = purpose.name();
    match (purpose.replacement(), cause, older) {
        (Replacement::Vouched, RotationCause::Lost, _) => {
            "start every node again, and tell users and auditors: the guide for operators says what they have to do"
        }
        (Replacement::Rewrap, RotationCause::Lost, _) => {
            "start every node again; developers have to publish anew, since no package that was here opens"
        }
        (Replacement::Anew, ..) => "start every node again, and tell developers: their users have other names now",
        (Replacement::Overlap, _, OlderKey::Kept) => {
            return format!("start every node again, and after six hours run `mezze rotate {name} --finish`");
        }
        (_, _, OlderKey::Kept) => {
            return format!("start every node again, and then run `mezze rotate {name} --finish`");
        }
        _ => "start every node again, all at once: those that run still use the key before",
    }
    .to_owned()
}

fn finish(options: PlatformOptions, purpose: KeyPurpose, terminal: Terminal) -> Result<(), Failure> {
    let name = purpose.name();
    let _progress = terminal.progress("looking for what needs the key before");
    let needed =
        block_on(async { finish_rotation(options, purpose).await.map_err(|failure| serve::start_failure(&failure)) })?;
    if needed == 0 {
        terminal.result(&format!("Nothing needs the key for {name} before; it is gone."));
    } else {
        terminal.result(&format!("The key for {name} before is needed still, by {needed} parts of uploads."));
        terminal.hint(&format!("run `mezze rotate {name} --finish` again in a day, when they have ended"));
    }
    Ok(())
}
