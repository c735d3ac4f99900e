//! The example `config_file`, from its command to its answer, and to its end.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{self, Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Bounds what would else hang: the first run may have to compile.
const DEADLINE: Duration = Duration::from_secs(300);

/// The example as a child process, killed when dropped, and its lines so far unread.
struct Running {
    process: Child,
    output: mpsc::Receiver<String>,
    errors: mpsc::Receiver<String>,
}

impl Running {
    /// `cargo run` becomes the program it runs, so exit code and output are the program's.
    fn start(file: &str) -> Self {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args(["run", "--quiet", "--features", "serde", "--example", "config_file", "--"]);
        command.args([file, "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("cargo runs");
        let output = lines(process.stdout.take().expect("it is piped"));
        let errors = lines(process.stderr.take().expect("it is piped"));
        Self { process, output, errors }
    }

    /// The address that it says it listens on.
    fn address(&self) -> String {
        let line = self.output.recv_timeout(DEADLINE).unwrap_or_else(|_| {
            panic!("it says no address: {:?}", self.errors.try_iter().collect::<Vec<_>>())
        });
        let address = line.strip_prefix("Listening on http://");
        address.unwrap_or_else(|| panic!("no address: {line}")).to_owned()
    }

    fn error(&self) -> String {
        self.errors.recv_timeout(DEADLINE).expect("it says something")
    }

    /// Waits for the end: what was printed, what was complained of, and the exit code.
    fn end(mut self) -> (Vec<String>, Vec<String>, Option<i32>) {
        let rest = |lines: &mpsc::Receiver<String>| {
            let mut rest = Vec::new();
            loop {
                match lines.recv_timeout(DEADLINE) {
                    Ok(line) => rest.push(line),
                    Err(mpsc::RecvTimeoutError::Disconnected) => return rest,
                    Err(mpsc::RecvTimeoutError::Timeout) => panic!("it does not end: {rest:?}"),
                }
            }
        };
        let (output, errors) = (rest(&self.output), rest(&self.errors));
        // It has closed both, so it is about to end.
        (output, errors, self.process.wait().expect("it ends").code())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn lines(stream: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.take_while(|line| sender.send(line.clone()).is_ok()).for_each(drop);
    });
    receiver
}

/// A file that is gone when dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, text: &str) -> Self {
        let file = env::temp_dir().join(format!("tower-cors-{}-{name}", process::id()));
        fs::write(&file, text).expect("the folder is writable");
        Self(file)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.0);
    }
}

fn answer(address: &str, origin: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("the deadline is not zero");
    let request = format!(
        "GET / HTTP/1.1\r\nhost: {address}\r\norigin: {origin}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    text
}

#[test]
fn it_serves_what_the_file_beside_it_says() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config_file/cors.toml");
    let running = Running::start(beside);
    let address = running.address();
    let allowed = answer(&address, "https://app.example.com");
    assert!(allowed.starts_with("HTTP/1.1 200 OK\r\n"), "{allowed}");
    for header in [
        "access-control-allow-origin: https://app.example.com",
        "access-control-allow-credentials: true",
        "access-control-expose-headers: x-request-id",
    ] {
        assert!(allowed.contains(&format!("\r\n{header}\r\n")), "{allowed}");
    }
    let refused = answer(&address, "https://stranger.example");
    assert!(refused.starts_with("HTTP/1.1 200 OK\r\n"), "{refused}");
    assert!(!refused.contains("access-control-"), "{refused}");
}

#[test]
fn with_a_broken_file_it_tells_every_problem_and_exits_1() {
    let broken = Temporary::new(
        "broken.toml",
        "[cors]\nallow_credentials = \"maybe\"\nallow-methods = \"PUT, TRACE\"\n\
         allow_origins = [\"https://example.com\", \"https://Example.com/\"]\nmax_ages = 5\n",
    );
    let (output, errors, code) = Running::start(broken.path()).end();
    assert_eq!(
        errors,
        [
            format!("{}: invalid CORS configuration", broken.path()).as_str(),
            "  allow-methods \"TRACE\": browsers never send this method for a page; leave it out",
            "  allow_credentials \"maybe\": this is a text; write true or false",
            "  allow_origins[1] \"https://Example.com/\": an origin has no slash at its end; write \"https://example.com\"",
            "  max_ages: there is no such setting; write \"max_age\"",
        ]
    );
    assert!(output.is_empty(), "{output:?}");
    assert_eq!(code, Some(1));
}

#[test]
fn it_prints_the_warnings_and_serves() {
    let nobody = Temporary::new("nobody.toml", "[cors]\nmax_age = \"1d\"\n");
    let running = Running::start(nobody.path());
    assert_eq!(
        [running.error(), running.error()],
        [
            "warning: allow_origin: no origin is allowed, so no page can read anything; \
             write allow_origins, or leave out the layer",
            "warning: max_age \"1d\": Chromium remembers for 7200 s at most; write 7200 or less",
        ]
    );
    assert!(answer(&running.address(), "https://example.com").starts_with("HTTP/1.1 200 OK\r\n"));
}

#[test]
fn what_cannot_be_read_is_told_with_the_file() {
    let syntax = Temporary::new("syntax.toml", "[cors\n");
    for file in ["/nowhere/cors.toml", syntax.path()] {
        let (_, errors, code) = Running::start(file).end();
        assert!(errors[0].starts_with(&format!("{file}: ")), "{errors:?}");
        assert_eq!(code, Some(1));
    }
}
