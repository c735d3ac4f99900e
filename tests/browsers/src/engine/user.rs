//! What the user of a browser does: press keys, make the window narrow, prefer dark pages, grant a
//! permission.

use std::error::Error;

use serde_json::{Value, json};

use super::{Engine, Kind, Session, firefox, webdriver};

const UNTOLD: &str = "the driver of WebKit has no command for it";

/// What a page asks of its user by media queries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Preference {
    /// `(prefers-color-scheme: dark)`
    Dark,
    /// `(prefers-reduced-motion: reduce)`
    LessMotion,
    /// `(prefers-color-scheme: light)`
    Light,
}

impl Engine {
    /// Presses keys one after the other and lets go of them in reverse. Those without a character
    /// have one in [the standard](https://www.w3.org/TR/webdriver2/#keyboard-actions).
    ///
    /// # Errors
    ///
    /// If the browser does not answer.
    pub async fn press(&mut self, keys: &[char]) -> Result<(), Box<dyn Error>> {
        let step = |kind: &str, key: &char| json!({"type": kind, "value": key.to_string()});
        let down = keys.iter().map(|key| step("keyDown", key));
        let steps = down.chain(keys.iter().rev().map(|key| step("keyUp", key)));
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": Value::from_iter(steps)});
        let actions = json!({"actions": [keyboard]});
        self.command("actions", "WebDriver:PerformActions", actions).await.map(drop)
    }

    /// Gives the page a viewport of this size in CSS pixels, as small as that of a phone.
    ///
    /// # Errors
    ///
    /// In `WebKit`, which has no command for it.
    pub async fn resize(&mut self, width: u32, height: u32) -> Result<(), Box<dyn Error>> {
        match self.kind {
            Kind::Chromium => {
                let metrics = json!({
                    "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
                });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics).await
            }
            // A window has a least width, and the page in it has none.
            Kind::Firefox => {
                const SET: &str = "const { style } = window.gBrowser.selectedBrowser;
                    const [width, height] = arguments;
                    style.minWidth = style.maxWidth = `${width}px`;
                    style.minHeight = style.maxHeight = `${height}px`;";
                self.in_the_browser(SET, json!([width, height])).await?;
                let is_done = format!(
                    "const done = arguments[0];
                    const look = () => innerWidth === {width} ? done(true) : setTimeout(look, 20);
                    look();"
                );
                self.script(&is_done, vec![]).await.map(drop)
            }
            Kind::WebKit => Err(UNTOLD.into()),
        }
    }

    /// Makes the page think that its user has set this up; the last call counts.
    ///
    /// # Errors
    ///
    /// In `WebKit`, which has no command for it.
    pub async fn prefer(&mut self, preferences: &[Preference]) -> Result<(), Box<dyn Error>> {
        match self.kind {
            Kind::Chromium => {
                let features = preferences.iter().map(|preference| preference.feature());
                let media = json!({"features": Value::from_iter(features)});
                self.devtools("Emulation.setEmulatedMedia", media).await
            }
            Kind::Firefox => self.set_up(preferences).await,
            Kind::WebKit => Err(UNTOLD.into()),
        }
    }

    /// Answers whether the open page has a permission: `granted` or `denied`.
    ///
    /// # Errors
    ///
    /// If the engine does not know the permission.
    pub async fn set_permission(&mut self, name: &str, state: &str) -> Result<(), Box<dyn Error>> {
        if self.kind == Kind::Firefox {
            let script = firefox::PERMISSION.replace("{name}", name).replace("{state}", state);
            return self.in_the_browser(&script, json!([])).await;
        }
        let answer = json!({"descriptor": {"name": name}, "state": state});
        self.command("permissions", "", answer).await.map(drop)
    }

    /// Does what "Disable cache" does in Chromium's developer tools.
    ///
    /// # Errors
    ///
    /// If it is another engine.
    pub async fn disable_cache(&mut self) -> Result<(), Box<dyn Error>> {
        self.devtools("Network.enable", json!({})).await?;
        self.devtools("Network.setCacheDisabled", json!({"cacheDisabled": true})).await
    }

    async fn set_up(&mut self, preferences: &[Preference]) -> Result<(), Box<dyn Error>> {
        const SET: &str = "const [scheme, motion] = arguments;
            Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', scheme);
            Services.prefs.setIntPref('ui.prefersReducedMotion', motion);";
        let scheme = i32::from(!preferences.contains(&Preference::Dark));
        let motion = i32::from(preferences.contains(&Preference::LessMotion));
        self.in_the_browser(SET, json!([scheme, motion])).await
    }

    /// Runs a script where Firefox runs its own.
    async fn in_the_browser(&mut self, js: &str, args: Value) -> Result<(), Box<dyn Error>> {
        match &mut self.session {
            Session::Marionette(session) => session.system_script(js, args).await.map(drop),
            Session::WebDriver(_) => Err("it is not Firefox".into()),
        }
    }

    async fn devtools(&mut self, command: &str, parameters: Value) -> Result<(), Box<dyn Error>> {
        let command = json!({"cmd": command, "params": parameters});
        self.command("goog/cdp/execute", "", command).await.map(drop)
    }

    /// A command by its names in `WebDriver` and in Marionette.
    async fn command(
        &mut self,
        name: &'static str,
        marionette: &str,
        parameters: Value,
    ) -> Result<Value, Box<dyn Error>> {
        match &mut self.session {
            Session::Marionette(session) => session.call(marionette, parameters).await,
            Session::WebDriver(client) => webdriver::call(client, name, parameters).await,
        }
    }
}

impl Preference {
    fn feature(self) -> Value {
        let (name, value) = match self {
            Self::Dark => ("prefers-color-scheme", "dark"),
            Self::LessMotion => ("prefers-reduced-motion", "reduce"),
            Self::Light => ("prefers-color-scheme", "light"),
        };
        json!({"name": name, "value": value})
    }
}
