//! Fuzzes [`matrix_fuzz::replay`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::replay::run);
