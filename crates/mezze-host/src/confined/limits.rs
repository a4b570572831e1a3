//! What every Unix has: descriptors, the environment, resource limits and an alarm.

use std::io;
use std::os::fd::RawFd;

use nix::errno::Errno;
use nix::sys::resource::{Resource, rlim_t, setrlimit};

use super::{ConfineFailure, ConfinedLimits};

/// Standard input, output and error.
const STANDARD_DESCRIPTORS: RawFd = 3;
/// The parent's clock goes first; this one is for a child whose parent is gone.
const ALARM_AFTER_SECONDS: u64 = 2;

pub(super) fn apply(limits: &ConfinedLimits) -> Result<(), ConfineFailure> {
    refuse_environment()?;
    close_descriptors()?;
    let seconds = |time: std::time::Duration| time.as_secs().max(1);
    let processor = seconds(limits.processor);
    // Past the soft limit the system tells the process, which ends by that; past the hard one it kills it.
    limit("processor time", Resource::RLIMIT_CPU, processor, processor + 1)?;
    limit("the size of files", Resource::RLIMIT_FSIZE, 0, 0)?;
    limit("core files", Resource::RLIMIT_CORE, 0, 0)?;
    limit("descriptors", Resource::RLIMIT_NOFILE, 3, 3)?;
    limit("processes", Resource::RLIMIT_NPROC, 0, 0)?;
    limit("memory", Resource::RLIMIT_AS, limits.memory, limits.memory)?;
    let alarm = seconds(limits.time) + ALARM_AFTER_SECONDS;
    nix::unistd::alarm::set(u32::try_from(alarm).unwrap_or(u32::MAX));
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_dumpable(false)
        .map_err(|cause| ConfineFailure::Limit { what: "tracing", cause: cause.into() })?;
    Ok(())
}

fn limit(what: &'static str, resource: Resource, soft: u64, hard: u64) -> Result<(), ConfineFailure> {
    let (soft, hard) = (rlim_t::from(soft), rlim_t::from(hard));
    setrlimit(resource, soft, hard).map_err(|cause| ConfineFailure::Limit { what, cause: cause.into() })
}

/// A secret that was left there would be the script's to read. macOS adds a variable of its own.
fn refuse_environment() -> Result<(), ConfineFailure> {
    match std::env::vars_os().find(|(name, _)| name != "__CF_USER_TEXT_ENCODING") {
        Some((name, _)) => Err(ConfineFailure::Environment(name.to_string_lossy().into_owned())),
        None => Ok(()),
    }
}

fn close_descriptors() -> Result<(), ConfineFailure> {
    let folder = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
    let mut open: Vec<RawFd> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(ConfineFailure::Descriptors)? {
        let name = entry.map_err(ConfineFailure::Descriptors)?.file_name();
        open.extend(name.to_str().and_then(|name| name.parse::<RawFd>().ok()));
    }
    for descriptor in open.into_iter().filter(|descriptor| *descriptor >= STANDARD_DESCRIPTORS) {
        match nix::unistd::close(descriptor) {
            // The one by which they were listed is closed already.
            Ok(()) | Err(Errno::EBADF) => {}
            Err(cause) => return Err(ConfineFailure::Descriptors(io::Error::from(cause))),
        }
    }
    Ok(())
}
