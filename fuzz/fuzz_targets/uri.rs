//! Fuzzes [`matrix_fuzz::uri`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::uri::run);
