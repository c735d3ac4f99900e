//! The way of Kubernetes: a mounted file is a link to `..data/cors.toml`, and `..data` is a link to
//! a directory. Another directory is made, and the link is swapped.
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink, path::Path};

use crate::{log::Tested, policy, site::Site};

/// Mounts policy `n`.
fn mount(volume: &Path, n: u32) -> Tested {
    let directory = format!("..2026_{n}");
    fs::create_dir_all(volume.join(&directory))?;
    fs::write(volume.join(&directory).join("cors.toml"), policy::file(n))?;
    symlink(&directory, volume.join("..data_tmp"))?;
    fs::rename(volume.join("..data_tmp"), volume.join("..data"))?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swapped_link_takes_effect() -> Tested {
    let directory = tempfile::tempdir()?;
    let volume = directory.path().join("config");
    fs::create_dir(&volume)?;
    mount(&volume, 1)?;
    symlink("..data/cors.toml", volume.join("cors.toml"))?;

    let file = volume.join("cors.toml");
    let Some(mut site) = Site::start_at(directory, file).await? else { return Ok(()) };
    for n in 2..=5 {
        mount(&volume, n)?;
        fs::remove_dir_all(volume.join(format!("..2026_{}", n - 1)))?;
        site.changed(n - 1, n).await?;
    }
    site.end(&[1, 2, 3, 4, 5]).await
}
