//! What consoles say of blocked fetches, and that the page about troubleshooting quotes that.

use std::{
    collections::BTreeSet,
    error::Error,
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
};

use tokio::io::AsyncReadExt;
use tower_cors_browsers::{
    case::Case,
    engine::{Engine, Kind},
    run,
    server::Server,
};

const PAGE: &str = include_str!("../../../docs/troubleshooting.md");

/// Words of a message in Chromium, Firefox and `WebKit`; `…` stands for anything.
type Said = [&'static str; 3];

const MISSING: Said = [
    "No 'Access-Control-Allow-Origin' header is present",
    "CORS header 'Access-Control-Allow-Origin' missing",
    "Origin … is not allowed by Access-Control-Allow-Origin",
];
const MISMATCH: Said = ["is not equal to the supplied origin", DOES_NOT_MATCH, MISSING[2]];
const MULTIPLE: Said =
    ["contains multiple values", DOES_NOT_MATCH, "cannot contain more than one origin"];
const DOES_NOT_MATCH: &str = "CORS header 'Access-Control-Allow-Origin' does not match";
const STATUS: Said = [
    "It does not have HTTP ok status",
    "CORS preflight response did not succeed",
    "Preflight response is not successful",
];
const REFUSED: Said = [MISSING[0], MISSING[1], STATUS[2]];
const REDIRECT: Said = [
    "Redirect is not allowed for a preflight request",
    "CORS request external redirect not allowed",
    STATUS[2],
];
const METHOD: Said = [
    "Method … is not allowed by Access-Control-Allow-Methods",
    "Did not find method in CORS header",
    "Method … is not allowed",
];
const HEADER: Said = [
    "Request header field … is not allowed by Access-Control-Allow-Headers",
    "header … is not allowed according to header",
    "Request header field … is not allowed",
];
const WILDCARD: Said = [
    "must not be the wildcard '*' when the request's credentials mode is 'include'",
    "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'",
    "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true",
];
const CREDENTIALS: Said = [
    "'Access-Control-Allow-Credentials' header in the response is '' which must be 'true'",
    "expected 'true' in CORS header 'Access-Control-Allow-Credentials'",
    "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"",
];

fn rows() -> Vec<(Case, Said)> {
    const ACAO: &str = "access-control-allow-origin";
    const HOME: (&str, &str) = (ACAO, "{home}");
    const PUT: (&str, &str) = ("access-control-allow-methods", "PUT");
    let get = |name: &str| Case::new(name);
    let put = |name: &str| Case::new(name).method("PUT");
    let include = |case: Case| case.credentials("include");
    let lines = [(ACAO, "{home}"), (ACAO, "{home}")];
    vec![
        (get("no header").actual(200, &[]), MISSING),
        (put("no header on the preflight").preflight(200, &[]), MISSING),
        (put("a preflight that the layer refuses").preflight(403, &[]), REFUSED),
        (get("another origin").actual(200, &[(ACAO, "{stranger}")]), MISMATCH),
        (get("two lines").actual(200, &lines), MULTIPLE),
        (get("two values").actual(200, &[(ACAO, "{home}, *")]), MULTIPLE),
        (put("a preflight's status").preflight(401, &[HOME, PUT]), STATUS),
        (put("a redirect").preflight(307, &[HOME, ("location", "{api}/")]), REDIRECT),
        (get("a method").method("DELETE").preflight(204, &[HOME, PUT]), METHOD),
        (get("no method").method("DELETE"), METHOD),
        (get("a lower-case patch").method("patch").preflight(204, &[HOME, PUT]), METHOD),
        (get("a header").header("x-a", "1"), HEADER),
        (include(get("a wildcard")).actual(200, &[(ACAO, "*")]), WILDCARD),
        (include(put("a preflight's wildcard")).preflight(204, &[(ACAO, "*"), PUT]), WILDCARD),
        (include(get("no credentials")).actual(200, &[HOME]), CREDENTIALS),
        (include(put("no credentials on the preflight")), CREDENTIALS),
    ]
}

fn has_words(text: &str, words: &str) -> bool {
    let text = text.replace(['‘', '’'], "'");
    let mut rest = text.as_str();
    words.split('…').all(|part| match rest.split_once(part) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

async fn says(kind: Kind, engine: usize) -> Result<(), Box<dyn Error>> {
    let (cases, expected): (Vec<_>, Vec<_>) = rows().into_iter().unzip();
    let server = Server::of_table(Arc::from(cases.clone())).await?;
    let Some(said) = run::console(kind, &server, &cases).await? else {
        return Ok(());
    };
    let all = cases.iter().zip(expected).zip(said);
    let wrong = all.filter(|((_, expected), said)| !has_words(said, expected[engine]));
    let wrong: Vec<_> = wrong
        .map(|((case, expected), said)| format!("{}: {}\n{said}", case.name, expected[engine]))
        .collect();
    assert!(wrong.is_empty(), "{kind}: {} differ\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn chromium_says_so() -> Result<(), Box<dyn Error>> {
    says(Kind::Chromium, 0).await
}

#[tokio::test]
async fn chromium_tells_preflights() -> Result<(), Box<dyn Error>> {
    let cases: Vec<_> = rows().into_iter().map(|(case, _)| case).collect();
    let server = Server::of_table(Arc::from(cases.clone())).await?;
    let Some(said) = run::console(Kind::Chromium, &server, &cases).await? else {
        return Ok(());
    };
    for (at, (case, said)) in cases.iter().zip(said).enumerate() {
        let requests = server.requests(at);
        let failed = requests.last().expect("something was sent");
        assert_eq!(said.contains("preflight"), failed.starts_with("OPTIONS"), "{}", case.name);
    }
    Ok(())
}

#[tokio::test]
async fn firefox_says_so() -> Result<(), Box<dyn Error>> {
    says(Kind::Firefox, 1).await
}

#[tokio::test]
async fn webkit_says_so() -> Result<(), Box<dyn Error>> {
    says(Kind::WebKit, 2).await
}

/// All that a console says of a fetch to which nothing is answered.
async fn said_of(kind: Kind, url: &str) -> Result<Option<Vec<String>>, Box<dyn Error>> {
    const SCRIPT: &str = "
        const [url, done] = arguments;
        fetch(url).then(done, (error) => done(error.name));
    ";
    let server = Server::of_table(Arc::from([])).await?;
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(None);
    };
    engine.open(&server.places.fill_in("{home}/page")).await?;
    assert_eq!(engine.script(SCRIPT, vec![url.into()]).await?, "TypeError");
    let mut said = engine.console().await?;
    engine.close().await?;
    said.retain(|line| line.contains(url));
    Ok(Some(said))
}

async fn assert_says(url: &str, messages: [&str; 2]) -> Result<(), Box<dyn Error>> {
    for (kind, message) in [Kind::Chromium, Kind::Firefox].into_iter().zip(messages) {
        assert!(PAGE.contains(message), "{message}");
        if let Some(said) = said_of(kind, url).await? {
            assert!(said.len() == 1 && said[0].contains(message), "{kind}: {said:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_not_there() -> Result<(), Box<dyn Error>> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let url = format!("http://127.0.0.1:{port}/");
    assert_says(&url, ["net::ERR_CONNECTION_REFUSED", "CORS request did not succeed"]).await
}

#[tokio::test]
async fn a_server_that_hangs_up() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // What is not read would be a reset.
            tokio::spawn(async move { stream.read(&mut [0; 1 << 14]).await });
        }
    });
    assert_says(&url, ["net::ERR_EMPTY_RESPONSE", "CORS request did not succeed"]).await
}

/// A row quotes them as `C: words · F: words · S: words`.
#[test]
fn the_page_quotes_them() {
    let page = PAGE.replace("\\*", "*");
    let cells = page.lines().filter_map(|line| line.strip_prefix("| C: ")?.split(" | ").next());
    let quoted: BTreeSet<_> = cells
        .flat_map(|cell| cell.split(" · "))
        .map(|quote| quote.trim_start_matches(['F', 'S', ':', ' ', '…']))
        .collect();
    let said: BTreeSet<_> = rows().into_iter().flat_map(|(_, said)| said).collect();
    assert_eq!(quoted, said);
}
