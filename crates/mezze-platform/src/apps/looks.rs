//! What a picture looks like: 64 bits, one for each place where it gets darker to the right (dHash), so that scaling,
//! recolouring a little and another file format change few of them.

use std::io::Cursor;

use image::{ImageReader, Limits, imageops::FilterType};

/// A picture larger than this on a side is no icon.
const MOST_PIXELS: u32 = 4_096;
/// Pictures that differ in so few bits are taken for each other.
pub(super) const NEAR_BITS: u32 = 6;

/// The look of a raster picture in hex; none where it can't be read, or is one plain colour.
pub(crate) fn look_of(bytes: &[u8]) -> Option<String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(128 * 1024 * 1024);
    reader.limits(limits);
    // What shines through is white, as on a home screen.
    let picture = reader.decode().ok()?.resize_exact(9, 8, FilterType::Triangle).to_rgba8();
    let brightness = |x: u32, y: u32| -> u32 {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        let over_white = |value: u32| (value * alpha + 255 * (255 - alpha)) / 255;
        299 * over_white(red) + 587 * over_white(green) + 114 * over_white(blue)
    };
    let mut bits: u64 = 0;
    for y in 0..8 {
        for x in 0..8 {
            bits = (bits << 1) | u64::from(brightness(x, y) > brightness(x + 1, y) + 2_000);
        }
    }
    (bits != 0).then(|| format!("{bits:016x}"))
}

/// In how many bits two looks differ.
pub(super) fn distance(left: &str, right: &str) -> Option<u32> {
    let bits = |text: &str| u64::from_str_radix(text, 16).ok();
    Some((bits(left)? ^ bits(right)?).count_ones())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn drawn(size: u32, shift: u8, turned: bool) -> Vec<u8> {
        let picture = RgbaImage::from_fn(size, size, |x, y| {
            let (x, y) = if turned { (y, x) } else { (x, y) };
            let (x, y) = (x * 96 / size, y * 96 / size);
            let inside = (x.abs_diff(48)).pow(2) + (y.abs_diff(40)).pow(2) < 30_u32.pow(2) && x / 12 % 2 == 0;
            if inside { Rgba([200, 40_u8.saturating_add(shift), 30, 255]) } else { Rgba([240, 240, 230, 255]) }
        });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_scaled_and_recoloured_picture_looks_the_same_and_another_does_not() {
        let look = look_of(&drawn(96, 0, false)).unwrap();
        for alike in [drawn(192, 0, false), drawn(128, 25, false)] {
            let alike = look_of(&alike).unwrap();
            assert!(distance(&look, &alike).unwrap() <= NEAR_BITS, "{look} {alike}");
        }
        let other = look_of(&drawn(96, 0, true)).unwrap();
        assert!(distance(&look, &other).unwrap() > NEAR_BITS, "{look} {other}");
        assert_eq!(look_of(b"\x89PNG\r\n\x1a\n0000"), None);
        assert_eq!(look_of(b"<svg/>"), None);
    }
}
