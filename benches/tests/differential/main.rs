//! The crates of this project and ruma's on the same generated input. Every difference that is accepted has a number
//! in `DIFFERENCES.md`; any other fails.

mod authorization;
mod events;
mod mutations;
mod resolution;
