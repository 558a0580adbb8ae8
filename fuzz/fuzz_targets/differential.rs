//! Fuzzes [`matrix_benches::differential::run`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_benches::differential::run);
