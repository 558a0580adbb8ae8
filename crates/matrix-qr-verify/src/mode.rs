/// Who shows a code to whom, and so which keys are in it.
///
/// Source: [QR code format](https://spec.matrix.org/v1.19/client-server-api/#qr-code-format).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `0x00`, to another user: the own master key, and the other's.
    OtherUser,
    /// `0x01`, to another own device, by one that trusts the master key: the master key, and the other device's key.
    OwnDeviceTrustsMaster,
    /// `0x02`, to another own device, by one that does not trust the master key yet: its own device's key, and the
    /// master key.
    OwnDeviceNew,
}

/// Whether a device trusts its user's master key. It matters between own devices alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MasterKeyTrust {
    /// It does: it was verified before, or holds the private key.
    Trusted,
    /// It does not yet: it has just logged in.
    NotYet,
}

impl Mode {
    /// Returns the byte that stands for the mode.
    pub const fn as_byte(self) -> u8 {
        match self {
            Self::OtherUser => 0,
            Self::OwnDeviceTrustsMaster => 1,
            Self::OwnDeviceNew => 2,
        }
    }

    /// Reads the byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::OtherUser),
            1 => Some(Self::OwnDeviceTrustsMaster),
            2 => Some(Self::OwnDeviceNew),
            _ => None,
        }
    }
}
