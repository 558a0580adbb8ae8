//! Fuzzes [`matrix_fuzz::widget`].

#![cfg_attr(fuzzing, no_main)]

matrix_fuzz::fuzz!(matrix_fuzz::widget::run);
