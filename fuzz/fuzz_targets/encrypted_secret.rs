//! Fuzzes [`matrix_fuzz::encrypted_secret`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::encrypted_secret::run);
