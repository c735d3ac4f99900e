//! Chromium, by chromedriver.

use std::error::Error;

use fantoccini::Client;
use serde_json::json;
use tokio::process::Command;

use super::{
    home::{Home, free_port},
    webdriver,
};

const BROWSER: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";
pub(super) const PROGRAMS: [&str; 2] = [BROWSER, DRIVER];

/// No look-ups and no connections but to this machine, which has all names below `test`. Root has
/// no sandbox to offer.
const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
];

pub(super) async fn start(
    home: &mut Home,
    spaces: &[(u16, &str)],
) -> Result<Client, Box<dyn Error>> {
    let port = free_port()?;
    home.start(
        Command::new(DRIVER).arg(format!("--port={port}")).stdout(std::process::Stdio::null()),
    )?;
    let overrides = spaces.iter().map(|(port, space)| format!("127.0.0.1:{port}={space}"));
    let overrides = overrides.collect::<Vec<_>>().join(",");
    let overrides = format!("--ip-address-space-overrides={overrides}");
    let options = json!({"binary": BROWSER, "args": ([&FLAGS[..], &[&overrides]].concat())});
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": {"browser": "ALL"},
    });
    webdriver::start(port, wanted).await
}
