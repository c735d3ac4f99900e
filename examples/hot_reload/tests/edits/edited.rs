//! Edits take effect under load, however they are made.

use std::fs;

use crate::{log::Tested, policy, site::Site};

#[tokio::test(flavor = "multi_thread")]
async fn in_place_and_by_another_file_in_its_place() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    for n in [2, 4, 6] {
        fs::write(site.file(), policy::file(n))?;
        site.changed(n - 1, n).await?;

        // What an editor does: the file of this name is another one from then on.
        let new = site.file().with_extension("new");
        fs::write(&new, policy::file(n + 1))?;
        fs::rename(&new, site.file())?;
        site.changed(n, n + 1).await?;
    }
    site.end(&[1, 2, 3, 4, 5, 6, 7]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn by_removing_it_first() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    let old = site.file().with_extension("old");
    fs::rename(site.file(), old)?;
    fs::write(site.file(), policy::file(2))?;
    // On a busy machine there may be time to notice that it is gone.
    site.log.until(&policy::change(1, 2)).await?;
    site.curl.until(2).await?;
    site.end(&[1, 2]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn with_other_files_written_beside_it_all_the_time() -> Tested {
    let Some(mut site) = Site::start().await? else { return Ok(()) };
    let beside = site.file().with_file_name("access.log");
    for n in 2..=4 {
        for _ in 0..10 {
            fs::write(&beside, "something else\n")?;
            site.curl.more(1).await?;
        }
        let new = site.file().with_extension("new");
        fs::write(&new, policy::file(n))?;
        fs::rename(&new, site.file())?;
        fs::write(&beside, "something else\n")?;
        site.changed(n - 1, n).await?;
    }
    site.end(&[1, 2, 3, 4]).await
}

/// Half a file may be a valid policy. `curl` would see it.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn in_place_by_somebody_who_takes_their_time() -> Tested {
    use std::{io::Write, time::Duration};

    let Some(mut site) = Site::start().await? else { return Ok(()) };
    let mut file = fs::File::create(site.file())?;
    file.write_all(policy::first_half(2).as_bytes())?;
    file.sync_all()?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    site.curl.more(10).await?;
    assert_eq!(site.log.unread(), [""; 0]);
    file.write_all(policy::second_half(2).as_bytes())?;
    drop(file);
    site.changed(1, 2).await?;
    site.end(&[1, 2]).await
}
