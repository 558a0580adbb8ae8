//! Fuzzes [`matrix_fuzz::object`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::object::run);
