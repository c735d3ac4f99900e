//! The four origins, and the ports that they are found at.

use std::{error::Error, fmt, io, iter, str::FromStr};

use serde::Serialize;
use tokio::net::TcpListener;

const USUAL: u16 = 4000;
/// How often free ports are looked for: one that is free in IPv4 may be taken in IPv6.
const TRIALS: usize = 16;

/// The origins of the playground.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Places {
    /// Serves the page, and the endpoints that it controls the rest by.
    pub app: String,
    /// Another port of the same host, so the same site for cookies.
    pub other: String,
    /// Another host, so another site.
    pub stranger: String,
    /// The API behind the CORS layer.
    pub api: String,
}

impl Places {
    fn at([app, other, stranger, api]: [u16; 4]) -> Self {
        Self {
            app: format!("http://localhost:{app}"),
            other: format!("http://localhost:{other}"),
            stranger: format!("http://127.0.0.1:{stranger}"),
            api: format!("http://localhost:{api}"),
        }
    }
}

/// Which ports to take.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Ports {
    /// Four free ones.
    Free,
    /// Four from here on.
    From(u16),
    /// Those from 4000 on, or free ones if one of them is taken.
    Usual,
}

impl FromStr for Ports {
    type Err = WrongPort;

    /// Reads the first port, of which 0 stands for free ones.
    fn from_str(text: &str) -> Result<Self, WrongPort> {
        match text.parse() {
            Ok(0) => Ok(Self::Free),
            Ok(first) if first <= u16::MAX - 3 => Ok(Self::From(first)),
            _ => Err(WrongPort(text.to_owned())),
        }
    }
}

/// What was given is no port that three more come after.
#[derive(Clone, Debug)]
pub struct WrongPort(String);

impl fmt::Display for WrongPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\": this is no first port of four; write a number from 0 to 65532", self.0)
    }
}

impl Error for WrongPort {}

/// What one server accepts connections from: an address or two.
type Door = Vec<TcpListener>;

pub(crate) async fn listen(ports: Ports) -> Result<(Places, [Door; 4]), Box<dyn Error>> {
    match ports {
        Ports::Free => Ok(free().await?),
        Ports::From(first) => from(first).await.map_err(|error| {
            let last = first + 3;
            let instead = "try `cargo run --example playground -- 0`";
            format!("ports {first} to {last}: {error}; {instead}").into()
        }),
        Ports::Usual => match from(USUAL).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Ok(free().await?),
            opened => Ok(opened?),
        },
    }
}

async fn from(first: u16) -> io::Result<(Places, [Door; 4])> {
    let ports = [first, first + 1, first + 2, first + 3];
    let [app, other, stranger, api] = ports;
    let doors = [open(app).await?, open(other).await?, open(stranger).await?, open(api).await?];
    Ok((Places::at(ports), doors))
}

async fn free() -> io::Result<(Places, [Door; 4])> {
    let doors = [open_free().await?, open_free().await?, open_free().await?, open_free().await?];
    let mut ports = [0; 4];
    for (port, door) in ports.iter_mut().zip(&doors) {
        *port = door[0].local_addr()?.port();
    }
    Ok((Places::at(ports), doors))
}

async fn open_free() -> io::Result<Door> {
    let mut opened = open(0).await;
    for _ in 1..TRIALS {
        if opened.is_ok() {
            break;
        }
        opened = open(0).await;
    }
    opened
}

/// Listens at the addresses that browsers take `localhost` for: two, or one without IPv6.
async fn open(port: u16) -> io::Result<Door> {
    let v4 = TcpListener::bind(("127.0.0.1", port)).await?;
    let port = v4.local_addr()?.port();
    match TcpListener::bind(("::1", port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        v6 => Ok(iter::once(v4).chain(v6).collect()),
    }
}
