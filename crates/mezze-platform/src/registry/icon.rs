//! The picture of a mini app, taken from its package.
//!
//! Only raster pictures, told by their first bytes: an SVG is a document that may hold scripts, so it is passed over.

use mezze_model::Manifest;
use mezze_package::Package;

/// A home screen full of larger pictures would be slow.
const MOST_BYTES: usize = 1024 * 1024;

/// A raster picture.
#[derive(Clone)]
pub(super) struct Icon {
    pub(super) bytes: Vec<u8>,
    pub(super) media_type: &'static str,
    /// What it looks like, where it can be read.
    pub(super) look: Option<String>,
}

/// The first icon of the manifest that is in the package and is a raster picture.
pub(super) fn find_icon(manifest: &Manifest, package: &Package) -> Option<Icon> {
    manifest.icons.iter().find_map(|icon| {
        let path = icon.src.trim_start_matches('/');
        let bytes = package.get(path).or_else(|| package.get(&format!("file/{path}")))?;
        let media_type = raster_media_type(bytes)?;
        (bytes.len() <= MOST_BYTES).then(|| Icon {
            bytes: bytes.to_vec(),
            media_type,
            look: crate::apps::look_of(bytes),
        })
    })
}

fn raster_media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes_and_an_svg_is_none() {
        assert_eq!(raster_media_type(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(raster_media_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(raster_media_type(b"RIFF....WEBPVP8 "), Some("image/webp"));
        assert_eq!(raster_media_type(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), None);
        assert_eq!(raster_media_type(b"<html>"), None);
        assert_eq!(raster_media_type(b""), None);
    }
}
