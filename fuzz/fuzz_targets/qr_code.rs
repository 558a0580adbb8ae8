//! Fuzzes [`matrix_fuzz::qr_code`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::qr_code::run);
