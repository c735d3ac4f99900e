//! The quickstart: one command starts it, its buttons do what its page says, Ctrl-C ends it.

#![cfg(unix)]

use std::{error::Error, process::Stdio};

use http::{Request, Response, header};
use http_body_util::BodyExt;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::{net::TcpListener, time::timeout};

mod browser;
mod running;

use running::{DEADLINE, Quickstart};

async fn send(request: Request<String>) -> Result<Response<String>, Box<dyn Error>> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let (head, body) = timeout(DEADLINE, client.request(request)).await??.into_parts();
    let body = timeout(DEADLINE, body.collect()).await??.to_bytes();
    Ok(Response::from_parts(head, String::from_utf8(body.into())?))
}

async fn get(url: String) -> Result<Response<String>, Box<dyn Error>> {
    send(Request::get(url).body(String::new())?).await
}

fn read(request: &str, server: &str) -> Result<Request<String>, Box<dyn Error>> {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let (method, path) = lines.next().and_then(|line| line.split_once(' ')).ok_or("no target")?;
    let mut request = Request::builder().method(method).uri(format!("{server}{path}"));
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        request = request.header(name, value);
    }
    Ok(request.body(body.to_owned())?)
}

/// Status, headers in alphabetical order but for the date, body.
fn written(response: &Response<String>) -> String {
    let headers = response.headers().iter().filter(|(name, _)| *name != header::DATE);
    let mut headers: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    format!("{}\n{}\n{}", response.status(), headers.concat(), response.body())
}

/// `PAGE` and `STRANGER` stand for the origins of the page and of its frame.
struct Exchange {
    name: &'static str,
    request: &'static str,
    answer: &'static str,
}

/// In this order: the API counts its requests and keeps what was put.
const EXCHANGES: [Exchange; 9] = [
    Exchange {
        name: "GET without origin",
        request: "GET /greeting",
        answer: "200 OK\n\
            content-length: 5\n\
            content-type: text/plain; charset=utf-8\n\
            vary: origin\n\
            x-request-id: 1\n\n\
            Hello",
    },
    Exchange {
        name: "GET from the page",
        request: "GET /greeting\norigin: PAGE",
        answer: "200 OK\n\
            access-control-allow-credentials: true\n\
            access-control-allow-origin: PAGE\n\
            access-control-expose-headers: x-request-id\n\
            content-length: 5\n\
            content-type: text/plain; charset=utf-8\n\
            vary: origin\n\
            x-request-id: 2\n\n\
            Hello",
    },
    Exchange {
        name: "preflight PUT from the page",
        request: "OPTIONS /greeting\norigin: PAGE\n\
            access-control-request-method: PUT\naccess-control-request-headers: content-type",
        answer: "204 No Content\n\
            access-control-allow-credentials: true\n\
            access-control-allow-headers: content-type\n\
            access-control-allow-methods: PUT\n\
            access-control-allow-origin: PAGE\n\
            access-control-max-age: 600\n\
            allow: GET,HEAD,PUT\n\
            vary: origin\n\
            x-request-id: 3\n\n",
    },
    Exchange {
        name: "PUT from the page",
        request: "PUT /greeting\norigin: PAGE\ncontent-type: application/json\n\n\"Good morning\"",
        answer: "200 OK\n\
            access-control-allow-credentials: true\n\
            access-control-allow-origin: PAGE\n\
            access-control-expose-headers: x-request-id\n\
            content-length: 12\n\
            content-type: text/plain; charset=utf-8\n\
            vary: origin\n\
            x-request-id: 4\n\n\
            Good morning",
    },
    Exchange {
        name: "GET of what was put",
        request: "GET /greeting\norigin: PAGE",
        answer: "200 OK\n\
            access-control-allow-credentials: true\n\
            access-control-allow-origin: PAGE\n\
            access-control-expose-headers: x-request-id\n\
            content-length: 12\n\
            content-type: text/plain; charset=utf-8\n\
            vary: origin\n\
            x-request-id: 5\n\n\
            Good morning",
    },
    Exchange {
        name: "first visit",
        request: "GET /visits\norigin: PAGE",
        answer: "200 OK\n\
            access-control-allow-credentials: true\n\
            access-control-allow-origin: PAGE\n\
            access-control-expose-headers: x-request-id\n\
            content-length: 7\n\
            content-type: text/plain; charset=utf-8\n\
            set-cookie: visits=1; Path=/visits; HttpOnly; SameSite=Strict\n\
            vary: origin\n\
            x-request-id: 6\n\n\
            Visit 1",
    },
    Exchange {
        name: "visit with cookies",
        request: "GET /visits\norigin: PAGE\ncookie: theme=dark; visits=1",
        answer: "200 OK\n\
            access-control-allow-credentials: true\n\
            access-control-allow-origin: PAGE\n\
            access-control-expose-headers: x-request-id\n\
            content-length: 7\n\
            content-type: text/plain; charset=utf-8\n\
            set-cookie: visits=2; Path=/visits; HttpOnly; SameSite=Strict\n\
            vary: origin\n\
            x-request-id: 7\n\n\
            Visit 2",
    },
    Exchange {
        name: "GET from the refused origin",
        request: "GET /greeting\norigin: STRANGER",
        answer: "200 OK\n\
            content-length: 12\n\
            content-type: text/plain; charset=utf-8\n\
            vary: origin\n\
            x-request-id: 8\n\n\
            Good morning",
    },
    Exchange {
        name: "preflight PUT from the refused origin",
        request: "OPTIONS /greeting\norigin: STRANGER\naccess-control-request-method: PUT",
        answer: "403 Forbidden\n\
            allow: GET,HEAD,PUT\n\
            content-length: 0\n\
            vary: origin\n\
            x-request-id: 9\n\n",
    },
];

#[tokio::test]
async fn each_request_gets_its_answer_until_ctrl_c() -> Result<(), Box<dyn Error>> {
    let quickstart = Quickstart::start().await?;
    for Exchange { name, request, answer } in EXCHANGES {
        let request = read(&quickstart.fill_in(request), &quickstart.api)?;
        assert_eq!(written(&send(request).await?), quickstart.fill_in(answer), "{name}");
    }
    assert_eq!(quickstart.interrupt().await?, Some(0));
    Ok(())
}

#[tokio::test]
async fn the_page_knows_the_api_and_its_log() -> Result<(), Box<dyn Error>> {
    let quickstart = Quickstart::start().await?;
    let page = get(quickstart.page.clone()).await?;
    assert_eq!(page.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(page.body().contains(&quickstart.fill_in("const api = \"API\";")));
    assert!(!page.body().contains("API_ORIGIN"));

    let log = || get(format!("{}/log", quickstart.page));
    assert_eq!(log().await?.body(), "");
    get(format!("{}/greeting", quickstart.api)).await?;
    let entry = "> GET /greeting\n< 200 OK\n< vary: origin\n< x-request-id: 1\n";
    assert_eq!(log().await?.body(), entry);
    for _ in 0..20 {
        get(format!("{}/greeting", quickstart.api)).await?;
    }
    let latest = log().await?.into_body();
    assert!(latest.starts_with(&entry.replace(": 1", ": 21")), "{latest}");
    assert!(latest.ends_with(&entry.replace(": 1", ": 2")), "{latest}");
    Ok(())
}

/// Not every machine has IPv6.
async fn loopback_addresses() -> Vec<&'static str> {
    let has_ipv6 = TcpListener::bind("[::1]:0").await.is_ok();
    if has_ipv6 { vec!["127.0.0.1", "[::1]"] } else { vec!["127.0.0.1"] }
}

#[tokio::test]
async fn both_addresses_of_localhost_answer() -> Result<(), Box<dyn Error>> {
    let quickstart = Quickstart::start().await?;
    let page = get(quickstart.page.clone()).await?.into_body();
    for address in loopback_addresses().await {
        let at = |origin: &str| origin.replace("localhost", address);
        assert_eq!(get(at(&quickstart.page)).await?.body(), &page, "{address}");
        let greeting = get(at(&quickstart.api) + "/greeting").await?;
        assert_eq!(greeting.body(), "Hello", "{address}");
    }
    Ok(())
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() -> Result<(), Box<dyn Error>> {
    for address in loopback_addresses().await {
        let taken = TcpListener::bind(format!("{address}:0")).await?;
        let port = taken.local_addr()?.port().to_string();
        for ports in [[&port, "0"], ["0", &port]] {
            let mut quickstart = Quickstart::command(ports);
            let running = quickstart.stderr(Stdio::piped()).kill_on_drop(true).output();
            let output = timeout(DEADLINE, running).await??;
            assert_eq!(output.status.code(), Some(1), "{address}");
            let told = String::from_utf8(output.stderr)?;
            assert!(told.contains(&format!("port {port}: Address already in use")), "{told}");
        }
    }
    Ok(())
}

#[test]
fn the_page_shows_the_policy_that_runs() {
    let program = include_str!("../../examples/quickstart.rs");
    let page = include_str!("../../examples/quickstart.html").replace("&amp;", "&");
    let policy = |text: &str| {
        let (_, policy) = text.split_once("CorsLayer::new()").unwrap();
        let (policy, _) = policy.split_once(".build()?").unwrap();
        policy.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(policy(&page), policy(program));
}
