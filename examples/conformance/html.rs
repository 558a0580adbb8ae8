//! The op that sanitises HTML.

use std::hint::black_box;

use matrix_canonicaljson::Object;

use crate::{
    Answer,
    fields::{Failure, ok, text},
};

pub(crate) fn sanitize(request: &Object) -> Result<Answer, Failure> {
    let html = text(request, "html")?.to_owned();
    let clean = matrix_html::sanitize(&html).into_owned();
    Ok(Answer::new(ok("html", clean), move || _ = black_box(matrix_html::sanitize(black_box(&html)))))
}
