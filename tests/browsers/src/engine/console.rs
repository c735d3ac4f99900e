//! What engines write on their consoles.

use std::{error::Error, time::Duration};

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::{Engine, Home, Kind, Session, webdriver, webkit};

/// All that Firefox has written, which it then forgets.
const FIREFOX: &str = "
    const messages = Services.console.getMessageArray();
    Services.console.reset();
    return messages.map((message) => message.message);
";

impl Engine {
    /// What the console has said since it was last asked.
    ///
    /// # Errors
    ///
    /// If the engine does not tell: `WebKit` never does.
    pub async fn console(&mut self) -> Result<Vec<String>, Box<dyn Error>> {
        let messages = match &mut self.session {
            Session::Marionette(session) => session.system_script(FIREFOX, json!([])).await?,
            Session::WebDriver(client) => {
                webdriver::call(client, "se/log", json!({"type": "browser"})).await?
            }
        };
        let messages = messages.as_array().ok_or("no messages")?.iter();
        let text =
            |message: &Value| message["message"].as_str().or(message.as_str()).map(Into::into);
        Ok(messages.filter_map(text).collect())
    }

    /// Starts an engine with a page, and returns what its console says up to a line with these
    /// words; or says what to install and returns `None`.
    ///
    /// # Panics
    ///
    /// If the engine is missing and required.
    ///
    /// # Errors
    ///
    /// If it is installed and does not start, or the words do not come.
    pub async fn console_if_installed(
        kind: Kind,
        url: &str,
        last: &str,
    ) -> Result<Option<Vec<String>>, Box<dyn Error>> {
        if !kind.is_installed() {
            return Ok(None);
        }
        // Its driver keeps the console to itself.
        if kind == Kind::WebKit {
            return webkit::console(&mut Home::new(kind)?, url, last).await.map(Some);
        }
        let mut engine = Self::start(kind, &[]).await?;
        engine.open(url).await?;
        let lines = timeout(Duration::from_secs(60), engine.listen(last)).await??;
        engine.close().await?;
        Ok(Some(lines))
    }

    async fn listen(&mut self, last: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let mut lines = Vec::new();
        while !lines.iter().any(|line: &String| line.contains(last)) {
            lines.extend(self.console().await?);
            sleep(Duration::from_millis(50)).await;
        }
        Ok(lines)
    }
}
