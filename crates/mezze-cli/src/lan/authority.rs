//! The local certificate authority and the certificates it signs.

use crate::clock;
use crate::failure::Failure;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Days a server certificate is good for; iOS refuses more than 825.
const SERVER_DAYS: u64 = 90;
/// Days the authority is good for.
const AUTHORITY_DAYS: u64 = 3650;
const SECONDS_PER_DAY: u64 = 86_400;

/// Files of one certificate.
pub struct CertificateFiles {
    /// The server's certificate.
    pub certificate: PathBuf,
    /// The server's private key.
    pub key: PathBuf,
    /// The authority's certificate.
    pub authority: PathBuf,
}

/// A fresh certificate for an address, signed by the authority of `folder`, which is made where there is none.
pub fn certificate_for(folder: &Path, address: IpAddr) -> Result<CertificateFiles, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    let (issuer, authority) = authority(folder)?;
    let key = KeyPair::generate().map_err(|error| rejected(&error))?;
    let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).map_err(|error| rejected(&error))?;
    parameters.subject_alt_names.push(SanType::IpAddress(address));
    parameters.distinguished_name = name("Mezze development");
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    valid_for(&mut parameters, SERVER_DAYS);
    let certificate = parameters.signed_by(&key, &issuer).map_err(|error| rejected(&error))?;

    let files = CertificateFiles { certificate: folder.join("server.crt"), key: folder.join("server.key"), authority };
    write(&files.certificate, &certificate.pem())?;
    write_secret(&files.key, &key.serialize_pem())?;
    Ok(files)
}

fn authority(folder: &Path) -> Result<(Issuer<'static, KeyPair>, PathBuf), Failure> {
    let certificate_file = folder.join("mezze.crt");
    let key_file = folder.join("mezze.key");
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = name("Mezze development authority");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_for(&mut parameters, AUTHORITY_DAYS);
    let key = match std::fs::read_to_string(&key_file) {
        Ok(text) if certificate_file.exists() => KeyPair::from_pem(&text).map_err(|error| {
            Failure::new(
                format!("{} can't be read: {error}", key_file.display()),
                "remove the file; a new authority is made, and telephones must trust it again",
            )
        })?,
        Ok(_) | Err(_) => {
            let key = KeyPair::generate().map_err(|error| rejected(&error))?;
            let certificate = parameters.self_signed(&key).map_err(|error| rejected(&error))?;
            write_secret(&key_file, &key.serialize_pem())?;
            write(&certificate_file, &certificate.pem())?;
            key
        }
    };
    Ok((Issuer::new(parameters, key), certificate_file))
}

fn valid_for(parameters: &mut CertificateParams, days: u64) {
    let (year, month, day) = date_after(0);
    parameters.not_before = date_time_ymd(year, month, day);
    let (year, month, day) = date_after(days);
    parameters.not_after = date_time_ymd(year, month, day);
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

fn rejected(error: &rcgen::Error) -> Failure {
    Failure::new(format!("the certificate could not be made: {error}"), "use `mezze dev` without --lan")
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::writing(path, &error))
}

/// Writes a file only its owner can read.
fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::writing(path, &error))
}

/// Year, month and day so many days from today, UTC (civil date from day count, after H. Hinnant).
fn date_after(days: u64) -> (i32, u8, u8) {
    civil(clock::seconds_since_epoch() / SECONDS_PER_DAY + days)
}

fn civil(days_since_1970: u64) -> (i32, u8, u8) {
    let shifted = days_since_1970 + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (i32::try_from(year).unwrap_or(9999), u8::try_from(month).unwrap_or(12), u8::try_from(day).unwrap_or(28))
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn counts_days() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_513), (2026, 3, 1));
    }
}
