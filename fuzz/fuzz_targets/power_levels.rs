//! Fuzzes [`matrix_fuzz::power_levels`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::power_levels::run);
