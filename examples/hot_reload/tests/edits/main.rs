//! The program itself, while its file is edited in all the ways there are and `curl` asks it all the
//! time. Without `curl` these tests are skipped, unless `TOWER_CORS_SERVERS` is `required`.

mod broken;
mod curl;
mod edited;
mod gone;
mod hangup;
mod linked;
mod log;
mod policy;
mod site;
mod start;
