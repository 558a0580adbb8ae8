#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod auth_difference;
mod conflict;
mod error;
mod graph;
mod insert;
mod intern;
mod iterative_auth;
mod lookup;
mod mainline;
mod node;
mod power_order;
mod replay;
mod resolution;
mod state_set;
mod subgraph;
mod table;
mod v1;
mod v2;

pub use error::Error;
pub use graph::{EventGraph, EventIndex, MAX_AUTH_EVENTS};
pub use replay::{Outcome, Replay};
pub use resolution::{Trace, resolve, resolve_with_trace};
pub use state_set::StateSet;

pub use matrix_authrules::{Denied, Event};
