//! Fuzzes [`matrix_fuzz::identity_lookup`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::identity_lookup::run);
