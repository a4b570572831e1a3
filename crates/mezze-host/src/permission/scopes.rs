//! The permissions there are, and the categories of personal data behind them. The same table stands in
//! `web/shell/src/permission/scopes.ts`; `tests/fixtures/permission/scopes.json` holds both to it.

/// How a permission is come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Asks {
    /// Asked for when it is first used.
    Prompt,
    /// The user picks each time what the app gets, so nothing is asked before.
    Picker,
    /// Never asked for; given on the app's settings page only.
    Settings,
    /// Never given.
    Withdrawn,
}

/// Where the original host wants the use declared; decides the words of the failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeclaredIn {
    RequiredPrivateInfos,
    Privacy,
}

/// What is known of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeFacts {
    pub name: &'static str,
    /// The category of data that it opens; declaring the scope declares its use of that category.
    pub category: &'static str,
    pub asks: Asks,
    pub declared_in: DeclaredIn,
}

/// Every scope.
pub const SCOPES: &[ScopeFacts] = &[
    scope("scope.userLocation", "location", Asks::Prompt, DeclaredIn::RequiredPrivateInfos),
    scope("scope.userFuzzyLocation", "location", Asks::Prompt, DeclaredIn::RequiredPrivateInfos),
    scope("scope.userLocationBackground", "location", Asks::Settings, DeclaredIn::RequiredPrivateInfos),
    scope("scope.address", "address", Asks::Picker, DeclaredIn::RequiredPrivateInfos),
    scope("scope.invoiceTitle", "invoice", Asks::Picker, DeclaredIn::Privacy),
    scope("scope.invoice", "invoice", Asks::Picker, DeclaredIn::Privacy),
    scope("scope.werun", "health", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.record", "microphone", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.writePhotosAlbum", "album", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.camera", "camera", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.bluetooth", "bluetooth", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.bluetoothBackground", "bluetooth", Asks::Settings, DeclaredIn::Privacy),
    scope("scope.addPhoneContact", "contacts", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.addPhoneCalendar", "calendar", Asks::Prompt, DeclaredIn::Privacy),
    scope("scope.userInfo", "profile", Asks::Withdrawn, DeclaredIn::Privacy),
];

/// Categories that no consent stands before: without them an app could not even say hello to its own server.
pub const OPEN_CATEGORIES: &[&str] = &["identity", "network", "device", "usage"];

const fn scope(name: &'static str, category: &'static str, asks: Asks, declared_in: DeclaredIn) -> ScopeFacts {
    ScopeFacts { name, category, asks, declared_in }
}

/// What is known of the scope of that name.
#[must_use]
pub fn scope_facts(name: &str) -> Option<&'static ScopeFacts> {
    SCOPES.iter().find(|facts| facts.name == name)
}

/// Whether a category of data needs no consent.
#[must_use]
pub fn is_open_category(category: &str) -> bool {
    OPEN_CATEGORIES.contains(&category)
}
