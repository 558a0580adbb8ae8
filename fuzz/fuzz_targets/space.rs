//! Fuzzes [`matrix_fuzz::space`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::space::run);
