//! The page in a real browser: its buttons are clicked, and what it then shows is read.

use std::{env, error::Error, path::Path};

use http::{Method, Request, header};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{
    running::{Quickstart, Running},
    send,
};

const BROWSER: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";

/// No look-ups and no connections but to this machine.
const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
];

/// What the card shows, once its button's request is over.
const SHOWN: &str = r#"
    const [id, done] = arguments;
    const card = document.getElementById(id);
    const look = () => card.ariaBusy === "false"
        && done([...card.querySelectorAll(".told pre")].map((told) => told.innerText));
    new MutationObserver(look).observe(card, { attributes: true });
    look();
"#;

/// A session of a browser: <https://www.w3.org/TR/webdriver2/>
struct Session {
    url: String,
}

impl Session {
    async fn start(port: &str) -> Result<Self, Box<dyn Error>> {
        let driver = Self { url: format!("http://127.0.0.1:{port}/session") };
        let options = json!({"binary": BROWSER, "args": FLAGS});
        let wanted = json!({"browserName": "chrome", "goog:chromeOptions": options});
        let started =
            driver.call(Method::POST, "", json!({"capabilities": {"alwaysMatch": wanted}})).await?;
        eprintln!("browser: chromium {}", started["capabilities"]["browserVersion"]);
        let id = started["sessionId"].as_str().ok_or("no session")?;
        Ok(Self { url: format!("{}/{id}", driver.url) })
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> Result<Value, Box<dyn Error>> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let response = send(request.body(body.to_string())?).await?;
        if !response.status().is_success() {
            return Err(response.into_body().into());
        }
        Ok(serde_json::from_str::<Value>(response.body())?["value"].take())
    }

    async fn press(&self, card: &str) -> Result<Value, Box<dyn Error>> {
        let button = json!({"using": "css selector", "value": format!("#{card} button")});
        let found = self.call(Method::POST, "/element", button).await?;
        let mut ids = found.as_object().into_iter().flat_map(|found| found.values());
        let id = ids.next().and_then(Value::as_str).ok_or("no button")?;
        self.call(Method::POST, &format!("/element/{id}/click"), json!({})).await?;
        let script = json!({"script": SHOWN, "args": [card]});
        self.call(Method::POST, "/execute/async", script).await
    }

    async fn press_all(&self, page: &str) -> Result<Vec<Value>, Box<dyn Error>> {
        self.call(Method::POST, "/url", json!({"url": page})).await?;
        let mut shown = Vec::new();
        for Press { card, .. } in PRESSES {
            shown.push(self.press(card).await?);
        }
        Ok(shown)
    }
}

struct Press {
    name: &'static str,
    card: &'static str,
    read: &'static str,
    saw: &'static str,
}

const PRESSES: [Press; 6] = [
    Press {
        name: "read",
        card: "read",
        read: "200 OK\n\
            content-length: 5\n\
            content-type: text/plain; charset=utf-8\n\
            x-request-id: 1\n\n\
            Hello",
        saw: "> GET /greeting\n\
            > origin: PAGE\n\
            < 200 OK\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-expose-headers: x-request-id\n\
            < vary: origin\n\
            < x-request-id: 1",
    },
    Press {
        name: "write, with a preflight",
        card: "write",
        read: "200 OK\n\
            content-length: 20\n\
            content-type: text/plain; charset=utf-8\n\
            x-request-id: 3\n\n\
            Hello from next door",
        saw: "> OPTIONS /greeting\n\
            > access-control-request-headers: content-type\n\
            > access-control-request-method: PUT\n\
            > origin: PAGE\n\
            < 204 No Content\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-headers: content-type\n\
            < access-control-allow-methods: PUT\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-max-age: 600\n\
            < vary: origin\n\
            < x-request-id: 2\n\
            > PUT /greeting\n\
            > origin: PAGE\n\
            < 200 OK\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-expose-headers: x-request-id\n\
            < vary: origin\n\
            < x-request-id: 3",
    },
    Press {
        name: "write, the preflight remembered",
        card: "write",
        read: "200 OK\n\
            content-length: 20\n\
            content-type: text/plain; charset=utf-8\n\
            x-request-id: 4\n\n\
            Hello from next door",
        saw: "> PUT /greeting\n\
            > origin: PAGE\n\
            < 200 OK\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-expose-headers: x-request-id\n\
            < vary: origin\n\
            < x-request-id: 4",
    },
    Press {
        name: "first visit",
        card: "cookie",
        read: "200 OK\n\
            content-length: 7\n\
            content-type: text/plain; charset=utf-8\n\
            x-request-id: 5\n\n\
            Visit 1",
        saw: "> GET /visits\n\
            > origin: PAGE\n\
            < 200 OK\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-expose-headers: x-request-id\n\
            < vary: origin\n\
            < x-request-id: 5",
    },
    Press {
        name: "second visit, with the cookie",
        card: "cookie",
        read: "200 OK\n\
            content-length: 7\n\
            content-type: text/plain; charset=utf-8\n\
            x-request-id: 6\n\n\
            Visit 2",
        saw: "> GET /visits\n\
            > origin: PAGE\n\
            < 200 OK\n\
            < access-control-allow-credentials: true\n\
            < access-control-allow-origin: PAGE\n\
            < access-control-expose-headers: x-request-id\n\
            < vary: origin\n\
            < x-request-id: 6",
    },
    Press {
        name: "refused",
        card: "refused",
        read: "TypeError",
        saw: "> GET /greeting\n\
            > origin: STRANGER\n\
            < 200 OK\n\
            < vary: origin\n\
            < x-request-id: 7",
    },
];

/// Without the browser's own words after `TypeError`, and the order of header lines.
fn compared(read: &str, saw: &str) -> (String, Vec<String>) {
    let read = if read.starts_with("TypeError:") { "TypeError" } else { read };
    let mut saw: Vec<String> = saw.lines().map(str::to_owned).collect();
    saw.sort();
    (read.to_owned(), saw)
}

#[tokio::test]
async fn each_button_shows_what_the_script_could_read() -> Result<(), Box<dyn Error>> {
    if !Path::new(BROWSER).exists() || !Path::new(DRIVER).exists() {
        let is_required = env::var("TOWER_CORS_BROWSER").is_ok_and(|value| value == "required");
        assert!(!is_required, "{BROWSER} and {DRIVER} are required");
        eprintln!("skipped: needs {BROWSER} and {DRIVER}");
        return Ok(());
    }
    let quickstart = Quickstart::start().await?;
    let mut driver = Running::start(Command::new(DRIVER).arg("--port=0"))?;
    let port = driver.word_after("successfully on port ").await?;
    let session = Session::start(port.trim_end_matches('.')).await?;
    let shown = session.press_all(&quickstart.page).await;
    let rows = PRESSES.map(|row| {
        (row.name, compared(&quickstart.fill_in(row.read), &quickstart.fill_in(row.saw)))
    });
    // The browser still holds its connections open.
    let exit_code = quickstart.interrupt().await;
    // It outlives its driver if it is not told to quit, so that comes before what can fail.
    session.call(Method::DELETE, "", json!({})).await?;

    for ((name, expected), shown) in rows.into_iter().zip(shown?) {
        let text = |index: usize| shown[index].as_str().unwrap_or_default();
        assert_eq!(compared(text(0), text(1)), expected, "{name}");
    }
    assert_eq!(exit_code?, Some(0));
    Ok(())
}
