//! An HTTPS server with a few answers, whose certificate an authority of its own has signed.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// What the certificate is good for. `wrong.example.com` is not among them.
const NAMES: &[&str] =
    &["example.org", "www.example.org", "matrix.example.org", "live.example.net", "127.0.0.1"];

/// An answer to a path of a host.
pub(crate) struct Answer {
    host: String,
    path: String,
    response: String,
    body: String,
}

impl Answer {
    fn new(host: &str, path: &str, response: &str, body: &str) -> Self {
        let [host, path, response, body] = [host, path, response, body].map(str::to_owned);
        Self { host, path, response, body }
    }

    /// Adds a header.
    pub(crate) fn with(mut self, header: &str) -> Self {
        self.response = format!("{}\r\n{header}", self.response);
        self
    }
}

pub(crate) fn json(host: &str, path: &str, body: &str) -> Answer {
    Answer::new(host, path, "200 OK", body)
}

pub(crate) fn status(host: &str, path: &str, status: u16) -> Answer {
    Answer::new(host, path, &format!("{status} Status"), "")
}

pub(crate) fn redirect(host: &str, path: &str, to: &str) -> Answer {
    Answer::new(host, path, "302 Found", "").with(&format!("Location: {to}"))
}

/// A file that goes with its owner.
pub(crate) struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(content: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("discover-{}-{}.pem", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

/// The server, which runs for as long as the test.
pub(crate) struct Https {
    pub(crate) port: u16,
    /// The certificate of the authority.
    pub(crate) ca: TemporaryFile,
}

impl Https {
    /// Answers on a free port of loopback. A federation server of whatever name is asked for is at
    /// `/_matrix/federation/v1/version`.
    pub(crate) fn start(answers: impl Fn(u16) -> Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (config, ca) = certificates();
        let answers = Arc::new(answers(port));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, answers) = (config.clone(), answers.clone());
                std::thread::spawn(move || serve(stream, config, &answers));
            }
        });
        Self { port, ca: TemporaryFile::new(&ca) }
    }
}

fn certificates() -> (Arc<ServerConfig>, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = params.self_signed(&key).unwrap();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let names = NAMES.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let leaf = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .unwrap();
    (Arc::new(config), ca.pem())
}

/// Answers one request.
fn serve(stream: TcpStream, config: Arc<ServerConfig>, answers: &[Answer]) {
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut reader = BufReader::new(StreamOwned::new(connection, stream));
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(length) if length > 0 && line != "\r\n" => head.push(line),
            Ok(length) if length > 0 => break,
            // A handshake that failed: the other side did not like the certificate.
            _ => return,
        }
    }
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let host = head.iter().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim().to_owned())
    });
    let host = host.unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let version = Answer::new(
        name,
        "/_matrix/federation/v1/version",
        "200 OK",
        &format!(r#"{{"server": {{"name": "{host}", "version": "on loopback"}}}}"#),
    );
    let none = status(name, &path, 404);
    let found = answers.iter().chain([&version]).find(|answer| answer.host == name && answer.path == path);
    let Answer { response, body, .. } = found.unwrap_or(&none);
    let mut stream = reader.into_inner();
    let head = format!("HTTP/1.1 {response}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    stream.conn.send_close_notify();
    _ = stream.flush();
}
