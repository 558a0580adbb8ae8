//! Fuzzes [`matrix_fuzz::redact`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::redact::run);
