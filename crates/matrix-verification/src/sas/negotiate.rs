//! What the two devices agree on.

use matrix_canonicaljson::Object;

use crate::{
    error::Error,
    message::{Accept, StartSas},
    method::Method,
    sas::{KeyAgreement, MacMethod},
    session::names,
};

const SHA256: &str = "sha256";
const DECIMAL: &str = "decimal";
const EMOJI: &str = "emoji";

/// What this device takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SasOptions {
    /// Whether it can show emoji; numbers it can always show.
    pub emoji: bool,
    /// Whether it takes the faulty MAC of old peers, where these know no better.
    pub old_mac: bool,
    /// Whether it takes the deprecated key agreement `curve25519`, where a peer knows no better. That leaves the
    /// attack of MSC2630 open.
    pub old_key_agreement: bool,
}

impl Default for SasOptions {
    /// Emoji and the old MAC, but not the old key agreement.
    fn default() -> Self {
        Self { emoji: true, old_mac: true, old_key_agreement: false }
    }
}

/// What was agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The key agreement protocol.
    pub key_agreement: KeyAgreement,
    /// The MAC.
    pub mac: MacMethod,
    /// Whether emoji may be shown.
    pub emoji: bool,
    /// Whether numbers may be shown.
    pub decimal: bool,
}

impl SasOptions {
    fn key_agreements(self) -> impl Iterator<Item = KeyAgreement> {
        let old = self.old_key_agreement.then_some(KeyAgreement::Curve25519);
        [KeyAgreement::Curve25519HkdfSha256].into_iter().chain(old)
    }

    fn macs(self) -> impl Iterator<Item = MacMethod> {
        MacMethod::ALL.into_iter().filter(move |mac| self.old_mac || *mac != MacMethod::HkdfHmacSha256)
    }

    fn strings(self) -> impl Iterator<Item = &'static str> {
        [DECIMAL].into_iter().chain(self.emoji.then_some(EMOJI))
    }

    /// The fields of a start message.
    pub(crate) fn start_content(self) -> Object {
        Object::from([
            ("method", Method::Sas.as_str().into()),
            ("key_agreement_protocols", names(self.key_agreements().map(KeyAgreement::as_str))),
            ("hashes", names([SHA256])),
            ("message_authentication_codes", names(self.macs().map(MacMethod::as_str))),
            ("short_authentication_string", names(self.strings())),
        ])
    }

    /// Chooses the best of what a start message offers.
    pub(crate) fn choose(self, start: &StartSas) -> Result<Agreed, Error> {
        let offers = |list: &[String], name: &str| list.iter().any(|offered| offered == name);
        let key_agreement = self
            .key_agreements()
            .find(|known| offers(&start.key_agreement_protocols, known.as_str()))
            .ok_or(Error::NoCommonSas("key agreement"))?;
        if !offers(&start.hashes, SHA256) {
            return Err(Error::NoCommonSas("hash"));
        }
        let mac = self
            .macs()
            .find(|known| offers(&start.message_authentication_codes, known.as_str()))
            .ok_or(Error::NoCommonSas("MAC"))?;
        self.agreed(key_agreement, mac, &start.short_authentication_string)
    }

    /// Checks what the other device has chosen of what this one offered.
    pub(crate) fn check(self, accept: &Accept) -> Result<Agreed, Error> {
        let key_agreement = KeyAgreement::parse(&accept.key_agreement_protocol)
            .filter(|chosen| self.key_agreements().any(|offered| offered == *chosen))
            .ok_or(Error::NoCommonSas("key agreement"))?;
        if accept.hash != SHA256 {
            return Err(Error::NoCommonSas("hash"));
        }
        let mac = MacMethod::parse(&accept.message_authentication_code)
            .filter(|chosen| self.macs().any(|offered| offered == *chosen))
            .ok_or(Error::NoCommonSas("MAC"))?;
        self.agreed(key_agreement, mac, &accept.short_authentication_string)
    }

    fn agreed(
        self,
        key_agreement: KeyAgreement,
        mac: MacMethod,
        strings: &[String],
    ) -> Result<Agreed, Error> {
        let common =
            |name: &str| self.strings().any(|own| own == name) && strings.iter().any(|other| other == name);
        let (emoji, decimal) = (common(EMOJI), common(DECIMAL));
        if !emoji && !decimal {
            return Err(Error::NoCommonSas("short authentication string"));
        }
        Ok(Agreed { key_agreement, mac, emoji, decimal })
    }
}

impl Agreed {
    /// The fields of an accept message.
    pub(crate) fn accept_content(self, commitment: &str) -> Object {
        let strings = [(self.decimal, DECIMAL), (self.emoji, EMOJI)];
        Object::from([
            ("method", Method::Sas.as_str().into()),
            ("key_agreement_protocol", self.key_agreement.as_str().into()),
            ("hash", SHA256.into()),
            ("message_authentication_code", self.mac.as_str().into()),
            (
                "short_authentication_string",
                names(strings.into_iter().filter(|(on, _)| *on).map(|(_, name)| name)),
            ),
            ("commitment", commitment.into()),
        ])
    }
}
