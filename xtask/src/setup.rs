//! Installs what the tests need beyond Rust and Node, on Debian and its relatives.

use crate::failure::Failure;
use crate::workspace::Workspace;
use std::path::Path;

/// Package, and a file that it brings: a browser, the second database, fonts for Chinese text in screenshots, and what
/// the S3-compatible server of the tests is installed with.
const PACKAGES: &[(&str, &str)] = &[
    ("chromium", "/usr/bin/chromium"),
    ("postgresql", "/usr/lib/postgresql"),
    ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ("fonts-noto-color-emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
    ("python3-venv", "/usr/share/python-wheels"),
];

/// Only the desktop super app needs these.
const DESKTOP_PACKAGES: &[(&str, &str)] = &[
    ("libwebkit2gtk-4.1-dev", "/usr/include/webkitgtk-4.1"),
    ("libgtk-3-dev", "/usr/include/gtk-3.0"),
    ("xvfb", "/usr/bin/Xvfb"),
];

pub fn run(workspace: &Workspace) -> Result<(), Failure> {
    let desktop = workspace.path("crates/mezze-desktop").is_dir();
    let wanted = PACKAGES.iter().chain(DESKTOP_PACKAGES.iter().filter(|_| desktop));
    let missing: Vec<&str> = wanted.filter(|(_, file)| !Path::new(file).exists()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        println!("Nothing to install.");
        return Ok(());
    }
    let command = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(Failure::new(
            format!("this is not a Debian system; missing: {}", missing.join(", ")),
            "install them with the package manager of your system",
        ));
    }
    if !is_root(workspace) {
        return Err(Failure::new(
            "packages can be installed by root only",
            format!("run `sudo apt-get update && sudo {command}`"),
        ));
    }
    for words in ["apt-get update", command.as_str()] {
        println!("{words}");
        let mut words = words.split(' ');
        let mut child = workspace.command(words.next().unwrap_or("apt-get"));
        let status = child.args(words).env("DEBIAN_FRONTEND", "noninteractive").status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(Failure::new("apt-get failed", format!("see its output above, then run `{command}`")));
        }
    }
    println!("Installed: {}", missing.join(", "));
    Ok(())
}

fn is_root(workspace: &Workspace) -> bool {
    workspace.command("id").arg("-u").output().is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}
