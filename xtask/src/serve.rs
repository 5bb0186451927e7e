//! The page over HTTP, to this machine alone: the page itself needs no server, but a host's headers can be tried here.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use crate::failure::Failure;
use crate::setup::Setup;

/// Where the page is served.
const PORT: u16 = 8437;
/// Longest request that is read: a browser's head is shorter.
const LONGEST: u64 = 16 * 1024;
/// A client that says nothing is given up after this time.
const PATIENCE: Duration = Duration::from_secs(5);
/// The only two files, with the paths that lead to them.
const FILES: [(&str, &str); 3] = [("/", "index.html"), ("/index.html", "index.html"), ("/embed.html", "embed.html")];

/// `cargo xtask serve`
pub(crate) fn run(_: &[String]) -> Result<(), Failure> {
    let setup = Setup::new();
    setup.page()?;
    let dist = setup.place.page_dist();
    let headers = std::fs::read_to_string(dist.join("_headers"))
        .map_err(|error| Failure::new(format!("_headers cannot be read: {error}"), "run `cargo xtask build`"))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).map_err(|error| {
        Failure::new(format!("port {PORT} cannot be used: {error}"), "end the other program that uses it")
    })?;
    println!("http://127.0.0.1:{PORT}/ until Ctrl+C");
    for stream in listener.incoming().filter_map(Result::ok) {
        // A client that goes away is no reason to end.
        let _ = answer(&stream, &dist, &headers);
    }
    Ok(())
}

fn answer(mut stream: &TcpStream, dist: &Path, headers: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream).take(LONGEST);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let path = requested(&request);
    // The rest of the head, or the connection would be reset under the answer.
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let found = FILES.iter().find(|(served, _)| Some(*served) == path);
    let Some((served, file)) = found else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    let body = std::fs::read(dist.join(file))?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n",
        body.len(),
        headers_of(headers, served)
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// The path of a `GET`, without what follows `?`.
fn requested(line: &str) -> Option<&str> {
    line.strip_prefix("GET ")?.split([' ', '?']).next()
}

/// The lines of a `_headers` file that are for a path: a line at the margin names paths, `/*` all of them.
fn headers_of(file: &str, path: &str) -> String {
    let mut applies = false;
    let mut found = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with('/') {
            applies = line == "/*" || line == path;
        } else if applies {
            found.push_str(line.trim());
            found.push_str("\r\n");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_its_headers_and_those_of_all() {
        let file = "# note\n/*\n  A: 1\n/\n  B: 2\n/embed.html\n  C: 3\n";
        assert_eq!(headers_of(file, "/"), "A: 1\r\nB: 2\r\n");
        assert_eq!(headers_of(file, "/embed.html"), "A: 1\r\nC: 3\r\n");
    }

    #[test]
    fn only_a_get_has_a_path() {
        assert_eq!(requested("GET /embed.html?x HTTP/1.1\r\n"), Some("/embed.html"));
        assert_eq!(requested("POST / HTTP/1.1\r\n"), None);
    }
}
