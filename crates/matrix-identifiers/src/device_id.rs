use crate::Error;

identifier! {
    /// The ID of a device of a user, or the public part of a cross-signing key in the same place.
    ///
    /// The specification gives device IDs no grammar: any string is one, and reading never fails today.
    ///
    /// Source: [devices](https://spec.matrix.org/v1.19/client-server-api/#relationship-between-access-tokens-and-devices).
    DeviceId, OwnedDeviceId, check, shown
}

#[inline]
fn check(_: &str) -> Result<(), Error> {
    Ok(())
}
