//! Pictures of the package that are larger than a phone shows them.

use crate::headless::AppFiles;

/// A picture and why it is on the list.
#[derive(Debug, Clone)]
pub struct LargeImage {
    pub path: String,
    pub bytes: u64,
    /// Width and height in pixels, where they could be read.
    pub pixels: Option<(usize, usize)>,
}

/// 200 KB.
const MOST_BYTES: usize = 200 * 1000;
/// Twice the width of a common phone's screen.
const MOST_PIXELS: usize = 2 * 1242;
const ENDINGS: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

pub fn find(files: &AppFiles) -> Vec<LargeImage> {
    let pictures = files.iter().filter(|(path, _)| {
        let lower = path.to_lowercase();
        path.starts_with("file/") && ENDINGS.iter().any(|ending| lower.ends_with(ending))
    });
    let mut large: Vec<LargeImage> = pictures
        .filter_map(|(path, bytes)| {
            let size = imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height));
            let wide = size.is_some_and(|(width, height)| width.max(height) > MOST_PIXELS);
            (wide || bytes.len() > MOST_BYTES).then(|| LargeImage {
                path: path.trim_start_matches("file/").to_owned(),
                bytes: bytes.len() as u64,
                pixels: size,
            })
        })
        .collect();
    large.sort_by_key(|image| std::cmp::Reverse(image.bytes));
    large
}
