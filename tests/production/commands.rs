//! Each command of the guide, and what it prints.

use std::{env, error::Error, net::Ipv4Addr, process::Command, time::Duration};

use axum::{Router, routing::get};
use http::Method;
use tokio::{net::TcpListener, task::spawn_blocking};
use tower_cors::CorsLayer;

const GUIDE: &str = include_str!("../../docs/production-checklist.md");

/// A command, and the comment lines behind it.
type Shown = (String, Vec<String>);

fn shown() -> Vec<Shown> {
    let blocks = GUIDE.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut shown = Vec::<Shown>::new();
    for line in blocks.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), shown.last_mut()) {
            (Some(output), Some((_, outputs))) => outputs.push(output.to_owned()),
            (None, Some((command, _))) if command.ends_with('\\') => {
                *command = format!("{}{line}", command.trim_end_matches('\\'));
            }
            _ => shown.push((line.to_owned(), Vec::new())),
        }
    }
    shown.retain(|(command, _)| !command.starts_with("API="));
    shown
}

fn app() -> Result<Router, Box<dyn Error>> {
    let cors = CorsLayer::new()
        .allow_origins(["https://app.example.com", "https://admin.example.com"])
        .allow_methods([Method::PUT])
        .allow_credentials(true)
        .enforce_origins(true)
        .max_age(Duration::from_secs(600))
        .build()?;
    let orders = get(async || "orders").put(async || "saved").post(async || "placed");
    Ok(Router::new().route("/orders", orders).layer(cors))
}

fn is_lacking_curl() -> bool {
    if Command::new("curl").arg("--version").output().is_ok() {
        return false;
    }
    let is_required = env::var_os("TOWER_CORS_SERVERS").is_some_and(|it| it == "required");
    assert!(!is_required, "curl is required, and missing");
    eprintln!("skipped: curl is missing");
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_prints_what_it_says() -> Result<(), Box<dyn Error>> {
    if is_lacking_curl() {
        return Ok(());
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let api = format!("http://{}", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, app()?).into_future());
    let shown = shown();
    assert!(shown.len() >= 8, "the test has lost sight of the commands: {shown:?}");
    for (command, expected) in shown {
        let mut shell = Command::new("sh");
        shell.args(["-c", &command]).env("API", &api).env("no_proxy", "127.0.0.1");
        let output = spawn_blocking(move || shell.output()).await??;
        let printed = String::from_utf8(output.stdout)?;
        let printed: Vec<_> = printed.lines().map(str::trim_end).collect();
        assert_eq!(printed, expected, "{command}");
    }
    Ok(())
}
