use std::{
    env,
    io::{Error, Read, Result, Write},
    net::TcpStream,
    num::NonZero,
    time::Duration,
};

use tower_cors_benches::live::{BROWSER, Core, Done, Generator, Server};

use crate::{
    contender::Contender,
    serve::{APP, BODY},
    stack::Stack,
};

/// Starts a server and sees that it answers as it should.
pub(crate) fn start(stack: Stack, contender: Contender, origins: usize) -> Result<Server> {
    let mut command = Core::Server.command(env::current_exe()?);
    command.args(["--serve", stack.name(), contender.name(), &origins.to_string()]);
    let server = Server::start(&mut command)?;
    check(server.port(), contender).map_err(|error| {
        let (stack, contender) = (stack.name(), contender.name());
        Error::other(format!("{stack}, {contender}, {origins} origins: {error}"))
    })?;
    Ok(server)
}

/// Puts a server under load by the requests of a page that is allowed.
pub(crate) fn load(server: &Server, generator: Generator, seconds: NonZero<u32>) -> Result<Done> {
    let mut command = generator.command(seconds);
    for header in BROWSER {
        command.args(["-H", header]);
    }
    command.args(["-H", &format!("Origin: {APP}")]);
    command.arg(format!("http://127.0.0.1:{}/users", server.port()));
    let done = generator.run(&mut command)?;
    if done.declined > 0.0 { Err(Error::other("an answer is not 2xx")) } else { Ok(done) }
}

fn check(port: u16, contender: Contender) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET /users HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {APP}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let allows = format!("\r\naccess-control-allow-origin: {APP}\r\n");
    let is_right = answer.starts_with("HTTP/1.1 200 OK\r\n")
        && answer.ends_with(&format!("\r\n\r\n{BODY}"))
        && answer.to_ascii_lowercase().contains(&allows) == contender.is_cors();
    if is_right { Ok(()) } else { Err(Error::other(format!("a wrong answer:\n{answer}"))) }
}
