//! A running playground, and whoever sends it requests.

use std::error::Error;

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use tower_cors_playground::{Places, Playground, Ports};

pub(crate) type Tested = Result<(), Box<dyn Error>>;

pub(crate) struct Visitor {
    pub(crate) playground: Playground,
    client: Client<HttpConnector, Body>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Visitor {
    pub(crate) async fn arrive() -> Result<Self, Box<dyn Error>> {
        let playground = Playground::start(Ports::Free).await?;
        let client = Client::builder(TokioExecutor::new()).build_http();
        Ok(Self { playground, client })
    }

    pub(crate) fn places(&self) -> &Places {
        self.playground.places()
    }

    /// Puts origins in the place of `{app}` and the like.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        let Places { app, other, stranger, api, .. } = self.places();
        let port = app.rsplit(':').next().unwrap_or_default();
        [("{app}", app.as_str()), ("{other}", other), ("{stranger}", stranger), ("{api}", api)]
            .into_iter()
            .fold(text.replace("{app_port}", port), |text, (name, origin)| {
                text.replace(name, origin)
            })
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: impl Into<String>,
    ) -> Result<Answer, Box<dyn Error>> {
        let request = Request::builder().method(method).uri(self.fill_in(url));
        let request = headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, self.fill_in(value)));
        let response = self.client.request(request.body(Body::from(body.into()))?).await?;
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await?.to_bytes().into())?;
        Ok(Answer { status: parts.status, headers: parts.headers, text })
    }

    pub(crate) async fn put(&self, policy: &str) -> Result<Value, Box<dyn Error>> {
        let answer = self.send("PUT", "{app}/policy", &[], self.fill_in(policy)).await?;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Describes a case; the parts of the fetch that are left out are the usual ones.
    pub(crate) async fn describe(
        &self,
        policy: &str,
        fetch: Value,
    ) -> Result<Answer, Box<dyn Error>> {
        let mut whole = json!({ "from": "app", "method": "GET", "path": "/hello", "headers": [],
            "body": { "type": "none" }, "credentials": "same-origin" });
        for (name, value) in fetch.as_object().ok_or("a fetch is an object")? {
            whole[name] = value.clone();
        }
        let described = json!({ "policy": self.fill_in(policy), "fetch": whole });
        self.send("POST", "{app}/cases", &[], described.to_string()).await
    }

    pub(crate) async fn case(&self, policy: &str, fetch: Value) -> Result<Value, Box<dyn Error>> {
        let answer = self.describe(policy, fetch).await?;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    pub(crate) async fn told(&self, case: &Value) -> Result<Value, Box<dyn Error>> {
        let url = format!("{{app}}/cases/{}", case["id"]);
        self.send("GET", &url, &[], "").await?.json()
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Result<Value, Box<dyn Error>> {
        serde_json::from_str(&self.text).map_err(|error| format!("{error}: {}", self.text).into())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// The texts at a key of each of some objects.
pub(crate) fn each<'v>(objects: &'v Value, key: &str) -> Vec<&'v str> {
    let objects = objects.as_array().map(Vec::as_slice).unwrap_or_default();
    objects.iter().filter_map(|object| object[key].as_str()).collect()
}
