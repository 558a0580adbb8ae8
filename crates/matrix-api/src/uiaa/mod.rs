//! User-interactive authentication: what a server asks for before it does what it was asked to, stage by stage.
//!
//! A client makes its request, gets a 401 that offers flows, and makes the same request again for each stage of one of
//! them. [`UserInteractiveAuth`] says what comes next; [`AuthData`] is what is sent.
//!
//! Source: [user-interactive authentication](https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api);
//! MSC2454. Stages of the types `m.login.oauth2` and `m.login.token` are gone (MSC2610, MSC2611): they have no names here.

mod answer;
mod binding;
mod client;
mod fallback;
mod identifier;
mod info;
mod stage;

pub use answer::{Answer, AuthData, ThreepidCredentials};
pub use binding::BoundRequest;
pub use client::{Ability, Next, Outcome, UserInteractiveAuth};
pub use fallback::fallback_url;
pub use identifier::{OtherIdentifier, UserIdentifier};
pub use info::{Flow, UiaaInfo};
pub use stage::Stage;
