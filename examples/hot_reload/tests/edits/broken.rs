//! What is wrong is told, all of it, and changes nothing.

use std::fs;

use crate::{log::Tested, policy, site::Site};

/// Name, what the file says, and what the log says.
const BROKEN: &[(&str, &[u8], &[&str])] = &[
    (
        "a policy of many faults",
        b"[cors]\n\
          allow_credentials = true\n\
          allow_origins = [\"https://good.example.com\", \"https://a.example.com/\", \"http://b.example.com\"]\n\
          allow_methods = [\"PUT\", \"TRACE\"]\n\
          max_age = \"soon\"\n\
          alow_headers = [\"content-type\"]\n",
        &[],
    ),
    ("a half", b"[cors]\nallow_origins = [\"https://a.exam", &[]),
    ("nothing", b"", &[]),
    ("another table", b"[cor]\nallow_origins = [\"https://a.example.com\"]\n", &[]),
    ("no text", b"[cors]\nallow_origins = [\"\xff\"]\n", &[]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_problem_is_told_and_the_policy_stays() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    for (name, text, problems) in BROKEN {
        eprintln!("{name}");
        fs::write(site.file(), text)?;
        site.refused(problems).await?;
    }
    fs::write(site.file(), policy::file(2))?;
    site.changed(1, 2).await?;
    site.end(&[1, 2]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_is_taken_back_changes_nothing() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    let (name, text, problems) = BROKEN[0];
    eprintln!("{name}");
    fs::write(site.file(), text)?;
    site.refused(problems).await?;
    fs::write(site.file(), policy::file(1))?;
    let lines = site.log.until(policy::NO_CHANGE).await?;
    assert_eq!(lines.len(), 1, "{lines:#?}");
    site.end(&[1]).await
}
