//! Fuzzes [`matrix_fuzz::push`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::push::run);
