//! Fuzzes [`matrix_fuzz::glob`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::glob::run);
