//! Widgets: web pages in a room or of an account, what their URLs are filled in with, and what they and clients say to
//! each other.
//!
//! What a widget is stands in events: [`matrix_events::content::Widget`]. Here is what a client does with one.
//!
//! Source: MSC1236, MSC1960, MSC2765, MSC2774.

mod action;
mod avatar;
mod capabilities;
mod client_openid;
mod message;
mod openid;
mod template;
mod variables;
mod widget_openid;

pub use action::Action;
pub use avatar::avatar_url;
pub use capabilities::{Capabilities, CapabilityExchange, SUPPORTED_API_VERSIONS};
pub use client_openid::{ClientOpenId, MAX_PENDING_REQUESTS, OpenIdRequest, OpenIdSettled, Permission};
pub use message::{Direction, MAX_MESSAGE_BYTES, Message, Request, Response};
pub use openid::OpenIdState;
pub use template::{MAX_TEMPLATE_BYTES, MAX_WIDGET_URL_BYTES, fill_template, manager_url, with_widget_id};
pub use variables::TemplateVariables;
pub use widget_openid::{
    AwaitCredentials, AwaitReply, FIRST_REPLY_TIMEOUT_MS, GetOpenId, OpenIdOutcome, OpenIdStep,
};
