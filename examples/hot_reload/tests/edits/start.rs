//! With a wrong file it does not start.

use std::fs;

use tokio::time::timeout;

use crate::{
    log::{GIVE_UP, Log, Tested},
    policy,
    site::program,
};

/// Name, what the file says if it is there, and how what is told of it begins.
const WRONG: &[(&str, Option<&str>, &str)] = &[
    (
        "problems",
        Some("[cors]\nallow_origins = [\"https://a.example.com/\"]\nmax_age = \"soon\"\n"),
        "invalid CORS configuration\n  \
         allow_origins[0] \"https://a.example.com/\": an origin has no slash at its end; \
         write \"https://a.example.com\"\n  \
         max_age \"soon\": this is no duration in whole seconds; write a number of seconds, \
         such as 600, or a text such as \"90s\", \"10m\" or \"1h30m\"",
    ),
    ("no TOML", Some("[cors"), "TOML parse error at line 1, column "),
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
        let told = format!("{}: {told}", file.display());
        assert!(log.starts_with(&told), "{name}: {log}");
        assert_eq!(log.lines().count(), told.lines().count(), "{name}: {log}");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert_eq!(output.stdout, b"", "{name}");
    }
    Ok(())
}

/// Its directory has no name then.
#[tokio::test]
async fn it_follows_a_file_of_the_directory_it_is_started_in() -> Tested {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("cors.toml");
    fs::write(&file, policy::file(1))?;
    let mut process = program("cors.toml".as_ref()).current_dir(directory.path()).spawn()?;
    let mut log = Log::of(process.stderr.take().ok_or("no log")?);
    let mut output = Log::of(process.stdout.take().ok_or("no output")?);
    output.until("").await?;
    fs::write(&file, policy::file(2))?;
    log.until(&policy::change(1, 2)).await?;
    fs::write(&file, "[cors")?;
    let lines = log.until(" cors.toml: ignored, the policy stays as it was problems=1").await?;
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_eq!(process.try_wait()?, None, "it has ended");
    Ok(())
}
