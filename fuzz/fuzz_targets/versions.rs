//! Fuzzes [`matrix_fuzz::versions`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::versions::run);
