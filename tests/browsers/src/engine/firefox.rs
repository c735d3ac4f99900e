//! Firefox, by Marionette, which it speaks without a driver.

use std::{error::Error, fs, process::Stdio, time::Duration};

use tokio::{
    process::Command,
    time::{sleep, timeout},
};

use super::{home::Home, marionette::Marionette, webdriver::knock};

const BROWSER: &str = "/usr/bin/firefox-esr";
pub(super) const PROGRAMS: [&str; 1] = [BROWSER];

/// Every host name means this machine, so nothing is looked up. Port 0 is a free one.
const PREFERENCES: &str = r#"
user_pref("marionette.port", 0);
user_pref("network.dns.native-is-localhost", true);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"#;

pub(super) async fn start(home: &mut Home) -> Result<Marionette, Box<dyn Error>> {
    let profile = home.path().join("profile");
    fs::create_dir(&profile)?;
    fs::write(profile.join("user.js"), PREFERENCES)?;
    let mut browser = Command::new(BROWSER);
    // What the user prefers is set in the browser's own context.
    browser.args(["-headless", "-marionette", "-remote-allow-system-access"]);
    browser.args(["-no-remote", "-profile"]).arg(&profile);
    home.start(browser.env("MOZ_CRASHREPORTER_DISABLE", "1").stdout(Stdio::null()))?;
    let told = async {
        loop {
            let port = fs::read_to_string(profile.join("MarionetteActivePort")).unwrap_or_default();
            match port.trim().parse() {
                Ok(port) => return port,
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    };
    let port = timeout(Duration::from_secs(40), told).await?;
    Marionette::start(knock(port).await?).await
}
