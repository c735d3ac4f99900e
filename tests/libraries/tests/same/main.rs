//! What the guide to migrating says, held against the libraries themselves: for each row, pages can do
//! the same behind their options and behind ours, but for what the row names. And the cells of the
//! comparison that an answer shows.
//!
//! ```sh
//! cargo test -p tower-cors-libraries
//! ```
//!
//! What is not installed is skipped, with the line that installs it, unless
//! `TOWER_CORS_LIBRARIES=required`. `npm ci` and `pip install` fetch the libraries once.

mod application;
mod page;
mod pages;
mod program;
mod remote;
mod row;

mod actix;
mod cells;
mod express;
mod starlette;
