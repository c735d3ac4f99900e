//! The example `config_file`, from its command to its answer, and to its end.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{self, Child, Command, Output, Stdio},
    time::Duration,
};

const DEADLINE: Duration = Duration::from_secs(120);

/// `cargo run` becomes the program it runs, so exit code and output are the program's.
fn example(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["run", "--quiet", "--features", "serde", "--example", "config_file", "--"]);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
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

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
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

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn it_serves_what_the_file_beside_it_says() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config_file/cors.toml");
    let mut running = Running(example(&[beside, "127.0.0.1:0"]).spawn().expect("cargo runs"));
    let mut line = String::new();
    let output = running.0.stdout.take().expect("it is piped");
    BufReader::new(output).read_line(&mut line).expect("it prints text");
    let address = line.trim().strip_prefix("Listening on http://").unwrap_or_else(|| {
        let mut errors = String::new();
        _ = running.0.stderr.take().map(|mut stderr| stderr.read_to_string(&mut errors));
        panic!("{line}{errors}");
    });
    let allowed = answer(address, "https://app.example.com");
    assert!(allowed.starts_with("HTTP/1.1 200 OK"), "{allowed}");
    assert!(
        allowed.contains("\r\naccess-control-allow-origin: https://app.example.com\r\n"),
        "{allowed}"
    );
    assert!(allowed.contains("\r\naccess-control-allow-credentials: true\r\n"), "{allowed}");
    assert!(allowed.contains("\r\naccess-control-expose-headers: x-request-id\r\n"), "{allowed}");
    let refused = answer(address, "https://stranger.example");
    assert!(!refused.contains("access-control-"), "{refused}");
}

#[test]
fn with_a_broken_file_it_tells_every_problem_and_exits_1() {
    let broken = Temporary::new(
        "broken.toml",
        "[cors]\nallow_credentials = \"maybe\"\nallow-methods = \"PUT, TRACE\"\n\
         allow_origins = [\"https://example.com\", \"https://Example.com/\"]\nmax_ages = 5\n",
    );
    let output = example(&[broken.path(), "127.0.0.1:0"]).output().expect("cargo runs");
    let (printed, errors) = text(&output);
    assert_eq!(
        errors,
        format!(
            "{}: invalid CORS configuration\n  \
             allow-methods \"PUT, TRACE\": browsers never send this method for a page; leave it out\n  \
             allow_credentials \"maybe\": this is a text; write true or false\n  \
             allow_origins[1] \"https://Example.com/\": an origin has no slash at its end; write \"https://example.com\"\n  \
             max_ages: there is no such setting; write \"max_age\"\n",
            broken.path()
        )
        .replace("\"PUT, TRACE\"", "\"TRACE\"")
    );
    assert_eq!(printed, "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn it_prints_the_warnings() {
    let nobody = Temporary::new("nobody.toml", "[cors]\nmax_age = \"1d\"\n");
    let mut running =
        Running(example(&[nobody.path(), "127.0.0.1:0"]).spawn().expect("cargo runs"));
    let errors = running.0.stderr.take().expect("it is piped");
    let lines = BufReader::new(errors).lines().map_while(Result::ok).take(2);
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            "warning: allow_origin: no origin is allowed, so no page can read anything; \
             write allow_origins, or leave out the layer",
            "warning: max_age \"1d\": Chromium remembers for 7200 s at most; write 7200 or less",
        ]
    );
}

#[test]
fn without_a_file_it_says_which() {
    let output = example(&["/nowhere/cors.toml", "127.0.0.1:0"]).output().expect("cargo runs");
    let (_, errors) = text(&output);
    assert!(errors.starts_with("/nowhere/cors.toml: "), "{errors}");
    assert_eq!(output.status.code(), Some(1));
}
