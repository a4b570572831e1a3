//! Writes every generated file, or says which of them are stale.

mod catalog_script;
mod component_pages;
mod component_script;
mod developer_types;
mod object_script;
mod parameter_script;
mod reference_pages;
mod support_page;

use crate::failure::Failure;
use crate::workspace::Workspace;
use mezze_api::Catalog;

/// A generated file: path from the repository's root, and text.
pub struct Output {
    pub path: String,
    pub text: String,
}

/// What is wanted of one run.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// Change nothing; fail where a file is stale.
    pub check: bool,
    /// Leave out what the built command line has to say.
    pub catalog_only: bool,
    /// The command line is built already.
    pub built: bool,
}

pub fn run(workspace: &Workspace, wanted: Wanted) -> Result<(), Failure> {
    let catalog = Catalog::load()
        .map_err(|problem| Failure::new(problem.to_string(), "correct the file in crates/mezze-api/catalog"))?;
    let mut outputs = vec![
        catalog_script::generate(&catalog),
        component_script::generate(&catalog),
        object_script::generate(&catalog),
        developer_types::generate(&catalog),
    ];
    outputs.extend(reference_pages::generate(&catalog));
    outputs.extend(component_pages::generate(&catalog));
    outputs.extend(support_page::generate(&catalog));
    if !wanted.catalog_only {
        if !wanted.built {
            build(workspace)?;
        }
        outputs.extend(references_of_the_command_line(workspace)?);
    }
    if wanted.check { compare(workspace, &outputs) } else { write(workspace, &outputs) }
}

fn build(workspace: &Workspace) -> Result<(), Failure> {
    let built = workspace.cargo().args(["build", "--quiet", "--workspace", "--bins"]).status();
    if built.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Failure::new("the workspace does not build", "run `cargo build --workspace`"))
}

/// The manifest's schema and the platform's contract come from the built command line, so that xtask itself does not
/// have to be built with the platform in it.
fn references_of_the_command_line(workspace: &Workspace) -> Result<Vec<Output>, Failure> {
    [("manifest-schema", "docs/reference/manifest.schema.json"), ("openapi", "docs/reference/openapi.json")]
        .into_iter()
        .map(|(what, path)| {
            let program = workspace.mezze();
            let printed = workspace
                .command(&program)
                .args(["reference", what])
                .output()
                .map_err(|error| Failure::file(&program, &error))?;
            if !printed.status.success() {
                return Err(Failure::new(
                    format!("`mezze reference {what}` failed: {}", String::from_utf8_lossy(&printed.stderr)),
                    "run it by hand to see more",
                ));
            }
            Ok(Output { path: path.to_owned(), text: String::from_utf8_lossy(&printed.stdout).into_owned() })
        })
        .collect()
}

fn write(workspace: &Workspace, outputs: &[Output]) -> Result<(), Failure> {
    for output in outputs {
        let path = workspace.path(&output.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
        }
        if std::fs::read_to_string(&path).is_ok_and(|text| text == output.text) {
            continue;
        }
        std::fs::write(&path, &output.text).map_err(|error| Failure::file(&path, &error))?;
        println!("wrote {}", output.path);
    }
    Ok(())
}

fn compare(workspace: &Workspace, outputs: &[Output]) -> Result<(), Failure> {
    let mut stale: Vec<String> = outputs
        .iter()
        .filter(|output| std::fs::read_to_string(workspace.path(&output.path)).map_or(true, |text| text != output.text))
        .map(|output| output.path.clone())
        .collect();
    stale.extend(orphans(workspace, outputs));
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("generated files are stale:\n  {}", stale.join("\n  ")),
        "run `cargo xtask generate` and commit what it wrote",
    ))
}

/// Pages of families and groups that are no more.
fn orphans(workspace: &Workspace, outputs: &[Output]) -> Vec<String> {
    ["docs/reference/api", component_pages::FOLDER]
        .into_iter()
        .filter_map(|folder| Some((folder, std::fs::read_dir(workspace.path(folder)).ok()?)))
        .flat_map(|(folder, entries)| entries.flatten().map(move |entry| (folder, entry.path())))
        .filter_map(|(folder, path)| Some(format!("{folder}/{}", path.file_name()?.to_str()?)))
        .filter(|path| !outputs.iter().any(|output| output.path == *path))
        .collect()
}
