//! Prints the public API.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", tower_cors_public_api::listing()?);
    Ok(())
}
