//! Ops about third-party identifiers.

use std::hint::black_box;

use matrix_canonicaljson::Object;
use matrix_identity::{Algorithm, Medium, Pepper, ThirdPartyId, fold_email, lookup_value};

use crate::{
    Answer,
    fields::{Failure, ok, text},
};

pub(crate) fn lookup_hash(request: &Object) -> Result<Answer, Failure> {
    let medium = Medium::parse(text(request, "medium")?)?;
    let id = ThirdPartyId::new(medium, text(request, "address")?)?;
    let algorithm = Algorithm::parse(text(request, "algorithm")?)?;
    let pepper = Pepper::parse(text(request, "pepper")?)?;
    let value = lookup_value(&id, algorithm, &pepper);
    Ok(Answer::new(ok("value", value), move || {
        _ = black_box(lookup_value(black_box(&id), algorithm, &pepper));
    }))
}

pub(crate) fn fold(request: &Object) -> Result<Answer, Failure> {
    let address = text(request, "address")?.to_owned();
    Ok(Answer::new(ok("address", fold_email(&address)), move || {
        _ = black_box(fold_email(black_box(&address)))
    }))
}

pub(crate) fn check_pepper(request: &Object) -> Result<Answer, Failure> {
    let pepper = text(request, "pepper")?.to_owned();
    Ok(Answer::new(ok("valid", Pepper::parse(&pepper).is_ok()), move || {
        _ = black_box(Pepper::parse(black_box(&pepper)));
    }))
}
