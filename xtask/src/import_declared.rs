//! Lists the API names of the WeChat dialect in `crates/mezze-api/catalog/declared.toml`.
//!
//! Input: `lib.wx.api.d.ts` of the npm package `miniprogram-api-typings` (its `interface Wx`). Only names and kinds are
//! taken. Output: a list of names by kind, so that a name nobody carries out yet still fails properly.

use crate::failure::Failure;
use crate::workspace::Workspace;
use mezze_api::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Names that apps use and the typings no longer list: withdrawn, or of another base library.
const ALSO: &[(Kind, &str)] = &[
    (Kind::Call, "drawCanvas"),
    (Kind::Call, "faceVerify"),
    (Kind::Call, "getBackgroundAudioPlayerState"),
    (Kind::Call, "getFileInfo"),
    (Kind::Call, "getSavedFileInfo"),
    (Kind::Call, "getSavedFileList"),
    (Kind::Call, "notifyGroupMembers"),
    (Kind::Call, "pauseBackgroundAudio"),
    (Kind::Call, "playBackgroundAudio"),
    (Kind::Call, "removeSavedFile"),
    (Kind::Call, "saveFile"),
    (Kind::Call, "seekBackgroundAudio"),
    (Kind::Call, "setPageOrientation"),
    (Kind::Call, "stopBackgroundAudio"),
    (Kind::Sync, "createBannerAd"),
    (Kind::Sync, "createContext"),
    (Kind::Sync, "createCustomAd"),
    (Kind::Sync, "createGridAd"),
    (Kind::Sync, "createSharedArrayBuffer"),
    (Kind::Sync, "getPluginShareInfo"),
    (Kind::Sync, "report"),
];

pub fn run(workspace: &Workspace, typings: &Path) -> Result<(), Failure> {
    let text = std::fs::read_to_string(typings).map_err(|error| Failure::file(typings, &error))?;
    let names = names_of_interface(&text);
    if names.is_empty() {
        return Err(Failure::new(
            format!("{} has no `interface Wx`", typings.display()),
            "give the path of types/wx/lib.wx.api.d.ts in miniprogram-api-typings",
        ));
    }
    let target = workspace.path("crates/mezze-api/catalog/declared.toml");
    std::fs::write(&target, declared_file(&names)).map_err(|error| Failure::file(&target, &error))
}

/// Names and kinds of the members of `interface Wx`.
fn names_of_interface(typings: &str) -> BTreeMap<String, Kind> {
    let text = without_comments(typings);
    let mut names: BTreeMap<String, Kind> = BTreeMap::new();
    let mut members = text
        .lines()
        .skip_while(|line| line.trim_end() != "    interface Wx {")
        .skip(1)
        .take_while(|line| line.trim_end() != "    }")
        .peekable();
    while let Some(line) = members.next() {
        let Some((name, rest)) = member_start(line) else {
            continue;
        };
        let mut declaration = rest.to_owned();
        while let Some(next) = members.next_if(|next| member_start(next).is_none()) {
            declaration.push('\n');
            declaration.push_str(next);
        }
        names.insert(name.to_owned(), kind_of(name, &declaration));
    }
    for (kind, name) in ALSO {
        names.entry((*name).to_owned()).or_insert(*kind);
    }
    names
}

/// `        request<T>(` gives `request` and the rest of the line.
fn member_start(line: &str) -> Option<(&str, &str)> {
    let body = line.strip_prefix("        ")?;
    let end = body.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
    let (name, rest) = body.split_at(end);
    (!name.is_empty() && rest.starts_with(['(', '<', ':', '?'])).then_some((name, rest))
}

fn kind_of(name: &str, declaration: &str) -> Kind {
    if declaration.starts_with(':') {
        return Kind::Value;
    }
    let returned = declaration.rfind("):").map_or("", |start| declaration[start + 2..].trim());
    let listener = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_uppercase()))
    };
    if listener("on") || listener("off") {
        Kind::Event
    } else if returned.ends_with("Task") {
        Kind::Task
    } else if returned == "void" && !name.ends_with("Sync") || is_promise(returned) {
        Kind::Call
    } else {
        Kind::Sync
    }
}

/// `Promise<…>`, `PromisifySuccessResult<…>` or `void | Promise<…>`.
fn is_promise(returned: &str) -> bool {
    returned.contains("Promis")
}

fn without_comments(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        output.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    output.push_str(rest);
    output
}

fn declared_file(names: &BTreeMap<String, Kind>) -> String {
    let mut output = String::from(
        "# API names of the dialects that no family describes yet. An app that calls one gets the dialect's own failure.\n\
         # Written by `cargo xtask import-declared`; a name that a family describes is ignored here.\n",
    );
    for (kind, title) in [
        (Kind::Call, "call"),
        (Kind::Sync, "sync"),
        (Kind::Event, "event"),
        (Kind::Task, "task"),
        (Kind::Value, "value"),
    ] {
        let listed: BTreeSet<&String> = names.iter().filter(|(_, of)| **of == kind).map(|(name, _)| name).collect();
        let _ = writeln!(output, "\n{title} = [");
        for name in listed {
            let _ = writeln!(output, "  \"{name}\",");
        }
        output.push_str("]\n");
    }
    output
}

#[cfg(test)]
mod tests {
    use super::names_of_interface;
    use mezze_api::Kind;

    const TYPINGS: &str = "
    interface WxOther {
        notOurs(): void
    }
    interface Wx {
        /** `};
    }` in an example
         */
        getThing(
            /** key */
            key: string
        ): Thing
        request<
            T extends string | object = string
        >(
            option: RequestOption<T>
        ): RequestTask
        setThingSync(key: string): void
        showThing<T extends Option = Option>(
            option: T
        ): PromisifySuccessResult<T, Option>
        hideThing(option?: Option): void
        onThing(
            listener: (result: Result) => void
        ): void
        offer(): void
        cloud: WxCloud
    }
";

    #[test]
    fn tells_kinds_apart() {
        let names = names_of_interface(TYPINGS);
        let kind = |name: &str| names.get(name).copied();
        assert_eq!(kind("notOurs"), None);
        assert_eq!(kind("getThing"), Some(Kind::Sync));
        assert_eq!(kind("request"), Some(Kind::Task));
        assert_eq!(kind("setThingSync"), Some(Kind::Sync));
        assert_eq!(kind("showThing"), Some(Kind::Call));
        assert_eq!(kind("hideThing"), Some(Kind::Call));
        assert_eq!(kind("onThing"), Some(Kind::Event));
        assert_eq!(kind("offer"), Some(Kind::Call));
        assert_eq!(kind("cloud"), Some(Kind::Value));
    }
}
