//! Fuzzes [`matrix_fuzz::state_resolution`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::state_resolution::run);
