//! What the commands refuse.

use std::fs;

use crate::{fleet::Fleet, log::Tested, server::run};

const BROKEN: &str = "[cors]\nallow_origins = [\"https://a.example.com/\"]\nmax_age = \"soon\"\n";

/// What is told of it, after the name of the file.
const PROBLEMS: &str = ": invalid CORS configuration\n  \
    allow_origins[0] \"https://a.example.com/\": an origin has no slash at its end; \
    write \"https://a.example.com\"\n  \
    max_age \"soon\": this is no duration in whole seconds; write a number of seconds, such as 600, \
    or a text such as \"90s\", \"10m\" or \"1h30m\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_policy_is_not_published() -> Tested {
    let Some((fleet, redis, version)) = Fleet::start_with_policy().await? else { return Ok(()) };
    let held = redis.holds().await?;
    let file = fleet.directory().join("broken.toml");
    let path = file.to_str().ok_or("the path is no text")?;
    let texts = [
        (BROKEN, PROBLEMS),
        ("", ": TOML parse error at line 1, column 1\n"),
        ("[cors", ": TOML parse error at line 1, column "),
        ("[cors]\n[cor]\n", ": TOML parse error at line 2, column "),
    ];
    for (text, told) in texts {
        fs::write(&file, text)?;
        let (code, output, errors) = run(&fleet.url(), &["publish", path]).await?;
        assert_eq!((code, output.as_str()), (Some(1), ""), "{text}");
        assert!(errors.starts_with(&format!("{path}{told}")), "{errors}");
    }
    assert_eq!(redis.holds().await?, held);
    fleet.serves(Some(1)).await?;
    fleet.health(version, "here").await?;
    fleet.end().await
}

#[tokio::test]
async fn nobody_starts_with_a_broken_fallback() -> Tested {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("fallback.toml");
    let path = file.to_str().ok_or("the path is no text")?;
    let nowhere = format!("redis+unix://{path}.sock");
    let (code, output, errors) = run(&nowhere, &["serve", "127.0.0.1:0", path]).await?;
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert_eq!(errors, format!("{path}: No such file or directory (os error 2)\n"));

    fs::write(&file, BROKEN)?;
    let (code, output, errors) = run(&nowhere, &["serve", "127.0.0.1:0", path]).await?;
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert_eq!(errors, format!("{path}{PROBLEMS}"));
    Ok(())
}

#[tokio::test]
async fn what_is_no_command_is_told() -> Tested {
    for arguments in [&["help"][..], &[], &["publish"], &["serve"]] {
        let (code, output, errors) = run("redis://127.0.0.1", arguments).await?;
        assert_eq!((code, output.as_str()), (Some(1), ""));
        assert!(errors.starts_with("usage: tower-cors-fleet serve ADDRESS [FILE]\n"), "{errors}");
    }
    let (code, _, errors) = run("nonsense", &["publish", "cors.toml"]).await?;
    assert_eq!(code, Some(1));
    assert!(errors.contains("URL"), "{errors}");
    Ok(())
}
