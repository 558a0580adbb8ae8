//! Fuzzes [`matrix_fuzz::contents`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::contents::run);
