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

/// Opens a page without a driver and returns its console, up to a line with these words.
pub(super) async fn console(
    home: &mut Home,
    url: &str,
    last: &str,
) -> Result<Vec<String>, Box<dyn Error>> {
    let display = start_screen(home).await?;
    // In spite of the flag's name it writes to the other one, which leads nowhere at home.
    let mut browser = Command::new("/bin/sh");
    browser.args(["-c", "exec \"$@\" 2>&1", "sh", BROWSER]);
    browser.args(["--enable-write-console-messages-to-stdout=true", url]);
    browser.env("DISPLAY", format!(":{display}")).stdout(Stdio::piped());
    let output = home.start(&mut browser)?.stdout.take().ok_or("no output")?;
    let mut output = BufReader::new(output).lines();
    let mut lines = Vec::new();
    while !lines.last().is_some_and(|line: &String| line.contains(last)) {
        let line = timeout(Duration::from_secs(60), output.next_line()).await??;
        lines.push(line.ok_or("the browser has quit")?);
    }
    Ok(lines)
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
