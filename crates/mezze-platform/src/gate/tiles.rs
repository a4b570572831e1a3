//! `GET /gate/tiles/{z}/{x}/{y}`: the operator's map tiles, so that a map asks nobody but the platform.
//!
//! The address is the operator's own and may be a private one; nothing of the user goes along with the request.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::outbound::{capped_body, operator_client, refuse_large};
use crate::http::FRAMELESS_FILE_POLICY;
use crate::options::MapTiles;
use crate::problem::Problem;

/// A tile of 256 pixels is far smaller.
const LARGEST_TILE: u64 = 2 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(15);

/// The server behind the maps.
pub(super) struct TileServer {
    client: reqwest::Client,
    tiles: MapTiles,
}

impl TileServer {
    pub(super) fn new(tiles: MapTiles) -> Result<Self, reqwest::Error> {
        let client = operator_client().timeout(PATIENCE).build()?;
        Ok(Self { client, tiles })
    }

    /// Fetches one tile.
    pub(super) async fn tile(&self, zoom: u8, column: u32, row: u32) -> Result<Response, Problem> {
        let Some(url) = self.tiles.url(zoom, column, row) else {
            return Err(Problem::not_found(format!("There is no map tile {zoom}/{column}/{row}.")));
        };
        let response = self.client.get(url).send().await.map_err(|cause| {
            // The address may hold a key of the operator's.
            tracing::warn!(error.message = %cause.without_url(), "the map tile server can't be reached");
            missing("The tile server can't be reached.".to_owned())
        })?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(missing(format!("The tile server answered with {status}.")));
        }
        let kind = response.headers().get(header::CONTENT_TYPE).cloned();
        let Some(kind) = kind.filter(|kind| kind.as_bytes().starts_with(b"image/")) else {
            return Err(missing("The tile server answered with something that is no picture.".to_owned()));
        };
        refuse_large(&response, LARGEST_TILE)?;
        let mut answer = Response::new(Body::from_stream(capped_body(response, LARGEST_TILE)));
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMELESS_FILE_POLICY));
        Ok(answer)
    }
}

fn missing(detail: String) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY, "map-tile", "The map tile can't be had", detail)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::http::header;
    use axum::routing::get;

    use crate::testing::{TestPlatform, Upstream};

    #[tokio::test]
    async fn a_platform_without_tiles_says_so() {
        let platform = TestPlatform::on_sqlite().await;
        let mut browser = platform.signed_in().await;
        assert!(browser.get("/api/v1/platform").await.json()["map_tiles"].is_null());
        browser.get("/gate/tiles/0/0/0").await.problem(404, "not-found");
    }

    #[tokio::test]
    async fn tiles_come_through_the_platform_for_those_who_are_signed_in() {
        let server = Router::new()
            .route("/1/0/1.png", get(async || ([(header::CONTENT_TYPE, "image/png")], vec![1_u8, 2, 3])))
            .route("/1/1/1.png", get(async || ([(header::CONTENT_TYPE, "text/html")], "<b>no</b>")));
        let upstream = Upstream::start(server).await;
        let address = format!("{}#gcj02", upstream.url("/{z}/{x}/{y}.png"));
        let platform = TestPlatform::with(|options| {
            options.map_tiles = Some(address.parse().expect("an address"));
        })
        .await;
        platform.browser().get("/gate/tiles/1/0/1").await.problem(401, "not-signed-in");
        let mut browser = platform.signed_in().await;
        assert_eq!(browser.get("/api/v1/platform").await.json()["map_tiles"]["datum"], "gcj02");
        let tile = browser.get("/gate/tiles/1/0/1").await;
        assert_eq!((tile.status, tile.header("content-type")), (200, "image/png"));
        assert_eq!(tile.body.as_ref(), [1, 2, 3]);
        browser.get("/gate/tiles/1/1/1").await.problem(502, "map-tile");
        browser.get("/gate/tiles/1/0/0").await.problem(502, "map-tile");
        browser.get("/gate/tiles/1/2/0").await.problem(404, "not-found");
    }
}
