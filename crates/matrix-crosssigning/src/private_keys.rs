use matrix_identifiers::{DeviceId, UserId};
use matrix_signatures::{PublicKey, SigningKey, signing_bytes};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    cross_signing_key::{CrossSigningKey, ED25519, add_signature},
    device_keys::DeviceKeys,
    error::Error,
    fields,
    identity::PublicIdentity,
    role::KeyRole,
};

macro_rules! private_key {
    ($(#[$doc:meta])* $name:ident, $role:expr) => {
        $(#[$doc])*
        ///
        /// It is wiped when dropped, compared in constant time, and `Debug` shows its public half alone.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(SigningKey);

        impl $name {
            /// The role of the key.
            pub const ROLE: KeyRole = $role;

            /// Makes a new key.
            ///
            /// # Errors
            ///
            /// None in practice; the key of a seed is checked as any other.
            pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
                Self::from_seed(&random_seed(rng))
            }

            /// Makes the key of a seed of 32 bytes.
            ///
            /// # Errors
            ///
            /// None in practice, as for [`generate`](Self::generate).
            pub fn from_seed(seed: &[u8; 32]) -> Result<Self, Error> {
                signing_key(seed).map(Self)
            }

            /// Reads the key as it stands in secret storage: its seed in base64, padded or not.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidSecret`], which holds no part of it.
            pub fn from_secret(text: &str) -> Result<Self, Error> {
                Self::from_seed(&*fields::decode_seed(text).ok_or(Error::InvalidSecret(Self::ROLE))?)
            }

            /// Writes the key as it goes into secret storage, under the role's
            /// [name](KeyRole::secret_name); the text is wiped when dropped.
            pub fn to_secret(&self) -> Zeroizing<String> {
                fields::encode_seed(&self.0.seed())
            }

            /// Returns the public half.
            pub fn public_key(&self) -> PublicKey {
                self.0.public_key()
            }

            /// Returns `ed25519:` and the public half in unpadded base64.
            pub fn key_id(&self) -> &str {
                self.0.key_id()
            }
        }
    };
}

private_key! {
    /// The private key that identifies a user and signs the user's other two.
    MasterKey, KeyRole::Master
}

private_key! {
    /// The private key that signs a user's own devices.
    SelfSigningKey, KeyRole::SelfSigning
}

private_key! {
    /// The private key that signs other users' master keys.
    UserSigningKey, KeyRole::UserSigning
}

impl MasterKey {
    /// Returns the public object, which needs no signature.
    pub fn to_public(&self, user_id: &UserId) -> CrossSigningKey {
        CrossSigningKey::new(user_id, KeyRole::Master, self.public_key())
    }

    /// Returns the public object of a self-signing key, signed by this key.
    pub fn sign_self_signing(&self, user_id: &UserId, key: &SelfSigningKey) -> CrossSigningKey {
        self.sign_subkey(CrossSigningKey::new(user_id, KeyRole::SelfSigning, key.public_key()))
    }

    /// Returns the public object of a user-signing key, signed by this key.
    pub fn sign_user_signing(&self, user_id: &UserId, key: &UserSigningKey) -> CrossSigningKey {
        self.sign_subkey(CrossSigningKey::new(user_id, KeyRole::UserSigning, key.public_key()))
    }

    /// Signs any other object for its user, such as the `auth_data` of a key backup.
    ///
    /// # Errors
    ///
    /// [`Error::Signature`] if the object can't take a signature.
    pub fn sign_json(
        &self,
        user_id: &UserId,
        object: &mut matrix_canonicaljson::Object,
    ) -> Result<(), Error> {
        matrix_signatures::sign_json(object, user_id.as_str(), &self.0)?;
        Ok(())
    }

    fn sign_subkey(&self, mut key: CrossSigningKey) -> CrossSigningKey {
        sign_key(&mut key, &self.0, None);
        key
    }
}

impl SelfSigningKey {
    /// Returns the keys of an own device with this key's signature added.
    pub fn sign_device(&self, device: &DeviceKeys) -> DeviceKeys {
        let mut device = device.clone();
        let signature = self.0.sign(&signing_bytes(device.object())).to_base64();
        let user_id = device.user_id().to_owned();
        add_signature(device.object_mut(), &user_id, self.key_id(), &signature);
        device
    }
}

impl UserSigningKey {
    /// Returns another user's master key with this key's signature added; `user_id` is this key's user.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUsage`] if the key is no master key.
    pub fn sign_master(&self, user_id: &UserId, master: &CrossSigningKey) -> Result<CrossSigningKey, Error> {
        if master.role() != KeyRole::Master {
            return Err(Error::WrongUsage(KeyRole::Master));
        }
        let mut master = master.clone();
        sign_key(&mut master, &self.0, Some(user_id));
        Ok(master)
    }
}

/// Returns a user's master key with the signature of one of the user's own devices added, for the migration from
/// device verification: who had verified the device can come to trust the master key.
///
/// # Errors
///
/// [`Error::WrongUsage`] if the key is no master key, [`Error::KeyIdMismatch`] if the signing key's ID is not that
/// of the device.
pub fn sign_master_key_with_device(
    master: &CrossSigningKey,
    device_id: &DeviceId,
    key: &SigningKey,
) -> Result<CrossSigningKey, Error> {
    if master.role() != KeyRole::Master {
        return Err(Error::WrongUsage(KeyRole::Master));
    }
    if key.key_id().strip_prefix(ED25519) != Some(device_id.as_str()) {
        return Err(Error::KeyIdMismatch(key.key_id().to_owned()));
    }
    let mut master = master.clone();
    sign_key(&mut master, key, None);
    Ok(master)
}

/// The three private keys of a user.
///
/// A client without a secure place must not keep the master key: take the others out and drop it.
///
/// ```
/// use matrix_crosssigning::CrossSigningKeys;
/// use matrix_identifiers::UserId;
///
/// # let mut rng = <rand::rngs::StdRng as rand::SeedableRng>::from_seed([7; 32]);
/// let alice = UserId::parse("@alice:example.org")?;
/// let keys = CrossSigningKeys::generate(&mut rng)?;
/// let identity = keys.to_public(alice);
/// let body = identity.upload_body(); // of POST /_matrix/client/v3/keys/device_signing/upload
/// assert_eq!(body.keys().collect::<Vec<_>>(), ["master_key", "self_signing_key", "user_signing_key"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossSigningKeys {
    /// Identifies the user.
    pub master: MasterKey,
    /// Signs own devices.
    pub self_signing: SelfSigningKey,
    /// Signs other users.
    pub user_signing: UserSigningKey,
}

impl CrossSigningKeys {
    /// Makes three new keys.
    ///
    /// # Errors
    ///
    /// None in practice, as for [`MasterKey::generate`].
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        Ok(Self {
            master: MasterKey::generate(rng)?,
            self_signing: SelfSigningKey::generate(rng)?,
            user_signing: UserSigningKey::generate(rng)?,
        })
    }

    /// Makes three new keys of the operating system's randomness.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    #[cfg(feature = "getrandom")]
    pub fn from_os_randomness() -> Result<Self, Error> {
        let seed = || {
            let mut seed = Zeroizing::new([0; 32]);
            getrandom::fill(seed.as_mut_slice()).map_err(|_| Error::NoRandomness)?;
            Ok::<_, Error>(seed)
        };
        Ok(Self {
            master: MasterKey::from_seed(&*seed()?)?,
            self_signing: SelfSigningKey::from_seed(&*seed()?)?,
            user_signing: UserSigningKey::from_seed(&*seed()?)?,
        })
    }

    /// Returns the three public objects, the latter two signed by the master key.
    pub fn to_public(&self, user_id: &UserId) -> PublicIdentity {
        PublicIdentity::from_signed(
            self.master.to_public(user_id),
            self.master.sign_self_signing(user_id, &self.self_signing),
            Some(self.master.sign_user_signing(user_id, &self.user_signing)),
        )
    }
}

/// Signs a key's object in the name of a user, by default the key's own.
fn sign_key(object: &mut CrossSigningKey, key: &SigningKey, signer: Option<&UserId>) {
    let signature = key.sign(&signing_bytes(object.object()));
    let signer = signer.unwrap_or(object.user_id()).to_owned();
    object.add_signature(&signer, key.key_id(), &signature);
}

/// A key whose ID names its public half, which has to be computed first.
fn signing_key(seed: &[u8; 32]) -> Result<SigningKey, Error> {
    let public = SigningKey::from_seed("1", seed)?.public_key();
    Ok(SigningKey::from_seed(&public.to_base64(), seed)?)
}

fn random_seed<R: CryptoRng + ?Sized>(rng: &mut R) -> Zeroizing<[u8; 32]> {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(seed.as_mut_slice());
    seed
}
