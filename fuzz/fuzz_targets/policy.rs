//! Fuzzes [`matrix_fuzz::policy`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::policy::run);
