//! Fuzzes [`matrix_fuzz::event_id`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::event_id::run);
