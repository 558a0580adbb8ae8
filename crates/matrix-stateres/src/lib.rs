#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod auth_difference;
mod compact;
mod conflict;
mod delta;
mod dot;
mod error;
mod graph;
mod insert;
mod intern;
mod iterative_auth;
mod limits;
mod lookup;
mod mainline;
mod node;
mod power_order;
mod replay;
mod report;
mod resolution;
mod state_resets;
mod state_set;
mod states;
mod subgraph;
mod table;
mod trace;
mod v1;
mod v2;

pub use delta::{Method, Obstacle, Resolved};
pub use error::Error;
pub use graph::{EventGraph, EventIndex};
pub use limits::{Limits, MAX_AUTH_DEPTH, MAX_AUTH_EVENTS, MAX_EVENTS, MAX_MISSING};
pub use replay::{Outcome, Replay};
pub use report::{Against, Contest, Denial, Loser, Loss, Report, Tried};
pub use resolution::{Resolution, resolve, resolve_with_trace};
pub use state_resets::{ResetKind, StateReset, state_resets};
pub use state_set::StateSet;
pub use trace::{Phase, Source, Trace};

pub use matrix_authrules::{Denied, Event};
