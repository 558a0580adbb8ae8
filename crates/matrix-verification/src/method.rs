use core::fmt;

/// A verification method, or the part of one that a device can play.
///
/// Source: [key verification framework](https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework),
/// [QR codes](https://spec.matrix.org/v1.19/client-server-api/#qr-codes).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `m.sas.v1`: comparing emoji or numbers.
    Sas,
    /// `m.qr_code.show.v1`: can show a QR code. Never started.
    QrCodeShow,
    /// `m.qr_code.scan.v1`: can scan a QR code. Never started.
    QrCodeScan,
    /// `m.reciprocate.v1`: what is started once a code has been scanned.
    Reciprocate,
    /// Any other.
    Other(String),
}

impl Method {
    /// Returns the name as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sas => "m.sas.v1",
            Self::QrCodeShow => "m.qr_code.show.v1",
            Self::QrCodeScan => "m.qr_code.scan.v1",
            Self::Reciprocate => "m.reciprocate.v1",
            Self::Other(name) => name,
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Self {
        let known = [Self::Sas, Self::QrCodeShow, Self::QrCodeScan, Self::Reciprocate];
        known.into_iter().find(|known| known.as_str() == name).unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// Returns what the other device has to be able to do for this to be of use: scan where this one shows, show
    /// where this one scans, and the same otherwise.
    #[must_use]
    pub fn counterpart(&self) -> Self {
        match self {
            Self::QrCodeShow => Self::QrCodeScan,
            Self::QrCodeScan => Self::QrCodeShow,
            same => same.clone(),
        }
    }

    /// Returns which of one device's methods are of use with the other's.
    pub(crate) fn corresponding(ours: &[Self], theirs: &[Self]) -> Vec<Self> {
        ours.iter().filter(|method| theirs.contains(&method.counterpart())).cloned().collect()
    }

    /// Returns whether verification can begin with any of these: those that are only announced don't count.
    pub(crate) fn any_can_start(methods: &[Self]) -> bool {
        methods.iter().any(|method| !matches!(method, Self::QrCodeShow | Self::QrCodeScan))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
