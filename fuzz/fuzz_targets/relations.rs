//! Fuzzes [`matrix_fuzz::relations`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::relations::run);
