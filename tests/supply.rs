//! What a program takes along with this crate: which packages, feature by feature, and which of them
//! run code while they are compiled, as build scripts or procedural macros.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::Value;

const OURS: &str = concat!("path = '", env!("CARGO_MANIFEST_DIR"), "'");

/// What the crate takes along without features.
const BARE: &str = "bytes foldhash hashbrown http itoa pin-project-lite tower-layer tower-service";

/// What a feature adds to [`BARE`], and which packages of that run code while they are compiled.
const FEATURES: [(&str, &str, &str); 6] = [
    ("public-suffix", "psl psl-types", ""),
    ("reload", "arc-swap rustversion", "rustversion"),
    (
        "schemars",
        "dyn-clone memchr proc-macro2 quote ref-cast ref-cast-impl schemars serde serde_core serde_json \
         strsim syn unicode-ident zmij",
        "proc-macro2 quote ref-cast ref-cast-impl serde serde_core serde_json zmij",
    ),
    ("serde", "serde serde_core strsim", "serde serde_core"),
    ("testing", "http-body memchr serde_core serde_json zmij", "serde_core serde_json zmij"),
    ("tracing", "once_cell tracing tracing-core", ""),
];

/// Packages by name, and those of them that run code while they are compiled.
struct Graph {
    packages: BTreeSet<String>,
    run: BTreeSet<String>,
}

impl Graph {
    /// What cargo takes along with a package, for a program that depends on nothing else.
    fn of(package: &str, source: &str, features: &str) -> Self {
        let program = program(&format!("{package} = {{ {source}, {features} }}"));
        let metadata = metadata(&program);
        let others = packages(&metadata)
            .filter(|found| found["name"] != package && is_used(found, &metadata));
        let mut graph = Self { packages: BTreeSet::new(), run: BTreeSet::new() };
        for other in others {
            let name = other["name"].as_str().expect("a package has a name");
            graph.packages.insert(name.to_owned());
            if runs_code(other) {
                graph.run.insert(name.to_owned());
            }
        }
        graph
    }

    fn of_ours(features: &str) -> Self {
        Self::of("tower-cors", OURS, features)
    }
}

/// A program with one dependency, in the versions that this workspace has locked.
fn program(dependency: &str) -> PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("supply-{}", MADE.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let manifest = format!(
        "[package]\nname = 'program'\nedition = '2024'\n[workspace]\n[dependencies]\n{dependency}\n"
    );
    fs::create_dir_all(folder.join("src")).expect("the target directory is writable");
    fs::write(folder.join("src/lib.rs"), "").expect("the target directory is writable");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the target directory is writable");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the workspace has a lock file");
    folder
}

/// Asks without the network first: it is needed only where a package has never been downloaded.
fn metadata(folder: &Path) -> Value {
    let ask = |how: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "metadata",
            "--format-version=1",
            "--filter-platform=x86_64-unknown-linux-gnu",
        ]);
        cargo.args(how).current_dir(folder).output().expect("cargo runs")
    };
    let offline = ask(&["--offline"]);
    let output = if offline.status.success() { offline } else { ask(&[]) };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().expect("cargo lists packages").iter()
}

/// Whether a package is compiled into the program, and is not the program.
fn is_used(package: &Value, metadata: &Value) -> bool {
    let nodes = metadata["resolve"]["nodes"].as_array().expect("the graph is resolved");
    package["name"] != "program" && nodes.iter().any(|node| node["id"] == package["id"])
}

fn runs_code(package: &Value) -> bool {
    let targets = package["targets"].as_array().expect("a package has targets");
    let mut kinds = targets.iter().flat_map(|target| target["kind"].as_array());
    kinds.any(|kinds| kinds.iter().any(|kind| kind == "custom-build" || kind == "proc-macro"))
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn by_default_nothing_runs_while_it_is_compiled() {
    let graph = Graph::of_ours("default-features = true");
    assert_eq!(graph.packages, words(&format!("{BARE} psl psl-types")));
    assert_eq!(graph.run, words(""));
}

#[test]
fn each_feature_adds_what_is_named() {
    let bare = Graph::of_ours("default-features = false");
    assert_eq!(bare.packages, words(BARE));
    for (feature, added, run) in FEATURES {
        let graph = Graph::of_ours(&format!("default-features = false, features = ['{feature}']"));
        assert_eq!(&graph.packages - &bare.packages, words(added), "{feature}");
        assert_eq!(graph.run, words(run), "{feature}");
    }
}

#[test]
fn every_feature_is_in_the_table() {
    let metadata = metadata(Path::new(env!("CARGO_MANIFEST_DIR")));
    let ours = packages(&metadata).find(|package| package["name"] == "tower-cors");
    let features = ours.expect("the workspace has it")["features"].as_object();
    let names = features.expect("it has features").keys().filter(|name| *name != "default");
    assert!(names.eq(FEATURES.map(|(name, ..)| name)));
}

/// `cargo` reads versions of Rust as `1.85` or `1.85.0`; both are read here as `[1, 85]`.
fn rust_version(package: &Value) -> Option<Vec<u32>> {
    let version = package["rust_version"].as_str()?;
    Some(version.split('.').take(2).map(|part| part.parse().expect("it is a number")).collect())
}

/// What they declare; a compiler of that version says more.
#[test]
fn no_dependency_declares_a_newer_compiler() {
    let metadata = metadata(&program(&format!(
        "tower-cors = {{ {OURS}, features = ['reload', 'schemars', 'testing', 'tracing'] }}"
    )));
    let used = || packages(&metadata).filter(|package| is_used(package, &metadata));
    let ours = used().find(|package| package["name"] == "tower-cors").and_then(rust_version);
    assert!(ours.is_some());
    for package in used() {
        assert!(rust_version(package) <= ours, "{} {}", package["name"], package["rust_version"]);
    }
}

#[test]
fn every_locked_package_is_ours_or_from_crates_io() {
    let lock = include_str!("../Cargo.lock");
    let (mut from_elsewhere, mut ours) = (0, 0);
    for package in lock.split("[[package]]").skip(1) {
        match package.lines().find_map(|line| line.strip_prefix("source = ")) {
            Some(source) => {
                from_elsewhere += 1;
                assert_eq!(source, "\"registry+https://github.com/rust-lang/crates.io-index\"");
                assert!(package.contains("checksum = "), "{package}");
            }
            None => {
                ours += 1;
                assert!(package.contains("name = \"tower-cors"), "{package}");
            }
        }
    }
    assert!(from_elsewhere > 100 && ours > 5, "the lock file is read wrong");
}

/// `cargo test --test supply -- --nocapture` prints the counts.
#[test]
fn it_takes_no_more_along_than_others() {
    let bare = Graph::of_ours("default-features = false");
    let default = Graph::of_ours("default-features = true");
    let tower_http =
        Graph::of("tower-http", "version = '0.7'", "default-features = false, features = ['cors']");
    let actix_cors = Graph::of("actix-cors", "version = '0.7'", "default-features = true");
    for (name, graph) in [
        ("tower-cors, without features", &bare),
        ("tower-cors", &default),
        ("tower-http, feature cors alone", &tower_http),
        ("actix-cors, actix-web included", &actix_cors),
    ] {
        let [packages, run] = [graph.packages.len(), graph.run.len()];
        println!("{name}: {packages} packages beside it, {run} of them run while compiled");
    }
    assert!(bare.packages.len() <= tower_http.packages.len());
    assert!(default.packages.len() < actix_cors.packages.len());
}
