//! Fuzzes [`matrix_fuzz::key_description`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::key_description::run);
