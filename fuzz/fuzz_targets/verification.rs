//! Fuzzes [`matrix_fuzz::verification`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::verification::run);
