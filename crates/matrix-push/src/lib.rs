#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod action;
mod change;
mod compiled;
mod condition;
mod context;
mod error;
mod member_count;
mod merge;
mod pattern;
mod predefined;
mod property;
mod reader;
mod rule;
mod rule_kind;
mod ruleset;
mod scalar;
mod test;
mod words;

pub use action::{Action, Tweak};
pub use change::Position;
pub use compiled::{CompiledRuleset, Match};
pub use condition::Condition;
pub use context::Context;
pub use error::Error;
pub use member_count::{Comparison, MemberCount};
pub use property::PropertyPath;
pub use rule::Rule;
pub use rule_kind::RuleKind;
pub use ruleset::Ruleset;
pub use scalar::Scalar;
