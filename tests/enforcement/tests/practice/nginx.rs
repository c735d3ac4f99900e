//! nginx in front of the application, where TLS ends.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{net::TcpStream, time::sleep};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName},
    },
};

use crate::{lacking, server::bounded};

const PROGRAM: &str = "/usr/sbin/nginx";
const CONFIG: &str = include_str!("nginx.conf");

/// Killed, and its files removed, when dropped.
pub(crate) struct Nginx {
    pub(crate) port: u16,
    certificate: CertificateDer<'static>,
    process: Child,
    home: TempDir,
}

impl Nginx {
    /// Starts it in front of a server, or says what to install and returns `None`.
    pub(crate) async fn start_if_installed(upstream: SocketAddr) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            lacking(PROGRAM, "apt-get install --no-install-recommends nginx-light");
            return None;
        }
        // It cannot be given port 0 and say which it got: another may take it first.
        for _ in 0..5 {
            let mut nginx = Self::start(upstream, free_port());
            if bounded(nginx.listens()).await {
                return Some(nginx);
            }
        }
        panic!("nginx does not start");
    }

    fn start(upstream: SocketAddr, port: u16) -> Self {
        let home = tempfile::tempdir().expect("there is room for one");
        let names = ["localhost", "127.0.0.1"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).expect("the names are valid");
        let config = CONFIG.replace("{upstream}", &upstream.to_string());
        let config = config.replace("{port}", &port.to_string());
        let files = [
            ("certificate.pem", made.cert.pem()),
            ("key.pem", made.signing_key.serialize_pem()),
            ("nginx.conf", config),
        ];
        for (name, text) in files {
            fs::write(home.path().join(name), text).expect("the home is ours");
        }
        let mut command = Command::new(PROGRAM);
        command.args(["-c", "nginx.conf", "-e", "stderr", "-p"]).arg(home.path());
        let process = command.stdin(Stdio::null()).spawn().expect("it is installed");
        Self { port, certificate: made.cert.der().clone(), process, home }
    }

    /// Whether it got its port, or ended instead. Only once it listens does it write its number.
    async fn listens(&mut self) -> bool {
        loop {
            let number = fs::read_to_string(self.home.path().join("nginx.pid")).unwrap_or_default();
            if !number.is_empty() {
                return true;
            }
            if self.process.try_wait().expect("it is our child").is_some() {
                return false;
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Connects to it by TLS, for one of the protocols `http/1.1` and `h2`.
    pub(crate) async fn connect(&self, protocol: &str) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("it was just made");
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring has them")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        let name = ServerName::try_from("localhost").expect("it is a name");
        let connected = async {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await?;
            TlsConnector::from(Arc::new(config)).connect(name, stream).await
        };
        let stream = bounded(connected).await.expect("nginx runs, and has this certificate");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(protocol.as_bytes()));
        stream
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let ended = self.process.kill().and_then(|()| self.process.wait());
        ended.map_or_else(|error| eprintln!("nginx: {error}"), drop);
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("a bound socket has an address").port()
}
