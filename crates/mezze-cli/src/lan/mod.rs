//! `mezze dev --lan`: telephones on the local network need https, and https needs a certificate they trust.
//!
//! A certificate authority of this machine's own is made once and kept; it signs a certificate for the machine's
//! address. The authority's certificate (not its key) is offered to the telephone over plain http.

mod authority;
mod handout;

use crate::failure::Failure;
use mezze_platform::TlsFiles;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use url::Url;

const DEFAULT_PORT: u16 = 7743;

/// What is needed to let other devices in.
pub struct Lan {
    pub listen: SocketAddr,
    pub tls: TlsFiles,
    pub url: Url,
    /// The authority's certificate, and where a telephone gets it.
    pub authority: PathBuf,
    pub authority_url: String,
}

/// Makes certificates for this machine's address on the local network.
pub fn prepare(folder: &Path, wanted: Option<SocketAddr>) -> Result<Lan, Failure> {
    let address = match wanted.map(|wanted| wanted.ip()).filter(|ip| !ip.is_unspecified()) {
        Some(ip) => ip,
        None => local_address()?,
    };
    let port = wanted.map_or(DEFAULT_PORT, |wanted| wanted.port());
    let files = authority::certificate_for(folder, address)?;
    let host = match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    let url = Url::parse(&format!("https://{host}:{port}/"))
        .map_err(|error| Failure::new(format!("{address} is no address for a browser: {error}"), "give another one"))?;
    let handout_port = handout::start(address, &files.authority)?;
    Ok(Lan {
        listen: SocketAddr::new(address, port),
        tls: TlsFiles { certificate: files.certificate, key: files.key },
        url,
        authority: files.authority,
        authority_url: format!("http://{host}:{handout_port}/mezze.crt"),
    })
}

/// The address other devices of the network know this machine by. Connecting a datagram socket sends nothing; it only
/// makes the system choose.
fn local_address() -> Result<IpAddr, Failure> {
    let chosen = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))
        .and_then(|socket| socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).and_then(|()| socket.local_addr()));
    match chosen {
        Ok(address) if !address.ip().is_loopback() && !address.ip().is_unspecified() => Ok(address.ip()),
        _ => Err(Failure::new(
            "this machine is on no network",
            "join the telephone's network, or give the machine's address with --listen ADDRESS:PORT",
        )),
    }
}

/// The code to scan and how to trust the certificate.
pub fn instructions(lan: &Lan, url: &str) -> String {
    let code = qrcode::QrCode::new(url.as_bytes()).map(|code| {
        code.render::<qrcode::render::unicode::Dense1x2>()
            .dark_color(qrcode::render::unicode::Dense1x2::Light)
            .light_color(qrcode::render::unicode::Dense1x2::Dark)
            .build()
    });
    let code = code.unwrap_or_else(|_| url.to_owned());
    format!(
        "\n{code}\n\n\
         A telephone must trust this machine once:\n  \
         1. open {} on the telephone and install the certificate\n  \
         2. iOS: Settings, General, About, Certificate Trust Settings: switch Mezze on\n     \
         Android: Settings, Security, Encryption & credentials, Install a certificate, CA certificate\n  \
         3. scan the code above\n\
         The certificate is {}; who has its key ({}) can pose as any site to that telephone, so remove\n\
         it from the telephone when you are done.\n",
        lan.authority_url,
        lan.authority.display(),
        lan.authority.with_extension("key").display(),
    )
}
