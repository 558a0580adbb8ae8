//! Fuzzes [`matrix_fuzz::client_discovery`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::client_discovery::run);
