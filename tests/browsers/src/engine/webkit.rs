//! `WebKit`, by `WebKitWebDriver`. It has no headless mode, so it gets a screen of its own.

use std::{error::Error, process::Stdio, time::Duration};

use fantoccini::Client;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

use super::{
    home::{Home, free_port},
    webdriver,
};

const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const DRIVER: &str = "/usr/bin/WebKitWebDriver";
const SCREEN: &str = "/usr/bin/Xvfb";
pub(super) const PROGRAMS: [&str; 3] = [BROWSER, DRIVER, SCREEN];

pub(super) async fn start(home: &mut Home) -> Result<Client, Box<dyn Error>> {
    let display = start_screen(home).await?;
    let port = free_port()?;
    let mut driver = Command::new(DRIVER);
    driver.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
    home.start(driver.env("DISPLAY", format!(":{display}")).stdout(Stdio::null()))?;
    let options = json!({"binary": BROWSER, "args": ["--automation"]});
    let wanted = json!({"browserName": "MiniBrowser", "webkitgtk:browserOptions": options});
    webdriver::start(port, wanted).await
}

/// Returns the number of the display, which Xvfb writes once it is ready.
async fn start_screen(home: &mut Home) -> Result<String, Box<dyn Error>> {
    let mut screen = Command::new(SCREEN);
    screen.args(["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"]);
    let screen = home.start(screen.stdout(Stdio::piped()))?;
    let output = screen.stdout.take().ok_or("no output")?;
    let mut display = String::new();
    let mut lines = BufReader::new(output);
    timeout(Duration::from_secs(20), lines.read_line(&mut display)).await??;
    Ok(display.trim().to_owned())
}
