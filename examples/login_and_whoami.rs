//! Logs in at a homeserver over HTTP, asks who it is, refreshes its tokens when they expire, and logs out.
//!
//! ```sh
//! cargo run -p examples --example login_and_whoami --features api
//! MATRIX_PASSWORD=… cargo run -p examples --example login_and_whoami --features api -- https://matrix.example alice
//! ```
//!
//! Without arguments it speaks to a little homeserver of its own on loopback. The types of requests and responses are
//! those of `matrix-api` on both sides; [`ureq`] and `axum` only carry bytes.

#[path = "login_and_whoami/client.rs"]
mod client;
#[path = "login_and_whoami/server.rs"]
mod server;

use std::error::Error;
use std::process::ExitCode;

use client::Client;
use matrix_api::Password;
use matrix_api::client::account::whoami;
use matrix_api::client::session::{login, login_types, logout};
use matrix_api::client::{LoginInfo, versions};
use matrix_api::session::LoginType;
use matrix_api::uiaa::UserIdentifier;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    match arguments {
        [] => {
            let server = server::start(server::Config::default())?;
            session(&server, "alice", Password::new(server::PASSWORD))
        }
        [homeserver, user] => {
            let password =
                std::env::var("MATRIX_PASSWORD").map_err(|_| "no MATRIX_PASSWORD in the environment")?;
            session(homeserver, user, Password::new(password))
        }
        _ => Err("usage: login_and_whoami [HOMESERVER USER]".into()),
    }
}

/// A session from its beginning to its end.
fn session(homeserver: &str, user: &str, password: Password) -> Result<(), Box<dyn Error>> {
    let mut client = Client::new(homeserver);

    let supported = client.ask(versions::Request::new())?.supported()?;
    println!(
        "versions    {}",
        supported.versions().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    );
    client.server = Some(supported);

    let flows = client.ask(login_types::Request::new())?.flows;
    println!(
        "logins      {}",
        flows.iter().map(|flow| flow.login_type.as_str()).collect::<Vec<_>>().join(" ")
    );
    if !flows.iter().any(|flow| flow.login_type == LoginType::Password) {
        return Err("the server takes no passwords".into());
    }

    let mut request =
        login::Request::new(LoginInfo::Password { identifier: UserIdentifier::user(user), password });
    request.initial_device_display_name = Some("login_and_whoami".to_owned());
    request.refresh_token = true;
    let response = client.ask(request)?;
    println!("logged in   {} on {}", response.user_id, response.device_id);
    client.log_in(&response);

    // The server of this example takes each access token once, so that the second time it is refreshed.
    for _ in 0..2 {
        let who = client.ask_as_user(whoami::Request::new())?;
        let device = who.device_id.map_or_else(String::new, |device| format!(" on {device}"));
        println!("whoami      {}{device}", who.user_id);
    }

    client.ask_as_user(logout::Request::new())?;
    println!("logged out");
    match client.ask_as_user(whoami::Request::new()) {
        Err(client::Refused::LoggedOut(decision)) => println!("whoami      refused: {decision:?}"),
        other => return Err(format!("logged out, and yet: {other:?}").into()),
    }
    Ok(())
}
