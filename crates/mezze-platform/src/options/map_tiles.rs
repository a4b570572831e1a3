//! The operator's map tiles: an address with places for a tile's zoom, column and row.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

/// Zoom levels that a tile may have.
pub(crate) const MOST_ZOOM: u8 = 22;
const USUAL_ZOOM: u8 = 18;

/// Tiles of 256 pixels in Web Mercator, as most servers have them.
///
/// ```text
/// https://tiles.example.org/{z}/{x}/{y}.png
/// https://tiles.example.cn/{z}/{x}/{y}.png#gcj02     drawn in China's offset grid
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapTiles {
    template: String,
    /// The grid that the tiles are drawn in.
    pub datum: Datum,
    /// Who has to be named on the map.
    pub attribution: String,
    /// The highest zoom that the server has.
    pub max_zoom: u8,
}

/// The grid that tiles are drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// The world's.
    Wgs84,
    /// China's offset grid.
    Gcj02,
}

/// Why an address of tiles can't be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the map tiles {given} can't be used: {reason}")]
pub struct MapTilesFailure {
    given: String,
    reason: &'static str,
}

impl MapTiles {
    /// The same tiles, with who has to be named on the map.
    #[must_use]
    pub fn attributed(mut self, attribution: String) -> Self {
        self.attribution = attribution;
        self
    }

    /// The address of one tile, or none where there is no such tile.
    #[must_use]
    pub fn url(&self, zoom: u8, column: u32, row: u32) -> Option<Url> {
        let count = 1_u32.checked_shl(u32::from(zoom))?;
        if zoom > MOST_ZOOM || column >= count || row >= count {
            return None;
        }
        let filled = self
            .template
            .replace("{z}", &zoom.to_string())
            .replace("{x}", &column.to_string())
            .replace("{y}", &row.to_string());
        Url::parse(&filled).ok()
    }
}

impl FromStr for MapTiles {
    type Err = MapTilesFailure;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let refuse = |reason| Err(MapTilesFailure { given: given.to_owned(), reason });
        let (template, grid) = given.split_once('#').map_or((given, None), |(template, grid)| (template, Some(grid)));
        let datum = match grid {
            None | Some("wgs84") => Datum::Wgs84,
            Some("gcj02") => Datum::Gcj02,
            Some(_) => return refuse("behind # stands the grid, which is wgs84 or gcj02"),
        };
        if !["{z}", "{x}", "{y}"].iter().all(|place| template.contains(place)) {
            return refuse("it must hold {z}, {x} and {y}, for example https://tiles.example.org/{z}/{x}/{y}.png");
        }
        let tiles = Self { template: template.to_owned(), datum, attribution: String::new(), max_zoom: USUAL_ZOOM };
        match tiles.url(0, 0, 0) {
            Some(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(tiles),
            _ => refuse("it must be an address that begins with https:// or http://"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Datum, MapTiles};

    #[test]
    fn an_address_names_its_tiles_and_their_grid() {
        let tiles: MapTiles = "https://t.example.org/{z}/{x}/{y}.png?key=1#gcj02".parse().expect("an address");
        assert_eq!(tiles.datum, Datum::Gcj02);
        assert_eq!(tiles.url(3, 7, 0).expect("a tile").as_str(), "https://t.example.org/3/7/0.png?key=1");
        let plain: MapTiles = "http://localhost:8000/{z}/{x}/{y}".parse().expect("an address");
        assert_eq!(plain.datum, Datum::Wgs84);
    }

    #[test]
    fn tiles_outside_the_world_are_none() {
        let tiles: MapTiles = "https://t.example.org/{z}/{x}/{y}.png".parse().expect("an address");
        assert!(tiles.url(3, 8, 0).is_none());
        assert!(tiles.url(3, 0, 8).is_none());
        assert!(tiles.url(23, 0, 0).is_none());
        assert!(tiles.url(40, 0, 0).is_none());
    }

    #[test]
    fn an_address_without_places_or_scheme_is_refused() {
        for (given, reason) in [
            ("https://t.example.org/tiles.png", "{z}, {x} and {y}"),
            ("ftp://t.example.org/{z}/{x}/{y}", "https://"),
            ("/{z}/{x}/{y}", "https://"),
            ("https://t.example.org/{z}/{x}/{y}#mars", "wgs84 or gcj02"),
        ] {
            let failure = given.parse::<MapTiles>().expect_err(given).to_string();
            assert!(failure.contains(reason), "{failure}");
        }
    }
}
