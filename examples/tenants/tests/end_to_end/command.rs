//! The program itself: from its commands to Ctrl-C.

use std::{
    path::Path,
    process::{Output, Stdio},
};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};
use tower_cors_tenants::Limits;

use crate::{
    client::{Client, Kind},
    site::{GIVE_UP, GLOBEX, SHOP, Tested, until},
};

const BETA: &str = "https://beta.acme.app";
const NEW: &str = "https://shop.globex.example";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tower-cors-tenants"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn run(arguments: &[&str]) -> Tested<(Option<i32>, String)> {
    let Output { status, stderr, .. } = timeout(GIVE_UP, program(arguments).output()).await??;
    Ok((status.code(), String::from_utf8(stderr)?))
}

/// The program as it serves, killed when dropped.
struct Serving {
    process: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Serving {
    fn start(arguments: &[&str]) -> Tested<Self> {
        let mut process = program(arguments).stderr(Stdio::null()).spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        Ok(Self { process, output: BufReader::new(output).lines() })
    }

    async fn line_with(&mut self, text: &str) -> Tested<String> {
        while let Some(line) = timeout(GIVE_UP, self.output.next_line()).await?? {
            if line.contains(text) {
                return Ok(line);
            }
        }
        Err(format!("ended without saying {text:?}").into())
    }

    async fn client(&mut self) -> Tested<Client> {
        let line = self.line_with("Listening on ").await?;
        let address = line.trim_start_matches("Listening on ").parse()?;
        Client::connect(address, Limits::default()).await
    }

    async fn interrupt(mut self) -> Tested<Option<i32>> {
        let id = self.process.id().ok_or("ended early")?.to_string();
        Command::new("kill").args(["-INT", &id]).status().await?;
        Ok(timeout(GIVE_UP, self.process.wait()).await??.code())
    }
}

#[tokio::test]
async fn the_demo_does_what_it_tells_to_try() -> Tested {
    let mut demo = Serving::start(&["demo", "0"])?;
    let line = demo.line_with(" allow ").await?;
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    let database = words[1];
    let mut client = demo.client().await?;
    for (tenant, origin) in [("acme", SHOP), ("acme", BETA), ("globex", GLOBEX)] {
        // The first look-up may take longer than its deadline, on a machine that is slow.
        until("it works", async || client.allows(Kind::Actual, tenant, origin).await).await?;
        until("it works", async || client.allows(Kind::Preflight, tenant, origin).await).await?;
    }
    assert!(!client.allows_both("globex", SHOP).await?);

    assert!(!client.allows_both("globex", NEW).await?);
    assert_eq!(run(&words).await?, (Some(0), String::new()));
    until("it works", async || client.allows(Kind::Actual, "globex", NEW).await).await?;

    drop(client);
    assert_eq!(demo.interrupt().await?, Some(0));
    assert!(!Path::new(database).exists(), "it leaves nothing behind");
    Ok(())
}

#[tokio::test]
async fn commands_say_what_is_wrong() -> Tested {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("tenants.db");
    let database = path.to_str().ok_or("the path is no text")?;
    let told = |text: &str| (Some(1), format!("{text}\n"));

    let (code, text) = run(&["allow", database, "globex", "http://shop.globex.example"]).await?;
    assert_eq!(code, Some(1));
    assert!(text.contains("write \"https://shop.globex.example\""), "{text}");
    assert!(!path.exists());
    assert_eq!(
        run(&["allow", database, "Globex", NEW]).await?,
        told("the name of a tenant is a label of a host: 1 to 63 of a-z, 0-9 and `-`")
    );
    assert_eq!(run(&["allow", database, "globex", NEW]).await?, (Some(0), String::new()));
    assert_eq!(run(&["revoke", database, "globex", NEW]).await?, (Some(0), String::new()));
    assert_eq!(
        run(&["revoke", database, "globex", NEW]).await?,
        told("globex has no origin \"https://shop.globex.example\"")
    );
    assert!(run(&["help"]).await?.1.starts_with("usage: tower-cors-tenants "));
    Ok(())
}
