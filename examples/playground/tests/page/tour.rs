//! Each move of the tour, and what the browser, the server and the page make of it.

use serde_json::{Value, json};

use crate::visit::{KINDS, Tested, Visit};

/// What is to be seen after a move. Written down from the Fetch standard and the crate's texts, not
/// from the tour.
struct Move {
    /// Codes of the remarks. With problems the policy before goes on.
    remarks: &'static [&'static str],
    verdict: &'static str,
    /// What the script read, or `*` for what depends on the engine.
    body: &'static str,
    messages: &'static [Message],
    /// Headers of the response that the script does not see, of those that the API makes.
    hidden: &'static [&'static str],
}

/// Kind, status, and what the layer explains; nothing where the shared cache answered.
type Message = (&'static str, u16, &'static [&'static str]);

const FAILED: &str = "*";
const HELLO: &str = "Hello from the API";
const KEPT: &str = "An answer that a shared cache may keep";

const NOT_SENT: Move = Move { remarks: &[], verdict: "none", body: "", messages: &[], hidden: &[] };

const fn kept(messages: &'static [Message]) -> Move {
    Move { verdict: "kept", body: FAILED, messages, ..NOT_SENT }
}

const fn readable(body: &'static str, messages: &'static [Message]) -> Move {
    Move { verdict: "readable", body, messages, ..NOT_SENT }
}

const NO_ORIGIN: &[&str] = &["no-origin"];
const HELLO_ALLOWED: Message =
    ("actual", 200, &["actual GET /hello: allowed: origin \"{app}\" is allowed"]);
const HELLO_DENIED: Message = (
    "actual",
    200,
    &[
        "actual GET /hello: denied: origin \"{app}\" is not allowed",
        "  to allow it: list \"{app}\" in allow_origins",
        "  caution: keep development origins out of production",
    ],
);
const ME: Message = ("actual", 200, &["actual GET /me: allowed: origin \"{app}\" is allowed"]);

const TOUR: &[&[Move]] = &[
    // A simple GET
    &[Move { remarks: NO_ORIGIN, ..kept(&[HELLO_DENIED]) }, readable(HELLO, &[HELLO_ALLOWED])],
    // JSON with a bearer token
    &[
        kept(&[(
            "preflight",
            204,
            &[
                "preflight OPTIONS /echo: denied: headers \"authorization\", \"content-type\" are not allowed",
                "  to allow it: list \"authorization\", \"content-type\" in allow_headers",
            ],
        )]),
        readable(
            r#"{"authorization":true,"body":"{ \"city\": \"Oslo\" }","content_type":"application/json","method":"POST"}"#,
            &[
                (
                    "preflight",
                    204,
                    &["preflight OPTIONS /echo: allowed: origin \"{app}\" is allowed"],
                ),
                ("actual", 200, &["actual POST /echo: allowed: origin \"{app}\" is allowed"]),
            ],
        ),
    ],
    // Cookies
    &[
        kept(&[ME]),
        readable(r#"{"signed_in":true}"#, &[ME]),
        readable(
            r#"{"signed_in":false}"#,
            &[("actual", 200, &["actual GET /me: allowed: origin \"{stranger}\" is allowed"])],
        ),
    ],
    // Any origin, with credentials
    &[
        kept(&[("actual", 200, &["actual GET /me: allowed: any origin is allowed"])]),
        Move { remarks: &["any-origin-with-credentials"], ..NOT_SENT },
        readable(r#"{"signed_in":true}"#, &[ME]),
    ],
    // A slash at the end
    &[
        Move { remarks: &["origin-trailing-slash"], ..NOT_SENT },
        Move { remarks: &["origin-trailing-slash"], ..kept(&[HELLO_DENIED]) },
        readable(HELLO, &[HELLO_ALLOWED]),
    ],
    // The wrong port
    &[
        kept(&[(
            "actual",
            200,
            &[
                "actual GET /hello: denied: origin \"{app}\" is not allowed",
                "  closest: \"{other}\": the port differs",
                "  to allow it: list \"{app}\" in allow_origins",
                "  caution: keep development origins out of production",
            ],
        )]),
        readable(HELLO, &[HELLO_ALLOWED]),
    ],
    // A hidden header
    &[
        Move {
            hidden: &["etag", "x-total-count"],
            ..readable(r#"["first","second","third"]"#, &[LIST])
        },
        Move { hidden: &["etag"], ..readable(r#"["first","second","third"]"#, &[LIST]) },
    ],
    // A cache without Vary
    &[
        Move {
            hidden: &["x-cache"],
            ..readable(
                KEPT,
                &[(
                    "actual",
                    200,
                    &["actual GET /cached-without-vary: allowed: origin \"{app}\" is allowed"],
                )],
            )
        },
        kept(&[("actual", 200, &[])]),
        Move {
            hidden: &["x-cache"],
            ..readable(
                KEPT,
                &[("actual", 200, &["actual GET /cached: allowed: origin \"{app}\" is allowed"])],
            )
        },
        Move {
            hidden: &["x-cache"],
            ..readable(
                KEPT,
                &[("actual", 200, &["actual GET /cached: allowed: origin \"{other}\" is allowed"])],
            )
        },
    ],
];
const LIST: Message = ("actual", 200, &["actual GET /list: allowed: origin \"{app}\" is allowed"]);

#[tokio::test]
async fn each_move_has_the_outcome_that_the_standard_says() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        for (step, moves) in TOUR.iter().enumerate() {
            visit.open(&format!("#tour={}", step + 1)).await?;
            visit.wait("one('#tour [data-move]')").await?;
            for (index, expected) in moves.iter().enumerate() {
                let place = format!("{kind}, step {}, move {}", step + 1, index + 1);
                play(&mut visit, index + 1).await?;
                let seen = visit.run(SEEN).await?;
                let before = index.checked_sub(1).map(|before| &moves[before]);
                expected.check(before, &visit, &seen, &place);
            }
            let moves_left = visit.run("return all('[data-move].primary').length").await?;
            assert_eq!(moves_left, 0, "{kind}, step {}", step + 1);
        }
        let steps = visit.run("return all('.dot').length").await?;
        assert_eq!(steps, TOUR.len(), "{kind}");
        visit.engine.close().await?;
    }
    Ok(())
}

async fn play(visit: &mut Visit, number: usize) -> Tested {
    visit.click(&format!("[data-move='{number}']")).await?;
    let told = format!("one('[data-told=\"{number}\"]')");
    let idle = "one('#tour').getAttribute('aria-busy') === 'false'";
    visit.wait(&format!("{told} && {idle}")).await?;
    let as_expected = visit.run(&format!("return {told}.dataset.asExpected")).await?;
    assert_eq!(
        as_expected, "true",
        "{}: the tour expected move {number} to end otherwise",
        visit.kind
    );
    visit.settle().await
}

const SEEN: &str = "
    const message = (element) => [
        element.dataset.message,
        Number(text('[data-direction=response] .first-line', element).split(' ')[0]),
        text('[data-explanation] pre', element),
    ];
    return {
        serving: one('#serving').dataset.serving,
        remarks: all('[data-remark]').map((remark) => remark.dataset.remark),
        verdict: one('#verdict').dataset.verdict,
        body: text('[data-body]') ?? '',
        error: text('[data-error]') ?? '',
        messages: all('[data-message]').map(message),
        hidden: all('[data-hidden-header]').map((header) => header.dataset.hiddenHeader),
        agreement: one('[data-agreement]')?.dataset.agreement ?? null,
        odd: all('[data-odd]').length,
        differing: all('[data-differs]').length,
        predicted: one('[data-predicted]')?.dataset.predicted ?? null,
    };
";

impl Move {
    fn check(&self, before: Option<&Self>, visit: &Visit, seen: &Value, place: &str) {
        assert_eq!(seen["remarks"], json!(self.remarks), "{place}");
        let breaks = self.remarks.iter().any(|code| !NO_ORIGIN.contains(code));
        assert_eq!(seen["serving"], if breaks { "kept" } else { "serving" }, "{place}");
        // A move that sends nothing leaves what was there.
        let shown = if self.verdict == "none" { before.unwrap_or(self) } else { self };
        assert_eq!(seen["verdict"], shown.verdict, "{place}: {seen:#}");
        if shown.verdict == "none" {
            return;
        }
        match shown.body {
            FAILED => {
                let error = seen["error"].as_str().unwrap_or_default();
                assert!(error.starts_with("TypeError: "), "{place}: {error}");
            }
            body => assert_eq!(seen["body"], body, "{place}"),
        }
        let messages = shown.messages.iter().map(|(kind, status, lines)| {
            let lines = visit.fill_in(&lines.join("\n"));
            json!([kind, status, Some(lines).filter(|lines| !lines.is_empty())])
        });
        assert_eq!(seen["messages"], Value::from_iter(messages), "{place}");
        let made_here = |name: &&Value| {
            ["etag", "x-total-count", "x-cache", "age"].map(Value::from).contains(name)
        };
        let hidden = seen["hidden"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut hidden: Vec<_> = hidden.iter().filter(made_here).collect();
        hidden.sort_by_key(ToString::to_string);
        assert_eq!(json!(hidden), json!(shown.hidden), "{place}: {seen:#}");
        assert_eq!(seen["agreement"], "agree", "{place}: {seen:#}");
        assert_eq!([&seen["odd"], &seen["differing"]], [&json!(0), &json!(0)], "{place}");
        assert_eq!(seen["predicted"], "true", "{place}");
    }
}
