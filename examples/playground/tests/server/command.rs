//! The playground as it is started from the root of the repository.

use std::{error::Error, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::visitor::Tested;

/// Bounds what would else hang: the first run may have to compile.
const DEADLINE: Duration = Duration::from_secs(480);

#[tokio::test]
async fn one_line_holds_the_address_and_control_c_ends_it() -> Tested {
    let mut child = start("0")?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let line = timeout(DEADLINE, lines.next_line()).await??.ok_or("nothing is printed")?;
    let port = line
        .strip_prefix("Open http://localhost:")
        .and_then(|rest| rest.strip_suffix(" in your browser (Ctrl-C ends this)"));
    assert!(port.is_some_and(|port| port.parse::<u16>().is_ok()), "{line}");
    let id = child.id().ok_or("it ended")?.to_string();
    Command::new("kill").args(["-INT", &id]).status().await?;
    assert_eq!(timeout(DEADLINE, lines.next_line()).await??, None);
    assert_eq!(timeout(DEADLINE, child.wait()).await??.code(), Some(0));
    Ok(())
}

#[tokio::test]
async fn a_wrong_port_is_told() -> Tested {
    let output = timeout(DEADLINE, start("app")?.wait_with_output()).await??;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr)?;
    assert!(said.ends_with("write a number from 0 to 65532\n"), "{said}");
    assert!(output.stdout.is_empty());
    Ok(())
}

/// `cargo run` becomes the program that it runs, so signals and exit code are the program's.
fn start(port: &str) -> Result<Child, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--example", "playground", "--", port]);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).kill_on_drop(true);
    Ok(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}
