//! Hands the authority's certificate, which is public, to telephones over plain http.

use crate::failure::Failure;
use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

/// Starts a thread that answers every request with the certificate; gives its port.
pub fn start(address: IpAddr, certificate: &Path) -> Result<u16, Failure> {
    let body = std::fs::read(certificate).map_err(|error| Failure::reading(certificate, &error))?;
    let refused = |error: std::io::Error| {
        Failure::new(format!("can't listen on {address}: {error}"), "give this machine's address with --listen")
    };
    let listener = TcpListener::bind((address, 0)).map_err(refused)?;
    let port = listener.local_addr().map_err(refused)?.port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // One telephone that hangs up early must not keep the next one from its certificate.
            drop(answer(stream, &body));
        }
    });
    Ok(port)
}

fn answer(mut stream: TcpStream, body: &[u8]) -> std::io::Result<()> {
    let patience = Some(Duration::from_secs(2));
    stream.set_read_timeout(patience)?;
    stream.set_write_timeout(patience)?;
    let mut request = [0; 2048];
    let length = stream.read(&mut request)?;
    if !request[..length].starts_with(b"GET ") {
        return stream.write_all(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-x509-ca-cert\r\nContent-Length: {}\r\n\
         Content-Disposition: attachment; filename=\"mezze.crt\"\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}
