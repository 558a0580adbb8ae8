//! Terms of service (MSC2140).
//!
//! Source: [terms of service](https://spec.matrix.org/v1.19/identity-service-api/#terms-of-service).

crate::services::terms!("/_matrix/identity/v2/terms");
