//! Where a platform keeps its data: the options that all commands have that run or examine one.

use crate::failure::Failure;
use crate::folders;
use mezze_platform::PlatformOptions;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct PlatformPlaces {
    /// Folder of the database, the files and the keys
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// sqlite://… or postgres://…; a file in the data folder where it is not given
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// file:///… or s3://BUCKET/PREFIX; a folder in the data folder where it is not given
    #[arg(long, value_name = "URL")]
    blobs: Option<String>,
    /// A program that wraps and unwraps the platform's keys by your key management service; files where it is not given
    #[arg(long, value_name = "PROGRAM")]
    key_service: Option<PathBuf>,
}

impl PlatformPlaces {
    /// A platform's options with these places, and the defaults in all else.
    pub fn options(self) -> Result<PlatformOptions, Failure> {
        let data = match self.data {
            Some(folder) => folder,
            None => folders::data()?.join("platform"),
        };
        let mut options = PlatformOptions::new(data);
        options.database_url = self.database_url;
        options.blobs_url = self.blobs;
        options.key_service = self.key_service;
        Ok(options)
    }
}
