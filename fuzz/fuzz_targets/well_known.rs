//! Fuzzes [`matrix_fuzz::well_known`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::well_known::run);
