//! Fuzzes [`matrix_fuzz::lenient`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::lenient::run);
