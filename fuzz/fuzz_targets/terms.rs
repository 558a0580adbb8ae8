//! Fuzzes [`matrix_fuzz::terms`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::terms::run);
