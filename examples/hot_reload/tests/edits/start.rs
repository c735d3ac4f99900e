//! With a wrong file it does not start.

use std::fs;

use tokio::time::timeout;

use crate::{
    log::{GIVE_UP, Tested},
    site::program,
};

/// Name, what the file says if it is there, and what is told of it.
const WRONG: &[(&str, Option<&str>, &str)] = &[
    (
        "problems",
        Some("[cors]\nallow_origins = [\"https://a.example.com/\"]\nmax_age = \"soon\"\n"),
        "",
    ),
    ("no TOML", Some("[cors"), ""),
    ("no file", None, "No such file or directory (os error 2)"),
];

#[tokio::test]
async fn it_tells_every_problem() -> Tested {
    for (name, text, told) in WRONG {
        let directory = tempfile::tempdir()?;
        let file = directory.path().join("cors.toml");
        if let Some(text) = text {
            fs::write(&file, text)?;
        }
        let output = timeout(GIVE_UP, program(&file).output()).await??;
        let log = String::from_utf8(output.stderr)?;
        assert_eq!(log, format!("{}: {told}\n", file.display()), "{name}");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert_eq!(output.stdout, b"", "{name}");
    }
    Ok(())
}
