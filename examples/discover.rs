//! Finds Matrix servers: where a server name leads, or which servers a user's client should use.
//!
//!     cargo run --features discover --example discover
//!     cargo run --features discover --example discover -- matrix.org
//!     cargo run --features discover --example discover -- @alice:matrix.org
//!
//! Without a name it takes those in `examples/data/discovery`, and the answers that were recorded there: no network is
//! needed. With a name it asks DNS (hickory-resolver) and HTTP (reqwest with rustls), and at the end the server itself.

#[path = "discover/live.rs"]
mod live;
#[path = "discover/network.rs"]
mod network;
#[path = "discover/recorded.rs"]
mod recorded;

use std::{net::IpAddr, process::ExitCode, time::SystemTime};

use matrix_discovery::{
    Destination, Discover, Discovered, Resolve, SrvRecord, failure_ttl_s, read_server_well_known,
    result_ttl_s,
};
use matrix_identifiers::{ServerName, UserId};

use live::Live;
use network::{Network, Reply};
use recorded::Recorded;

const USAGE: &str = "usage: discover [NAME] [--dns ADDRESS:PORT] [--https-port PORT] [--ca FILE]

NAME is a server name or a user ID. Without it, recorded answers are replayed.
--dns asks this name server; --https-port is used wherever a URL names no port; --ca trusts this certificate
authority alone. All three are for tests.";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    name: Option<String>,
    live: live::Options,
}

fn main() -> ExitCode {
    let result = options(std::env::args().skip(1)).and_then(|options| match options {
        None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(options) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map_err(|error| error.to_string())?.block_on(run(options))
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("discover: {message}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "-h" | "--help" => return Ok(None),
            "--dns" => options.live.dns = Some(read(&argument, &value()?)?),
            "--https-port" => options.live.https_port = read(&argument, &value()?)?,
            "--ca" => options.live.ca = Some(value()?),
            option if option.starts_with('-') => return Err(format!("unknown option {option}\n{USAGE}")),
            _ if options.name.is_some() => return Err(format!("more than one name\n{USAGE}")),
            _ => options.name = Some(argument),
        }
    }
    Ok(Some(options))
}

fn read<T: std::str::FromStr>(option: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{option} cannot be {value:?}"))
}

async fn run(options: Options) -> Result<(), String> {
    match options.name {
        Some(name) => {
            let live = Live::new(&options.live)?;
            if let Some(destination) = look_up(&live, &name).await? {
                println!("  {}", live.server_version(&destination).await?);
            }
        }
        None => {
            let recorded = Recorded::sample()?;
            for name in recorded.names() {
                // What fails is part of the show.
                if let Err(message) = look_up(&recorded, name).await {
                    println!("  failed: {message}");
                }
                println!();
            }
        }
    }
    Ok(())
}

/// Looks up a user ID or a server name; the latter has a destination.
async fn look_up(network: &impl Network, name: &str) -> Result<Option<Destination>, String> {
    println!("{name}");
    if let Ok(user) = UserId::parse(name) {
        print_discovered(&discover(network, Discover::from_user_id(user)).await?);
        return Ok(None);
    }
    let name = ServerName::parse(name).map_err(|error| format!("{name:?}: {error}"))?;
    let destination = resolve(network, name).await?;
    print_destination(&destination);
    Ok(Some(destination))
}

/// Answers the questions of a resolution.
async fn resolve(network: &impl Network, name: &ServerName) -> Result<Destination, String> {
    let mut next = Resolve::new(name);
    loop {
        next = match next {
            Resolve::WellKnown(question) => {
                let reply = get(network, question.url().as_str()).await;
                let next = question.answer(reply.as_ref().map(Reply::response));
                if !matches!(next, Resolve::WellKnown(_)) {
                    print_ttl(reply.as_ref());
                }
                next
            }
            Resolve::Srv(question) => {
                println!("  SRV {}", question.name());
                let records = network.srv(&question.name()).await?;
                for record in &records {
                    let SrvRecord { priority, weight, port, target } = record;
                    println!("    {priority} {weight} {port} {target}");
                }
                question.answer(&records, network::random).map_err(|error| error.to_string())?
            }
            Resolve::Addresses(question) => {
                let addresses = addresses(network, question.host()).await;
                question.answer(&addresses).map_err(|error| error.to_string())?
            }
            Resolve::Done(destination) => return Ok(destination),
        };
    }
}

/// Looks up the addresses of a host. Where that fails there are none: another host may have some.
async fn addresses(network: &impl Network, host: &str) -> Vec<IpAddr> {
    println!("  AAAA, A {host}");
    let addresses = network.addresses(host).await.unwrap_or_else(|message| {
        println!("    {message}");
        Vec::new()
    });
    for address in &addresses {
        println!("    {address}");
    }
    addresses
}

/// Answers the questions of client discovery.
async fn discover(network: &impl Network, mut next: Discover) -> Result<Discovered, String> {
    loop {
        next = match next {
            Discover::WellKnown(question) => {
                let reply = get(network, question.url().as_str()).await;
                question.answer(reply.as_ref().map(Reply::response))
            }
            Discover::Homeserver(question) => {
                let reply = get(network, &question.url()).await;
                question.answer(reply.as_ref().map(Reply::response))
            }
            Discover::IdentityServer(question) => {
                let reply = get(network, &question.url()).await;
                question.answer(reply.as_ref().map(Reply::response))
            }
            Discover::Done(found) => return Ok(*found),
        };
    }
}

/// Asks for a document. A request that fails is an answer too.
async fn get(network: &impl Network, url: &str) -> Option<Reply> {
    println!("  GET {url}");
    match network.get(url).await {
        Ok(reply) => {
            println!("    status {}, {} bytes", reply.status, reply.body.len());
            Some(reply)
        }
        Err(message) => {
            println!("    {message}");
            None
        }
    }
}

/// Says for how long a server should remember the answer for `.well-known`.
fn print_ttl(reply: Option<&Reply>) {
    let now_s = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let headers = reply.map(Reply::cache_headers).unwrap_or_default();
    let body = reply.filter(|reply| reply.status == 200).map(|reply| &reply.body);
    match body.and_then(|body| read_server_well_known(body).ok()) {
        Some(name) => println!("    delegates to {name}, good for {} s", result_ttl_s(now_s, &headers)),
        None => {
            println!("    no delegation, to be looked for again in {} s", failure_ttl_s(now_s, &headers, 1))
        }
    }
}

fn print_destination(destination: &Destination) {
    let route = &destination.route;
    println!("  step {}: Host {}, certificate for {}", route.step, route.host_header, route.certificate);
    for address in &destination.addresses {
        println!("  connect to {address}");
    }
}

fn print_discovered(found: &Discovered) {
    println!("  {}", found.action.as_str());
    for (what, url) in [("homeserver", &found.homeserver), ("identity server", &found.identity_server)] {
        if let Some(url) = url {
            println!("  {what} {url}");
        }
    }
    for manager in &found.integration_managers {
        println!("  integration manager {}", manager.ui_url);
    }
    if let Some(version) = found.versions.as_ref().and_then(|versions| versions.latest()) {
        println!("  supports versions up to {version}");
    }
    if let Some(reason) = &found.reason {
        println!("  because: {reason}");
    }
}
