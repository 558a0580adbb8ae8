//! Fuzzes [`matrix_fuzz::canonicalize`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::canonicalize::run);
