//! Without a file, the last good policy is served.

use std::fs;

use crate::{log::Tested, policy, site::Site};

const GONE: &str = "No such file or directory (os error 2)";

#[tokio::test(flavor = "multi_thread")]
async fn the_file() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    fs::remove_file(site.file())?;
    site.refused(&[GONE]).await?;
    fs::write(site.file(), policy::file(2))?;
    site.changed(1, 2).await?;

    fs::remove_file(site.file())?;
    site.refused(&[GONE]).await?;
    fs::write(site.file(), policy::file(2))?;
    site.log.until(policy::NO_CHANGE).await?;
    site.end(&[1, 2]).await
}

/// The watch goes with the directory that it was set for, not with the name.
#[tokio::test(flavor = "multi_thread")]
async fn its_directory_and_then_there_is_another_of_the_same_name() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    fs::remove_dir_all(site.directory().join("config"))?;
    site.log.until("(os error 2)").await?;
    site.log.until("ignored, the policy stays as it was problems=1").await?;
    site.curl.more(6).await?;

    fs::create_dir(site.directory().join("config"))?;
    fs::write(site.file(), policy::file(2))?;
    site.signal("HUP").await?;
    site.log.until(&policy::change(1, 2)).await?;
    site.curl.until(2).await?;

    fs::write(site.file(), policy::file(3))?;
    site.changed(2, 3).await?;
    site.end(&[1, 2, 3]).await
}
