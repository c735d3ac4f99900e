//! Writes the seeds of each check into a folder of its name, under the folder that is named.

use std::{env, fs, io, path::PathBuf};

use tower_cors_fuzz::seeds::seeds;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).expect("the argument names a folder"));
    for (check, inputs) in seeds() {
        let folder = folder.join(check);
        fs::create_dir_all(&folder)?;
        for (number, input) in inputs.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), input)?;
        }
    }
    Ok(())
}
