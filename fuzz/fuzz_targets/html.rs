//! Fuzzes [`matrix_fuzz::html`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::html::run);
