//! A process that takes every power from itself before it looks at what is not trusted.
//!
//! The parent starts it with an empty environment and three pipes. The child calls [`confine`] first: from then on it
//! can read its input, compute, and write its answer, and nothing else. Whatever the script engine is made to do, it
//! has no file, no socket, no other process and no secret to do it with.
//!
//! | | Linux | other Unix | elsewhere |
//! |---|---|---|---|
//! | memory, processor time, size of files, processes, descriptors | capped | capped | by the parent's clock alone |
//! | inherited descriptors | closed | closed | none are passed on |
//! | environment | must be empty | must be empty | as started |
//! | a time after which the system ends it, even where the parent is gone | yes | yes | no |
//! | system calls | a short list; opening fails; writing, connecting, starting and tracing end it at once | all | all |

#[cfg(unix)]
mod limits;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod system_calls;

use std::time::Duration;

/// What a confined process may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfinedLimits {
    /// Address space, bytes.
    pub memory: u64,
    /// Time on a processor; whole seconds.
    pub processor: Duration,
    /// Time by the clock; whole seconds.
    pub time: Duration,
    /// Bytes of its answer.
    pub answer: usize,
}

impl Default for ConfinedLimits {
    fn default() -> Self {
        Self { memory: 1 << 30, processor: Duration::from_secs(90), time: Duration::from_secs(120), answer: 16 << 20 }
    }
}

/// Proof that this process is confined: what handles untrusted bytes takes it.
#[derive(Debug)]
pub struct Confined(());

/// Why a process could not confine itself. It must then end without having read anything.
#[derive(Debug, thiserror::Error)]
pub enum ConfineFailure {
    #[error("the environment is not empty: it holds {0}")]
    Environment(String),
    #[error("the open descriptors can't be listed: {0}")]
    Descriptors(#[source] std::io::Error),
    #[error("{what} can't be limited: {cause}")]
    Limit {
        what: &'static str,
        #[source]
        cause: std::io::Error,
    },
    #[error("the system calls can't be limited: {0}")]
    SystemCalls(String),
}

/// Takes every power from this process that it does not need to read its input, compute and answer. There is no way
/// back. All threads are held by it; what the process wants to load, it loads before.
///
/// # Errors
/// Where the system refuses a step. The process may then be confined in part and must end.
pub fn confine(limits: &ConfinedLimits) -> Result<Confined, ConfineFailure> {
    #[cfg(unix)]
    limits::apply(limits)?;
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
    system_calls::restrict()?;
    #[cfg(not(unix))]
    let _ = limits;
    Ok(Confined(()))
}
