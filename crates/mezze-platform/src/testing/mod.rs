//! What the tests share: a platform on each database, a browser, packages to upload, and servers for the gate.

mod browser;
pub(crate) mod bucket;
pub(crate) mod device;
pub(crate) mod package;
pub(crate) mod platform;
pub(crate) mod postgres;
mod upstream;

pub(crate) use browser::{Answer, Browser};
pub(crate) use package::PackageFixture;
pub(crate) use platform::{TestPlatform, reviewed_on_each_database};
pub(crate) use upstream::Upstream;

/// Runs each `async fn(TestPlatform)` on SQLite, and on PostgreSQL where its programs are installed.
macro_rules! on_each_database {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::testing::TestPlatform::on_sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(platform) = $crate::testing::TestPlatform::on_postgres().await {
                    super::$name(platform).await;
                }
            })+
        }
    };
}
pub(crate) use on_each_database;
