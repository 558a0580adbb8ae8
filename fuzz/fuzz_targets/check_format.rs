//! Fuzzes [`matrix_fuzz::check_format`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::check_format::run);
