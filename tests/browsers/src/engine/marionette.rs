//! Firefox's own remote control: `LENGTH:[0, id, command, parameters]` there,
//! `LENGTH:[1, id, error, result]` back.

use std::error::Error;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::webdriver::{LOAD_MILLISECONDS, SCRIPT_MILLISECONDS, patient};

#[derive(Debug)]
pub(super) struct Marionette {
    stream: BufReader<TcpStream>,
    commands: u32,
    version: String,
}

impl Marionette {
    pub(super) async fn start(stream: TcpStream) -> Result<Self, Box<dyn Error>> {
        let version = String::new();
        let mut session = Self { stream: BufReader::new(stream), commands: 0, version };
        patient(session.read()).await?; // Its greeting.
        // Tests make their certificates themselves.
        let wanted = json!({"acceptInsecureCerts": true});
        let granted = session.call("WebDriver:NewSession", wanted).await?;
        let version = granted["capabilities"]["browserVersion"].as_str();
        session.version = version.unwrap_or("of unknown version").to_owned();
        let timeouts = json!({"script": SCRIPT_MILLISECONDS, "pageLoad": LOAD_MILLISECONDS});
        session.call("WebDriver:SetTimeouts", timeouts).await?;
        Ok(session)
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) async fn open(&mut self, url: &str) -> Result<(), Box<dyn Error>> {
        self.call("WebDriver:Navigate", json!({"url": url})).await.map(drop)
    }

    pub(super) async fn script(
        &mut self,
        js: &str,
        args: &[Value],
    ) -> Result<Value, Box<dyn Error>> {
        let script = json!({"script": js, "args": args});
        Ok(self.call("WebDriver:ExecuteAsyncScript", script).await?["value"].take())
    }

    /// Runs a script with the rights of the browser itself.
    pub(super) async fn system_script(
        &mut self,
        js: &str,
        args: Value,
    ) -> Result<Value, Box<dyn Error>> {
        self.call("Marionette:SetContext", json!({"value": "chrome"})).await?;
        let value = self.call("WebDriver:ExecuteScript", json!({"script": js, "args": args})).await;
        self.call("Marionette:SetContext", json!({"value": "content"})).await?;
        Ok(value?["value"].take())
    }

    pub(super) async fn close(mut self) -> Result<(), Box<dyn Error>> {
        self.call("Marionette:Quit", json!({"flags": ["eForceQuit"]})).await.map(drop)
    }

    pub(super) async fn call(
        &mut self,
        command: &str,
        parameters: Value,
    ) -> Result<Value, Box<dyn Error>> {
        self.commands += 1;
        let message = json!([0, self.commands, command, parameters]).to_string();
        let framed = format!("{}:{message}", message.len());
        self.stream.get_mut().write_all(framed.as_bytes()).await?;
        let mut answer = patient(self.read()).await?;
        if answer[0] != 1 || answer[1] != self.commands || !answer[2].is_null() {
            return Err(format!("{command}: {answer}").into());
        }
        Ok(answer[3].take())
    }

    async fn read(&mut self) -> Result<Value, Box<dyn Error>> {
        let mut length = Vec::new();
        self.stream.read_until(b':', &mut length).await?;
        length.pop();
        let mut message = vec![0; String::from_utf8(length)?.parse()?];
        self.stream.read_exact(&mut message).await?;
        Ok(serde_json::from_slice(&message)?)
    }
}
