//! A confined process that misbehaves on demand: what `tests/confined.rs` starts.
#![expect(clippy::print_stdout, reason = "its answer is what it prints")]

use mezze_host::confined::{ConfinedLimits, confine};
use std::io::Read as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    let limits = ConfinedLimits {
        memory: 512 << 20,
        processor: Duration::from_secs(1),
        // Only one that waits for ever is to meet this end.
        time: Duration::from_secs(if what == "wait" { 1 } else { 120 }),
        ..ConfinedLimits::default()
    };
    if let Err(failure) = confine(&limits) {
        println!("not confined: {failure}");
        return ExitCode::from(3);
    }
    match misbehave(&what) {
        Ok(text) => println!("done: {text}"),
        Err(cause) => println!("refused: {cause}"),
    }
    ExitCode::SUCCESS
}

fn misbehave(what: &str) -> std::io::Result<String> {
    match what {
        "echo" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            let started = Instant::now();
            Ok(format!("{text} {}", started.elapsed().as_secs()))
        }
        "loop" => {
            let mut number = 1_u64;
            while std::hint::black_box(number) > 0 {
                number = std::hint::black_box(number % 1_000 + 1);
            }
            Ok(String::new())
        }
        "wait" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            Ok("its input ended".to_owned())
        }
        "memory" => {
            let mut kept: Vec<Vec<u8>> = Vec::new();
            loop {
                kept.push(std::hint::black_box(vec![1_u8; 16 << 20]));
                if kept.len() > 256 {
                    return Ok("four gigabytes".to_owned());
                }
            }
        }
        "read" => std::fs::read_to_string("/etc/hostname"),
        "write" => std::fs::write("/tmp/mezze-probe", "here").map(|()| "written".to_owned()),
        "remove" => std::fs::remove_file("/tmp/mezze-probe-none").map(|()| "removed".to_owned()),
        "socket" => std::net::TcpListener::bind("127.0.0.1:0").map(|_| "bound".to_owned()),
        "connect" => std::net::TcpStream::connect("127.0.0.1:9").map(|_| "connected".to_owned()),
        "start" => std::process::Command::new("/bin/true").status().map(|status| status.to_string()),
        "thread" => std::thread::Builder::new().spawn(|| {}).map(|_| "a thread".to_owned()),
        "folder" => std::env::current_dir().map(|folder| folder.display().to_string()),
        _ => Err(std::io::Error::other("unknown")),
    }
}
