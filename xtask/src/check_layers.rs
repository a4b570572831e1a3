//! Arrows between our crates go down only.
//!
//! Input: the layer of each crate and the forbidden pairs, both in the root `Cargo.toml` under
//! `[workspace.metadata.layers]`, and what the crates depend on.

use crate::failure::Failure;
use crate::workspace::Workspace;
use cargo_metadata::MetadataCommand;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
struct Rules {
    /// Layer of each crate, 0 at the bottom.
    layer: BTreeMap<String, u32>,
    /// Arrows that go down and are wrong all the same: from, to, and why.
    forbidden: Vec<Forbidden>,
}

#[derive(Debug, Deserialize)]
struct Forbidden {
    from: String,
    to: String,
    reason: String,
}

#[derive(Deserialize)]
struct WorkspaceMetadata {
    layers: Rules,
}

pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let metadata = MetadataCommand::new()
        .manifest_path(workspace.path("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|error| Failure::new(error.to_string(), "run `cargo metadata` to see more"))?;
    let rules: WorkspaceMetadata = serde_json::from_value(metadata.workspace_metadata).map_err(|error| {
        Failure::new(format!("[workspace.metadata.layers] can't be read: {error}"), "correct it in Cargo.toml")
    })?;
    let crates: BTreeMap<String, Vec<String>> = metadata
        .packages
        .iter()
        .map(|package| {
            let dependencies = package.dependencies.iter().map(|dependency| dependency.name.clone()).collect();
            (package.name.to_string(), dependencies)
        })
        .collect();
    let problems = check(&rules.layers, &crates);
    if problems.is_empty() {
        println!("{} crates, every arrow goes down", crates.len());
        return Ok(());
    }
    Err(Failure::new(
        format!("crates depend on what they must not:\n  {}", problems.join("\n  ")),
        "move the code down, or the crate up in [workspace.metadata.layers] if the design says so",
    ))
}

fn check(rules: &Rules, crates: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, dependencies) in crates {
        let Some(layer) = rules.layer.get(name) else {
            problems.push(format!("{name} has no layer"));
            continue;
        };
        for dependency in dependencies.iter().filter(|dependency| crates.contains_key(*dependency)) {
            let below = rules.layer.get(dependency).copied().unwrap_or_default();
            if below >= *layer {
                problems.push(format!("{name} (layer {layer}) depends on {dependency} (layer {below})"));
            }
            for rule in &rules.forbidden {
                if rule.from == *name && rule.to == *dependency {
                    problems.push(format!("{name} depends on {dependency}: {}", rule.reason));
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{Forbidden, Rules, check};
    use std::collections::BTreeMap;

    fn rules() -> Rules {
        Rules {
            layer: [("low", 0), ("middle", 1), ("high", 2)].map(|(name, layer)| (name.to_owned(), layer)).into(),
            forbidden: vec![Forbidden { from: "high".to_owned(), to: "low".to_owned(), reason: "because".to_owned() }],
        }
    }

    fn crates(arrows: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
        let mut crates: BTreeMap<String, Vec<String>> =
            ["low", "middle", "high"].map(|name| (name.to_owned(), vec!["serde".to_owned()])).into();
        for (from, to) in arrows {
            crates.entry((*from).to_owned()).or_default().push((*to).to_owned());
        }
        crates
    }

    #[test]
    fn arrows_down_are_fine() {
        assert_eq!(check(&rules(), &crates(&[("high", "middle"), ("middle", "low")])), Vec::<String>::new());
    }

    #[test]
    fn arrows_up_or_sideways_are_named() {
        assert_eq!(check(&rules(), &crates(&[("low", "middle")])), ["low (layer 0) depends on middle (layer 1)"]);
    }

    #[test]
    fn forbidden_arrows_say_why() {
        assert_eq!(check(&rules(), &crates(&[("high", "low")])), ["high depends on low: because"]);
    }

    #[test]
    fn a_crate_without_a_layer_is_named() {
        assert_eq!(check(&rules(), &crates(&[("other", "low")])), ["other has no layer"]);
    }
}
