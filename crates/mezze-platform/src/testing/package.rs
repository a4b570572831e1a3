//! Packages to upload, small but whole.

use mezze_package::{Limits, PackageBuilder, Role, SigningKey, sign};
use serde_json::{Value, json};

/// The smallest bytes that are told to be a PNG.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

#[derive(Clone)]
pub(crate) struct PackageFixture {
    pub(crate) app_id: String,
    pub(crate) version: String,
    pub(crate) code: u64,
    /// Seed of the developer's key.
    pub(crate) developer: u8,
    pub(crate) origins: Value,
    pub(crate) development: bool,
    /// Name and content.
    pub(crate) icon: (String, Vec<u8>),
    pub(crate) script: String,
    /// What the manifest's member `mezze` says instead, by member.
    pub(crate) mezze: Value,
    /// What config/app.json says instead, by member.
    pub(crate) config: Value,
}

impl Default for PackageFixture {
    fn default() -> Self {
        let origins = json!({"request": [], "upload": [], "download": [], "socket": [], "media": [], "webview": []});
        Self {
            app_id: "org.example.menu".to_owned(),
            version: "1.0.0".to_owned(),
            code: 1,
            developer: 1,
            origins,
            development: false,
            icon: ("file/icon.png".to_owned(), PNG.to_vec()),
            script: "Page({})".to_owned(),
            mezze: json!({}),
            config: json!({}),
        }
    }
}

impl PackageFixture {
    pub(crate) fn version(version: &str, code: u64) -> Self {
        Self { version: version.to_owned(), code, ..Self::default() }
    }

    /// Declares one origin for one use.
    pub(crate) fn declaring(mut self, origin_use: &str, origin: &str) -> Self {
        self.origins[origin_use] = json!([origin]);
        self
    }

    pub(crate) fn developer_key(&self) -> SigningKey {
        SigningKey::from_seed([self.developer; 32])
    }

    /// The signed package.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        sign(&self.unsigned(), &self.developer_key(), Role::Developer, 1_759_000_000, &Limits::default())
            .expect("the fixture is no package")
    }

    pub(crate) fn unsigned(&self) -> Vec<u8> {
        PackageBuilder::new()
            .file("manifest.json", self.manifest().to_string().as_bytes())
            .file("config/app.json", self.app_config().to_string().as_bytes())
            .file("script/pages/index/index.js", self.script.as_bytes())
            .file(&self.icon.0, &self.icon.1)
            .finish()
            .expect("the fixture is no package")
    }

    fn manifest(&self) -> Value {
        let mut manifest = json!({
            "app_id": self.app_id,
            "name": "Menu",
            "description": "What there is to eat",
            "icons": [{"src": self.icon.0}],
            "version": {"name": self.version, "code": self.code},
            "platform_version": {"min_code": 1},
            "pages": ["pages/index/index"],
            "mezze": {
                "format": 1,
                "namespace": "wx",
                "entry_page": "pages/index/index",
                "development": self.development,
                "origins": self.origins,
                "publisher": {"name": "Example Kitchen"},
                "category": "food",
            },
        });
        for (member, value) in self.mezze.as_object().into_iter().flatten() {
            manifest["mezze"][member] = value.clone();
        }
        manifest
    }

    fn app_config(&self) -> Value {
        let mut config = json!({
            "format": 1, "appId": self.app_id, "version": self.version, "namespace": "wx",
            "entryPage": "pages/index/index",
            "pages": {"pages/index/index": {
                "package": "", "usingComponents": {}, "componentGenerics": {}, "componentPlaceholder": {},
                "component": false, "styleScope": null, "hasScript": true, "hasTemplate": false,
                "window": {}, "styles": [],
            }},
            "components": {}, "globalComponents": {}, "window": {},
            "packages": [{"root": "", "name": "", "independent": false, "pages": ["pages/index/index"], "scripts": [], "templates": []}],
            "preloadRule": {},
            "networkTimeout": {"request": 60000, "connectSocket": 60000, "uploadFile": 60000, "downloadFile": 60000},
            "permission": {}, "requiredPrivateInfos": [], "requiredBackgroundModes": [],
            "themes": {"light": {}, "dark": {}}, "darkMode": false, "componentStyle": "v1", "ext": {},
            "origins": self.origins,
        });
        for (member, value) in self.config.as_object().into_iter().flatten() {
            config[member] = value.clone();
        }
        config
    }
}
