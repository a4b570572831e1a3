//! The list of system calls (Linux, seccomp).
//!
//! Two filters, of which the stricter answer counts: what the process needs is allowed and everything else fails with
//! `EPERM`; what only an attacker would ask for ends the process, so that it is told from a mishap.

use std::collections::BTreeMap;

use nix::libc;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};

use super::ConfineFailure;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Reading, writing, memory, time, waiting for a thread, ending.
const NEEDED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_gettimeofday,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Files, sockets, processes, other processes' memory, the kernel.
const DEADLY: &[libc::c_long] = &[
    libc::SYS_openat2,
    libc::SYS_open_by_handle_at,
    libc::SYS_unlinkat,
    libc::SYS_renameat2,
    libc::SYS_mkdirat,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_mount,
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kill,
    libc::SYS_pidfd_open,
    libc::SYS_memfd_create,
    libc::SYS_io_uring_setup,
    libc::SYS_bpf,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_keyctl,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_kexec_load,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_creat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rename,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

pub(super) fn restrict() -> Result<(), ConfineFailure> {
    let failed = |cause: &dyn std::fmt::Display| ConfineFailure::SystemCalls(cause.to_string());
    let needed = program(needed().map_err(|cause| failed(&cause))?, eperm(), SeccompAction::Allow)
        .map_err(|cause| failed(&cause))?;
    let deadly = program(deadly().map_err(|cause| failed(&cause))?, SeccompAction::Allow, SeccompAction::KillProcess)
        .map_err(|cause| failed(&cause))?;
    // The first one does not allow the call that sets the second, so the second goes first.
    for filter in [deadly, needed] {
        seccompiler::apply_filter_all_threads(&filter).map_err(|cause| failed(&cause))?;
    }
    Ok(())
}

fn eperm() -> SeccompAction {
    SeccompAction::Errno(libc::EPERM.unsigned_abs())
}

fn program(
    rules: Rules,
    otherwise: SeccompAction,
    on_match: SeccompAction,
) -> Result<BpfProgram, seccompiler::BackendError> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    SeccompFilter::new(rules, otherwise, on_match, architecture)?.try_into()
}

/// Opening to write ends the process. Opening to read fails: the C library looks into `/proc` when it gives memory back,
/// and goes on without.
fn deadly() -> Result<Rules, seccompiler::BackendError> {
    let mut rules: Rules = DEADLY.iter().map(|call| (*call, Vec::new())).collect();
    let to_write = |argument: u8| -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
        let kinds =
            [(libc::O_ACCMODE, libc::O_WRONLY), (libc::O_ACCMODE, libc::O_RDWR), (libc::O_CREAT, libc::O_CREAT)];
        let rules = kinds.map(|(mask, value)| {
            let operation = SeccompCmpOp::MaskedEq(mask.unsigned_abs().into());
            let value = value.unsigned_abs().into();
            SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operation, value)?])
        });
        rules.into_iter().collect()
    };
    rules.insert(libc::SYS_openat, to_write(2)?);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, to_write(1)?);
    Ok(rules)
}

fn needed() -> Result<Rules, seccompiler::BackendError> {
    let mut rules: Rules = NEEDED.iter().map(|call| (*call, Vec::new())).collect();
    // Memory that is written and run is how a hole in an engine becomes a program.
    let not_run = SeccompCmpOp::MaskedEq(libc::PROT_EXEC.unsigned_abs().into());
    let no_code = || SeccompCondition::new(2, SeccompCmpArgLen::Dword, not_run.clone(), 0);
    rules.insert(libc::SYS_mmap, vec![SeccompRule::new(vec![no_code()?])?]);
    rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(vec![no_code()?])?]);
    // To end itself, no other.
    let itself = u64::from(std::process::id());
    let own = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, itself)?;
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![own])?]);
    Ok(rules)
}
