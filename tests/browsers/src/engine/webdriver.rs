//! What Chromium and `WebKit` have in common: <https://www.w3.org/TR/webdriver2/>

use std::{error::Error, time::Duration};

use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};
use url::{ParseError, Url};

/// For one command. The driver gives up earlier, with a better message.
const PATIENCE: Duration = Duration::from_secs(75);
pub(super) const SCRIPT_MILLISECONDS: u32 = 60_000;
pub(super) const LOAD_MILLISECONDS: u32 = 20_000;

pub(super) async fn patient<T, E>(
    command: impl Future<Output = Result<T, E>>,
) -> Result<T, Box<dyn Error>>
where
    E: Into<Box<dyn Error>>,
{
    timeout(PATIENCE, command).await?.map_err(Into::into)
}

/// Waits until a program that was just started accepts connections.
pub(super) async fn knock(port: u16) -> Result<TcpStream, Box<dyn Error>> {
    let knock = async {
        loop {
            match TcpStream::connect(("127.0.0.1", port)).await {
                Ok(stream) => return stream,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    };
    Ok(timeout(Duration::from_secs(20), knock).await?)
}

pub(super) async fn start(port: u16, mut wanted: Value) -> Result<Client, Box<dyn Error>> {
    drop(knock(port).await?);
    // Tests make their certificates themselves.
    wanted["acceptInsecureCerts"] = true.into();
    wanted["timeouts"] = json!({"script": SCRIPT_MILLISECONDS, "pageLoad": LOAD_MILLISECONDS});
    let wanted = wanted.as_object().cloned().unwrap_or_default();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted);
    patient(builder.connect(&format!("http://127.0.0.1:{port}"))).await
}

pub(super) fn version(client: &Client) -> String {
    let version = client.capabilities().and_then(|granted| granted["browserVersion"].as_str());
    version.unwrap_or("of unknown version").to_owned()
}

/// A command of the session, by the end of its address.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) name: &'static str,
    pub(super) parameters: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.name))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.parameters.to_string()))
    }
}
