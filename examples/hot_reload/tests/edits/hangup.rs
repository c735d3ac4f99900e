//! `SIGHUP` has the file read again.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink};

use crate::{log::Tested, policy, site::Site};

#[tokio::test(flavor = "multi_thread")]
async fn without_an_edit_it_says_that_nothing_changes() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    for _ in 0..3 {
        site.signal("HUP").await?;
        site.log.until(policy::NO_CHANGE).await?;
        site.curl.more(2).await?;
    }
    site.end(&[1]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_finds_edits_that_no_watcher_sees() -> Tested {
    let directory = tempfile::tempdir()?;
    let (config, elsewhere) = (directory.path().join("config"), directory.path().join("elsewhere"));
    fs::create_dir(&config)?;
    fs::create_dir(&elsewhere)?;
    let (file, behind) = (config.join("cors.toml"), elsewhere.join("cors.toml"));
    fs::write(&behind, policy::file(1))?;
    symlink(&behind, &file)?;

    let Some(mut site) = Site::start_at(directory, file).await? else { return Ok(()) };
    fs::write(&behind, policy::file(2))?;
    site.curl.more(6).await?;
    site.signal("HUP").await?;
    site.changed(1, 2).await?;

    fs::write(&behind, "[cors]\nallow_origins = [\"https://a.example.com/\"]\n")?;
    site.curl.more(6).await?;
    site.signal("HUP").await?;
    let problem = "allow_origins[0] \"https://a.example.com/\": an origin has no slash at its end; \
                   write \"https://a.example.com\"";
    site.refused(&[problem]).await?;
    site.end(&[1, 2]).await
}
