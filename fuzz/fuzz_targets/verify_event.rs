//! Fuzzes [`matrix_fuzz::verify_event`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::verify_event::run);
