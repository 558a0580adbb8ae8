//! Fuzzes [`matrix_fuzz::threepid`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::threepid::run);
