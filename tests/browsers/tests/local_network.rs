//! Pages of the public network and servers on the user's machine: the user decides whether anything
//! is sent, and then CORS whether it is read. <https://wicg.github.io/local-network-access/>

use std::{
    error::Error,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    extract::Request,
    middleware::{Next, from_fn},
};
use http::{HeaderMap, HeaderName, Method};
use serde_json::Value;
use tokio::time::{sleep, timeout};
use tower_cors_browsers::{
    case::Case,
    engine::{Engine, Kind},
    judge::{judge, report},
    layered,
    places::Page,
    run::run,
    server::Server,
};

const TROUBLESHOOTING: &str = include_str!("../../../docs/troubleshooting.md");

/// Frames would need the permission handed on.
fn cases() -> Vec<Case> {
    let mut cases = layered::cases();
    cases.retain(|case| case.page == Page::Home);
    cases
}

fn refused() -> Vec<Case> {
    cases().into_iter().map(|case| case.blocked().asks(&[])).collect()
}

/// The layer, and what it heard of preflights.
struct Stage {
    server: Server,
    preflights: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Stage {
    async fn set() -> Result<Self, Box<dyn Error>> {
        let preflights = Arc::<Mutex<Vec<HeaderMap>>>::default();
        let heard = preflights.clone();
        let hear = move |request: Request, next: Next| {
            if request.method() == Method::OPTIONS {
                heard.lock().expect("nobody panics").push(request.headers().clone());
            }
            next.run(request)
        };
        let server =
            Server::start(|places| Ok(layered::app(&places)?.layer(from_fn(hear)))).await?;
        Ok(Self { server, preflights })
    }

    /// An engine to which the pages are public, and the API is in this space.
    async fn engine(&self, kind: Kind, api: &str) -> Result<Option<Engine>, Box<dyn Error>> {
        let places = self.server.places;
        let pages = [(places.home, "public"), (places.stranger, "public")];
        let spaces = [&pages[..], &[(places.api, api)]].concat();
        Engine::start_in_spaces_if_installed(kind, &spaces).await
    }

    fn preflights(&self) -> Vec<HeaderMap> {
        self.preflights.lock().expect("nobody panics").clone()
    }

    /// There are some, and they ask for no private network.
    fn assert_plain_preflights(&self) {
        let preflights = self.preflights();
        assert!(!preflights.is_empty());
        for headers in preflights {
            let mut names = headers.keys().map(HeaderName::as_str);
            assert!(names.all(|name| !name.contains("private-network")), "{headers:?}");
        }
    }

    /// Lets the page fetch once the user has answered, or with no answer at all.
    async fn play(
        &self,
        engine: &mut Engine,
        answer: Option<(&str, &str)>,
        cases: &[Case],
    ) -> Result<(), Box<dyn Error>> {
        engine.open(&self.server.places.fill_in("{home}/page")).await?;
        if let Some((permission, state)) = answer {
            engine.set_permission(permission, state).await?;
        }
        let seen = run(engine, &self.server, cases).await?;
        let failures = judge(cases, &seen, "any", &[]);
        assert!(
            failures.is_empty(),
            "{answer:?}: {} failures{}",
            failures.len(),
            report(&failures)
        );
        Ok(())
    }
}

/// Chromium tells two spaces and their permissions apart.
async fn the_user_decides_about(
    space: &str,
    permission: &str,
    other: &str,
) -> Result<(), Box<dyn Error>> {
    let stage = Stage::set().await?;
    let Some(mut engine) = stage.engine(Kind::Chromium, space).await? else {
        return Ok(());
    };
    stage.play(&mut engine, None, &refused()).await?;
    stage.play(&mut engine, Some((permission, "denied")), &refused()).await?;
    stage.play(&mut engine, Some((other, "granted")), &refused()).await?;
    assert!(stage.preflights().is_empty());
    stage.play(&mut engine, Some((permission, "granted")), &cases()).await?;
    engine.close().await?;
    stage.assert_plain_preflights();
    Ok(())
}

#[tokio::test]
async fn chromium_asks_before_it_sends_anything_to_the_machine() -> Result<(), Box<dyn Error>> {
    the_user_decides_about("loopback", "loopback-network", "local-network").await
}

#[tokio::test]
async fn chromium_asks_before_it_sends_anything_to_the_network() -> Result<(), Box<dyn Error>> {
    the_user_decides_about("local", "local-network", "loopback-network").await
}

/// It waits for an answer, so it has to get one.
#[tokio::test]
async fn firefox_asks_before_it_sends_anything_to_the_machine() -> Result<(), Box<dyn Error>> {
    let stage = Stage::set().await?;
    let Some(mut engine) = stage.engine(Kind::Firefox, "loopback").await? else {
        return Ok(());
    };
    stage.play(&mut engine, Some(("loopback-network", "denied")), &refused()).await?;
    assert!(stage.preflights().is_empty());
    let said = engine.console().await?.join("\n");
    assert!(said.contains("CORS request did not succeed"), "{said}");
    stage.play(&mut engine, Some(("loopback-network", "granted")), &cases()).await?;
    engine.close().await?;
    stage.assert_plain_preflights();
    Ok(())
}

/// Fetches the API from a page, and returns what the page is told.
async fn fetch(engine: &mut Engine, stage: &Stage, page: &str) -> Result<Value, Box<dyn Error>> {
    const SCRIPT: &str = "
        const [url, done] = arguments;
        fetch(url).then((response) => done(response.status), (error) => done(error.name));
    ";
    engine.open(page).await?;
    let url = stage.server.places.fill_in("{far}/open/table/0/0");
    engine.script(SCRIPT, vec![url.into()]).await
}

/// What a page does without being asked what became of it.
async fn act(engine: &mut Engine, stage: &Stage, script: &str) -> Result<(), Box<dyn Error>> {
    engine.open(&stage.server.places.fill_in("{home}/page")).await?;
    let script = stage.server.places.fill_in(script);
    engine.script(&format!("const [done] = arguments; {script}"), vec![]).await.map(drop)
}

const SOCKET: &str = "
    const socket = new WebSocket('{far}/open/table/0/0'.replace('http', 'ws'));
    socket.onerror = () => done();
";
const FRAME: &str = "
    const frame = Object.assign(document.createElement('iframe'), { src: '{far}/open/table/0/0' });
    frame.onload = () => done();
    document.body.append(frame);
";
const FORM: &str = "
    const action = '{far}/open/table/0/0';
    const form = Object.assign(document.createElement('form'), { action, method: 'post' });
    document.body.append(form);
    done();
    form.submit();
";

#[tokio::test]
async fn web_sockets_and_frames_need_the_permission_and_forms_do_not() -> Result<(), Box<dyn Error>>
{
    let stage = Stage::set().await?;
    let Some(mut engine) = stage.engine(Kind::Chromium, "loopback").await? else {
        return Ok(());
    };
    act(&mut engine, &stage, SOCKET).await?;
    act(&mut engine, &stage, FRAME).await?;
    assert!(stage.server.requests(0).is_empty(), "{:?}", stage.server.requests(0));
    engine.set_permission("loopback-network", "granted").await?;
    act(&mut engine, &stage, SOCKET).await?;
    act(&mut engine, &stage, FRAME).await?;
    assert_eq!(stage.server.requests(0), ["GET far/0 home", "GET far/0 -"]);

    engine.set_permission("loopback-network", "denied").await?;
    act(&mut engine, &stage, FORM).await?;
    let post = async {
        while stage.server.requests(0).last().is_none_or(|last| last != "POST far/0 home") {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), post).await?;
    engine.close().await
}

#[tokio::test]
async fn a_page_without_https_cannot_be_granted_it() -> Result<(), Box<dyn Error>> {
    let stage = Stage::set().await?;
    let Some(mut engine) = stage.engine(Kind::Chromium, "loopback").await? else {
        return Ok(());
    };
    let page = format!("http://plain.test:{}/page", stage.server.places.home);
    assert_eq!(fetch(&mut engine, &stage, &page).await?, "TypeError");
    let said = engine.console().await?.join("\n");
    assert!(said.contains("The request client is not a secure context"), "{said}");
    assert!(engine.set_permission("loopback-network", "granted").await.is_err());
    assert_eq!(fetch(&mut engine, &stage, &page).await?, "TypeError");
    engine.close().await?;
    assert!(stage.server.requests(0).is_empty());
    Ok(())
}

#[tokio::test]
async fn the_console_names_the_permission() -> Result<(), Box<dyn Error>> {
    const SAID: [&str; 2] =
        ["Permission was denied for this request to access the ", " address space"];
    assert!(TROUBLESHOOTING.contains(&SAID.join("…")));
    for (space, shown) in [("loopback", "`loopback`"), ("local", "`local`")] {
        let stage = Stage::set().await?;
        let Some(mut engine) = stage.engine(Kind::Chromium, space).await? else {
            return Ok(());
        };
        let page = stage.server.places.fill_in("{home}/page");
        assert_eq!(fetch(&mut engine, &stage, &page).await?, "TypeError");
        let said = engine.console().await?.join("\n");
        engine.close().await?;
        assert!(said.contains(&SAID.join(shown)), "{said}");
    }
    Ok(())
}
