//! Browser engines, each behind the same two questions: open this page, run this script in it.

mod chromium;
mod console;
mod firefox;
mod home;
mod marionette;
mod user;
mod webdriver;
mod webkit;

use std::{env, error::Error, fmt, path::Path};

use serde_json::Value;

use home::Home;
use marionette::Marionette;
pub use user::Preference;

/// Engines that must be there, whatever is installed: `TOWER_CORS_BROWSERS=chromium,webkit`.
const REQUIRED: &str = "TOWER_CORS_BROWSERS";

/// One of the three engines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Chrome's, by chromedriver.
    Chromium,
    /// Firefox ESR, by its own Marionette protocol.
    Firefox,
    /// Safari's, in the shape of `WebKitGTK`'s `MiniBrowser`.
    WebKit,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &chromium::PROGRAMS,
            Self::Firefox => &firefox::PROGRAMS,
            Self::WebKit => &webkit::PROGRAMS,
        }
    }

    fn packages(self) -> &'static str {
        match self {
            Self::Chromium => "chromium chromium-driver",
            Self::Firefox => "firefox-esr",
            Self::WebKit => "webkit2gtk-driver xvfb",
        }
    }

    /// Whether it is here. If it is not, says what to install.
    fn is_installed(self) -> bool {
        let missing = self.programs().iter().filter(|path| !Path::new(path).exists());
        let missing: Vec<_> = missing.copied().collect();
        if missing.is_empty() {
            return true;
        }
        let remedy = format!("apt-get install --no-install-recommends {}", self.packages());
        assert!(!self.is_required(), "{self} is required, {missing:?} is missing: {remedy}");
        eprintln!("skipped: {self}: {missing:?} is missing: {remedy}");
        false
    }

    fn is_required(self) -> bool {
        let required = env::var(REQUIRED).unwrap_or_default();
        required.split(',').any(|name| name.trim() == self.to_string())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

/// A running browser. Its processes and its profile go with it, also when a test panics.
#[derive(Debug)]
pub struct Engine {
    kind: Kind,
    session: Session,
    _home: Home,
}

#[derive(Debug)]
enum Session {
    Marionette(Marionette),
    WebDriver(fantoccini::Client),
}

impl Engine {
    /// Starts an engine, or says what to install and returns `None`.
    ///
    /// # Panics
    ///
    /// If the engine is missing and required.
    ///
    /// # Errors
    ///
    /// If it is installed and does not start.
    pub async fn start_if_installed(kind: Kind) -> Result<Option<Self>, Box<dyn Error>> {
        Self::start_in_spaces_if_installed(kind, &[]).await
    }

    /// The same, but that servers at some ports of this machine count as being in another
    /// [address space](https://wicg.github.io/local-network-access/#ip-address-space).
    ///
    /// # Panics
    ///
    /// If the engine is missing and required.
    ///
    /// # Errors
    ///
    /// If it is installed and does not start.
    pub async fn start_in_spaces_if_installed(
        kind: Kind,
        spaces: &[(u16, &str)],
    ) -> Result<Option<Self>, Box<dyn Error>> {
        match kind.is_installed() {
            true => Self::start(kind, spaces).await.map(Some),
            false => Ok(None),
        }
    }

    async fn start(kind: Kind, spaces: &[(u16, &str)]) -> Result<Self, Box<dyn Error>> {
        let mut home = Home::new(kind)?;
        let session = match kind {
            Kind::Chromium => Session::WebDriver(chromium::start(&mut home, spaces).await?),
            Kind::Firefox => Session::Marionette(firefox::start(&mut home, spaces).await?),
            Kind::WebKit => Session::WebDriver(webkit::start(&mut home).await?),
        };
        let version = match &session {
            Session::Marionette(session) => session.version().to_owned(),
            Session::WebDriver(client) => webdriver::version(client),
        };
        eprintln!("{kind} {version}");
        Ok(Self { kind, session, _home: home })
    }

    /// Loads a page.
    ///
    /// # Errors
    ///
    /// If it does not load in time.
    pub async fn open(&mut self, url: &str) -> Result<(), Box<dyn Error>> {
        match &mut self.session {
            Session::Marionette(session) => session.open(url).await,
            Session::WebDriver(client) => webdriver::patient(client.goto(url)).await,
        }
    }

    /// Runs a script, which gets `args` and, as the last argument, the function to call with its
    /// result.
    ///
    /// # Errors
    ///
    /// If the result does not come in time.
    pub async fn script(&mut self, js: &str, args: Vec<Value>) -> Result<Value, Box<dyn Error>> {
        match &mut self.session {
            Session::Marionette(session) => session.script(js, &args).await,
            Session::WebDriver(client) => webdriver::patient(client.execute_async(js, args)).await,
        }
    }

    /// Asks the browser to quit. Without it, it is killed.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn close(self) -> Result<(), Box<dyn Error>> {
        match self.session {
            Session::Marionette(session) => session.close().await,
            Session::WebDriver(client) => webdriver::patient(client.close()).await,
        }
    }
}
