//! What is wrong is told, all of it, and changes nothing.

use std::fs;

use crate::{log::Tested, policy, site::Site};

/// Name, what the file says, and how what the log says begins: the rest is the parser's.
const BROKEN: &[(&str, &[u8], &[&str])] = &[
    (
        "a policy of many faults",
        b"[cors]\n\
          allow_credentials = true\n\
          allow_origins = [\"https://good.example.com\", \"https://a.example.com/\", \"http://b.example.com\"]\n\
          allow_methods = [\"PUT\", \"TRACE\"]\n\
          max_age = \"soon\"\n\
          alow_headers = [\"content-type\"]\n",
        &[
            "allow_methods[1] \"TRACE\": browsers never send this method for a page; leave it out",
            "allow_origins[1] \"https://a.example.com/\": an origin has no slash at its end; \
             write \"https://a.example.com\"",
            "allow_origins[2] \"http://b.example.com\": anyone on the network's path can speak for \
             an http origin, and would read with the user's credentials; write \
             \"https://b.example.com\", or if you must, list it in dangerously_allow_origins",
            "alow_headers: there is no such setting; write \"allow_headers\"",
            "max_age \"soon\": this is no duration in whole seconds; write a number of seconds, \
             such as 600, or a text such as \"90s\", \"10m\" or \"1h30m\"",
        ],
    ),
    ("a half", b"[cors]\nallow_origins = [\"https://a.exam", &["TOML parse error at line 2, column "]),
    ("nothing", b"", &["TOML parse error at line 1, column 1: missing field `cors`"]),
    ("another table", b"[cor]\nallow_origins = [\"https://a.example.com\"]\n", &["TOML parse error at line 1, column 2: unknown field `cor`"]),
    ("no text", b"[cors]\nallow_origins = [\"\xff\"]\n", &["stream did not contain valid UTF-8"]),
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
