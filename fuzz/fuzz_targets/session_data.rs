//! Fuzzes [`matrix_fuzz::session_data`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::session_data::run);
