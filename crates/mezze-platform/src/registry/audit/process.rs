//! Starts the auditing program, gives it the package, and ends it when it takes too much.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};

use mezze_host::confined::ConfinedLimits;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::{AuditFailure, Auditor};

/// Bytes of what it complains about, for the operator's log.
const LONGEST_REMARK: u64 = 2_000;

/// Audits by a program that reads a package and writes a report. The program confines itself before it reads
/// (`mezze_host::confined`); this side holds it to its time and the length of its answer.
#[derive(Debug, Clone)]
pub struct ProcessAuditor {
    /// What to start.
    pub program: PathBuf,
    /// With these.
    pub arguments: Vec<String>,
    /// What it may take.
    pub limits: ConfinedLimits,
}

#[async_trait::async_trait]
impl Auditor for ProcessAuditor {
    async fn audit(&self, package: &[u8]) -> Result<Vec<u8>, AuditFailure> {
        let failed = |cause: std::io::Error| AuditFailure::new(format!("its process could not be used: {cause}"));
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let ended = tokio::time::timeout(self.limits.time, converse(&mut child, package, self.limits.answer)).await;
        let Ok(ended) = ended else {
            child.kill().await.map_err(failed)?;
            let seconds = self.limits.time.as_secs_f32();
            return Err(AuditFailure::new(format!("it did not end within {seconds} s and was stopped")));
        };
        let Ended { status, answer, remark } = match ended {
            Ok(ended) => ended,
            Err(failure) => {
                child.kill().await.map_err(failed)?;
                return Err(failure);
            }
        };
        if status.success() {
            return Ok(answer);
        }
        tracing::warn!(audit.status = %status, audit.remark = remark, "an auditing process broke off");
        Err(AuditFailure::new(manner(status)))
    }
}

struct Ended {
    status: ExitStatus,
    answer: Vec<u8>,
    remark: String,
}

/// All three streams at once: a program that fills one while we wait on another would wait for ever.
async fn converse(child: &mut Child, package: &[u8], most: usize) -> Result<Ended, AuditFailure> {
    let (Some(input), Some(output), Some(complaints)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(AuditFailure::new("its process has no streams"));
    };
    let (_, answer, remark) = tokio::try_join!(feed(input, package), read_answer(output, most), remarks(complaints))?;
    let status = child.wait().await.map_err(|cause| AuditFailure::new(cause.to_string()))?;
    Ok(Ended { status, answer, remark })
}

/// One that ends without reading everything says more by how it ended.
async fn feed(mut input: ChildStdin, package: &[u8]) -> Result<(), AuditFailure> {
    let _ = input.write_all(package).await;
    let _ = input.shutdown().await;
    Ok(())
}

async fn read_answer(output: ChildStdout, most: usize) -> Result<Vec<u8>, AuditFailure> {
    let mut answer = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = output.take(limit).read_to_end(&mut answer).await;
    read.map_err(|cause| AuditFailure::new(format!("its answer could not be read: {cause}")))?;
    if answer.len() > most {
        return Err(AuditFailure::new(format!("its answer has more than {most} bytes")));
    }
    Ok(answer)
}

async fn remarks(mut complaints: impl AsyncRead + Unpin) -> Result<String, AuditFailure> {
    let mut text = Vec::new();
    let _ = (&mut complaints).take(LONGEST_REMARK).read_to_end(&mut text).await;
    let _ = tokio::io::copy(&mut complaints, &mut tokio::io::sink()).await;
    Ok(String::from_utf8_lossy(&text).trim().to_owned())
}

/// How it ended, in words that a reviewer can use.
fn manner(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return match signal {
            6 | 9 => format!("its process ran out of memory or broke down (signal {signal})"),
            11 => "its process broke down (signal 11)".to_owned(),
            14 => "it did not end in time (signal 14)".to_owned(),
            24 => "it took more time on the processor than it may (signal 24)".to_owned(),
            31 => "it tried to reach a file, a network or another process, and was stopped (signal 31)".to_owned(),
            _ => format!("its process was ended by signal {signal}"),
        };
    }
    match status.code() {
        Some(code) => format!("its process ended with code {code}"),
        None => "its process was ended".to_owned(),
    }
}
