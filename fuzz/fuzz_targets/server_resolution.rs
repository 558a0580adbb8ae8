//! Fuzzes [`matrix_fuzz::server_resolution`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::server_resolution::run);
