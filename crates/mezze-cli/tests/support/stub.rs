//! A platform that gives fixed answers, and keeps what it was asked.

#![expect(clippy::expect_used, reason = "a test stops at its first failure")]

use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Method and path, status, answer.
pub type Answer = (&'static str, u16, Value);

/// A running stub; it lives as long as the test's process.
pub struct StubPlatform {
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl StubPlatform {
    pub fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("no port is free");
        let url = format!("http://{}/", listener.local_addr().expect("a listener has an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &answers, &kept);
            }
        });
        Self { url, asked }
    }

    /// Every request: method, path and body.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

fn answer(mut stream: TcpStream, answers: &[Answer], kept: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a connection can be shared"));
    let mut head = String::new();
    reader.read_line(&mut head).expect("a request has a first line");
    let mut length = 0;
    let mut token = false;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a request has headers");
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        length = line.strip_prefix("content-length: ").and_then(|text| text.parse().ok()).unwrap_or(length);
        token |= line == "authorization: bearer secret-token";
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a request has its body");
    let asked = head.rsplit_once(' ').map_or(head.as_str(), |(asked, _)| asked).to_owned();
    kept.lock().expect("nobody panicked").push(format!("{asked} {}", String::from_utf8_lossy(&body)).trim().to_owned());
    let known = answers.iter().find(|(what, ..)| token && *what == asked);
    let (status, value) = known.map_or((404, Value::Null), |(_, status, value)| (*status, value.clone()));
    let text = if status == 204 { String::new() } else { value.to_string() };
    let answer = format!(
        "HTTP/1.1 {status} Stub\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    stream.write_all(answer.as_bytes()).expect("the answer can be sent");
}
