//! Which ports are taken.

use std::{error::Error, net::TcpListener};

use tower_cors_playground::{Playground, Ports};

use crate::visitor::Tested;

#[tokio::test]
async fn ports_that_were_asked_for_are_taken_or_told() -> Tested {
    let ports = Ports::From(free_run_of_ports()?);
    let Ports::From(first) = ports else { unreachable!("it was just made") };
    let playground = Playground::start(ports).await?;
    let places = playground.places();
    assert_eq!(places.app, format!("http://localhost:{first}"));
    assert_eq!(places.stranger, format!("http://127.0.0.1:{}", first + 2));
    assert_eq!(places.api, format!("http://localhost:{}", first + 3));
    let error = Playground::start(ports).await.expect_err("they are taken").to_string();
    let last = first + 3;
    assert!(error.starts_with(&format!("ports {first} to {last}: ")), "{error}");
    assert!(error.ends_with("; try `cargo run --example playground -- 0`"), "{error}");
    Ok(())
}

/// The usual ones may be taken by whoever else is on this machine, too.
#[tokio::test]
async fn taken_ports_are_no_reason_not_to_start() -> Tested {
    let first = Playground::start(Ports::Usual).await?;
    let second = Playground::start(Ports::Usual).await?;
    let third = Playground::start(Ports::Free).await?;
    let apps = [&first, &second, &third].map(|playground| playground.places().app.as_str());
    assert_ne!(apps[0], apps[1]);
    assert_ne!(apps[1], "http://localhost:4000");
    assert_ne!(apps[1], apps[2]);
    Ok(())
}

#[test]
fn ports_are_read() {
    let rows = [
        ("0", Some(Ports::Free)),
        ("5000", Some(Ports::From(5000))),
        ("65532", Some(Ports::From(65532))),
        ("65533", None),
        ("-1", None),
        ("", None),
        ("app", None),
    ];
    for (text, expected) in rows {
        assert_eq!(text.parse().ok(), expected, "{text}");
    }
    let error = "app".parse::<Ports>().expect_err("it is no number");
    assert_eq!(
        error.to_string(),
        "\"app\": this is no first port of four; write a number from 0 to 65532"
    );
}

/// A port that three free ones come after, in both families.
fn free_run_of_ports() -> Result<u16, Box<dyn Error>> {
    for _ in 0..100 {
        let first = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let is_free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if first < 65_000 && (first..=first + 3).all(is_free) {
            return Ok(first);
        }
    }
    Err("no four ports in a row are free".into())
}
