//! Fuzzes [`matrix_fuzz::identifiers`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::identifiers::run);
