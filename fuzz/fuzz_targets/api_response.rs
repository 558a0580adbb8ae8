//! Fuzzes [`matrix_fuzz::api_response`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::api_response::run);
