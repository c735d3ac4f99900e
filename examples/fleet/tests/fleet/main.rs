//! Three servers and a Redis, all of them processes of their own: told, killed, frozen and lied to.
//! Without `redis-server` these tests are skipped, unless `TOWER_CORS_SERVERS` is `required`.

mod away;
mod by_hand;
mod command;
mod fleet;
mod log;
mod policy;
mod published;
mod redis_server;
mod server;
