//! Fuzzes [`matrix_fuzz::recovery_key`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::recovery_key::run);
