//! The cache of nginx between pages and server. Without nginx nothing is tested, unless
//! `TOWER_CORS_SERVERS` is `required`.

use std::{
    env, fs,
    future::ready,
    io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::{Child, Command, Stdio},
};

use axum::{Router, routing};
use http::header;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Duration, sleep},
};
use tower_cors::CorsLayer;
use tower_http::compression::CompressionLayer;

use crate::net::{APP, bounded};

const ORIGINS: [&str; 4] = [APP, "https://partner.example", "https://evil.example", "null"];

/// Ends with the test.
struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    let address = listener.local_addr().expect("a bound socket has an address");
    (listener, address)
}

async fn serve(app: Router) -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

/// In one process, so that it reads and writes as the test may.
fn start(directory: &Path, address: SocketAddr, server: SocketAddr) -> io::Result<Nginx> {
    drop(fs::remove_dir_all(directory));
    fs::create_dir_all(directory)?;
    let place = directory.display();
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let paths = paths.map(|name| format!("{name}_temp_path {place}/{name};")).concat();
    let configuration = format!(
        "daemon off; master_process off; pid {place}/pid; error_log {place}/errors; events {{}}
         http {{ access_log off; {paths} proxy_cache_path {place}/cache keys_zone=c:1m;
         server {{ listen {address}; location / {{ proxy_cache c; proxy_pass http://{server};
         add_header x-cache $upstream_cache_status; }} }} }}"
    );
    fs::write(directory.join("nginx.conf"), configuration)?;
    let mut nginx = Command::new("nginx");
    nginx.arg("-e").arg(directory.join("errors")).arg("-c").arg(directory.join("nginx.conf"));
    nginx.stderr(Stdio::null()).spawn().map(Nginx)
}

/// The lines that say something of CORS, or of the cache.
async fn get(server: SocketAddr, path: &str, origin: &str) -> Vec<String> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: api.example.com\r\norigin: {origin}\r\nconnection: close\r\n\r\n"
    );
    let mut stream = connect(server).await;
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("the server answers");
    let lines = answer.lines().map(str::to_lowercase);
    let told = lines.filter(|line| line.starts_with("access-control-") || line == "x-cache: hit");
    told.collect()
}

async fn connect(server: SocketAddr) -> TcpStream {
    loop {
        match TcpStream::connect(server).await {
            Ok(stream) => return stream,
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// In front of a server; `None` if it is missing and need not be there.
async fn in_front_of(server: SocketAddr, name: &str) -> Option<(Nginx, SocketAddr)> {
    let (listener, address) = listen().await;
    drop(listener);
    let nginx = start(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), address, server);
    let is_required = env::var_os("TOWER_CORS_SERVERS").is_some_and(|it| it == "required");
    if nginx.is_err() && !is_required {
        eprintln!("nginx is missing: its cache is not tried");
        return None;
    }
    Some((nginx.expect("nginx is there"), address))
}

fn app() -> Router {
    let cacheable = || ready(([(header::CACHE_CONTROL, "max-age=3600")], "text ".repeat(100)));
    Router::new().fallback(routing::any(cacheable))
}

fn cors() -> CorsLayer {
    CorsLayer::new().allow_origins(&ORIGINS[..2]).allow_credentials(true)
}

#[tokio::test]
async fn nginx_keeps_a_copy_for_each_origin() {
    let server = serve(app().layer(CompressionLayer::new()).layer(cors())).await;
    let Some((_nginx, address)) = in_front_of(server, "attacks-nginx").await else {
        return;
    };
    bounded(async {
        for first in ORIGINS {
            for second in ORIGINS.into_iter().filter(|second| *second != first) {
                let path = format!("/{first}-{second}").replace("://", "-");
                get(address, &path, first).await;
                let (cached, direct) =
                    (get(address, &path, second).await, get(server, &path, second).await);
                assert_eq!(cached, direct, "{second} behind {first}");
                let again = get(address, &path, first).await;
                assert!(again.contains(&"x-cache: hit".into()), "{first}: {again:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nginx_1_22_goes_by_the_last_line_of_vary_alone() {
    let version = Command::new("nginx").arg("-v").output();
    let version = version.map(|told| String::from_utf8_lossy(&told.stderr).into_owned());
    if !version.as_ref().is_ok_and(|version| version.contains("nginx/1.22.")) {
        eprintln!("not nginx 1.22, but {version:?}: its reading of Vary is not tried");
        return;
    }
    let server = serve(app().layer(cors()).layer(CompressionLayer::new())).await;
    let Some((_nginx, address)) = in_front_of(server, "attacks-nginx-1-22").await else {
        return;
    };
    bounded(async {
        let first = get(address, "/", ORIGINS[0]).await;
        let mut second = get(address, "/", ORIGINS[1]).await;
        assert!(second.contains(&"x-cache: hit".into()), "{second:?}");
        second.retain(|line| line != "x-cache: hit");
        assert_eq!(second, first);
    })
    .await;
}
