//! Ops about cross-signing, short authentication strings and QR codes.

use std::hint::black_box;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{DeviceId, OwnedDeviceId, OwnedUserId, UserId};
use matrix_qr_verify::{CODE_VERSION, Mode, QrCode, Secret};
use matrix_signatures::PublicKey;
use matrix_verification::{
    Method, Party, TieBreak,
    sas::{
        EphemeralKey, EphemeralPublicKey, KeyAgreement, MacInfo, MacMethod, SasBytes, SasParty, SharedSecret,
        commitment,
    },
    tie_break,
};

use crate::{
    Answer,
    fields::{Failure, bad, base64, base64_array, hex_array, integer, object, ok, text, to_base64, to_hex},
};

pub(crate) fn qr_decode(request: &Object) -> Result<Answer, Failure> {
    let bytes = base64(request, "raw_b64")?;
    let code = QrCode::parse(&bytes)?;
    let encode = |bytes: &[u8]| Value::from(to_base64(bytes));
    let parts = Object::from([
        ("flow_id", code.flow_id().into()),
        ("key1_b64", encode(code.first_key())),
        ("key2_b64", encode(code.second_key())),
        ("mode", code.mode().as_byte().into()),
        ("secret_b64", encode(code.secret().as_bytes())),
        ("version", CODE_VERSION.into()),
    ]);
    Ok(Answer::new(parts, move || _ = black_box(QrCode::parse(black_box(&bytes)))))
}

pub(crate) fn qr_encode(request: &Object) -> Result<Answer, Failure> {
    let byte = |name: &str, default: Option<u8>| match (integer(request, name)?, default) {
        (Some(number), _) => u8::try_from(number).map_err(|_| bad(name, "a byte")),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(bad(name, "a byte")),
    };
    let version = byte("version", Some(CODE_VERSION))?;
    if version != CODE_VERSION {
        return Err(matrix_qr_verify::Error::UnknownVersion(version).into());
    }
    let mode = byte("mode", None)?;
    let mode = Mode::from_byte(mode).ok_or(matrix_qr_verify::Error::UnknownMode(mode))?;
    let secret = Secret::from_bytes(&base64(request, "secret_b64")?);
    let (one, two) = (base64_array(request, "key1_b64")?, base64_array(request, "key2_b64")?);
    let code = QrCode::new(mode, text(request, "flow_id")?, one, two, secret);
    let bytes = code.to_bytes()?;
    Ok(Answer::new(ok("raw_b64", to_base64(&bytes)), move || _ = black_box(black_box(&code).to_bytes())))
}

pub(crate) fn sas_commitment(request: &Object) -> Result<Answer, Failure> {
    let (key, content) = (text(request, "public_key_b64")?.to_owned(), object(request, "start_content")?);
    let hash = commitment(&key, &content);
    Ok(Answer::new(ok("commitment", hash), move || _ = black_box(commitment(&key, black_box(&content)))))
}

pub(crate) fn sas_from_bytes(request: &Object) -> Result<Answer, Failure> {
    let bytes = SasBytes::from_bytes(hex_array(request, "bytes_hex")?);
    Ok(Answer::new(shown(bytes), move || {
        _ = black_box((black_box(bytes).emoji(), bytes.decimal()));
    }))
}

pub(crate) fn sas_session(request: &Object) -> Result<Answer, Failure> {
    let session = Session::read(request)?;
    let agreement = text(request, "key_agreement_protocol")?;
    let agreement =
        KeyAgreement::parse(agreement).ok_or_else(|| bad("key_agreement_protocol", "a known one"))?;
    let secret = session.secret()?;
    let bytes = session.sas_bytes(&secret, agreement);
    let mut answer = shown(bytes);
    answer.insert("sas_bytes_hex", to_hex(bytes.as_bytes()));
    answer.insert("shared_secret_hex", to_hex(secret.as_bytes()));
    Ok(Answer::new(answer, move || {
        if let Ok(secret) = session.secret() {
            _ = black_box(session.sas_bytes(&secret, agreement));
        }
    }))
}

pub(crate) fn sas_mac(request: &Object) -> Result<Answer, Failure> {
    let session = Session::read(&object(request, "session")?)?;
    let method =
        MacMethod::parse(text(request, "method")?).ok_or_else(|| bad("method", "a known MAC method"))?;
    let starter = match text(request, "sender")? {
        "starter" => true,
        "accepter" => false,
        _ => return Err(bad("sender", "`starter` or `accepter`")),
    };
    let mut keys = Vec::new();
    for (key_id, key) in &object(request, "keys")? {
        keys.push((
            key_id.to_owned(),
            key.as_str().ok_or_else(|| bad("keys", "an object of strings"))?.to_owned(),
        ));
    }
    let secret = session.secret()?;
    let macs = move || {
        let info = session.mac_info(starter);
        let mac: Object =
            keys.iter().map(|(id, key)| (id.as_str(), secret.mac(method, info, id, key))).collect();
        let keys_mac = secret.keys_mac(method, info, keys.iter().map(|(id, _)| id.as_str()));
        Object::from([("keys_mac", Value::from(keys_mac)), ("mac", mac.into())])
    };
    Ok(Answer::new(macs(), move || _ = black_box(macs())))
}

pub(crate) fn verification_tie_break(request: &Object) -> Result<Answer, Failure> {
    let side = |name: &str| {
        let side = object(request, name)?;
        let party =
            Party::new(UserId::parse(text(&side, "user")?)?, DeviceId::parse(text(&side, "device")?)?);
        Ok::<_, Failure>((party, Method::parse(text(&side, "method")?)))
    };
    let (a, b) = (side("a")?, side("b")?);
    let answer = match tie_break((&a.0, &a.1), (&b.0, &b.1)) {
        TieBreak::First => ok("winner", "a"),
        TieBreak::Second => ok("winner", "b"),
        TieBreak::Cancel(code) => ok("cancel", code.as_str()),
    };
    Ok(Answer::new(answer, move || _ = black_box(tie_break((&a.0, &a.1), (&b.0, &b.1)))))
}

pub(crate) fn crosssigning_check(request: &Object) -> Result<Answer, Failure> {
    let (object, signer) = (object(request, "object")?, text(request, "signer")?.to_owned());
    let key_id = text(request, "key_id")?.to_owned();
    let key = PublicKey::from_base64(text(request, "public_key_b64")?)?;
    // The vectors have a server among the signers, which the check for users does not know.
    let check = move || match UserId::parse(&signer) {
        Ok(user_id) => matrix_crosssigning::check_signature(&object, user_id, &key_id, &key),
        Err(_) => Ok(matrix_signatures::verify_json(&object, &signer, &key_id, &key)?),
    };
    check()?;
    Ok(Answer::new(ok("valid", true), move || _ = black_box(check())))
}

/// Both sides of SAS, one of them with its private key.
struct Session {
    starter: Side,
    accepter: Side,
    transaction_id: String,
}

struct Side {
    user_id: OwnedUserId,
    device_id: OwnedDeviceId,
    private: Option<[u8; 32]>,
    public: EphemeralPublicKey,
}

impl Session {
    fn read(request: &Object) -> Result<Self, Failure> {
        let starter = Side::read(&object(request, "starter")?)?;
        let accepter = Side::read(&object(request, "accepter")?)?;
        Ok(Self { starter, accepter, transaction_id: text(request, "transaction_id")?.to_owned() })
    }

    fn secret(&self) -> Result<SharedSecret, Failure> {
        let (private, public) = match (&self.starter, &self.accepter) {
            (Side { private: Some(private), .. }, other) | (other, Side { private: Some(private), .. }) => {
                (private, &other.public)
            }
            _ => return Err(bad("private_hex", "given by one of the sides")),
        };
        Ok(EphemeralKey::from_bytes(private).agree(public)?)
    }

    fn sas_bytes(&self, secret: &SharedSecret, agreement: KeyAgreement) -> SasBytes {
        let [starter, accepter] = [&self.starter, &self.accepter].map(|side| SasParty {
            user_id: &side.user_id,
            device_id: &side.device_id,
            public_key: &side.public,
        });
        secret.sas_bytes(agreement, starter, accepter, &self.transaction_id)
    }

    fn mac_info(&self, starter: bool) -> MacInfo<'_> {
        let (sender, receiver) = match starter {
            true => (&self.starter, &self.accepter),
            false => (&self.accepter, &self.starter),
        };
        MacInfo {
            sender_user: &sender.user_id,
            sender_device: &sender.device_id,
            receiver_user: &receiver.user_id,
            receiver_device: &receiver.device_id,
            transaction_id: &self.transaction_id,
        }
    }
}

impl Side {
    fn read(side: &Object) -> Result<Self, Failure> {
        let private = match side.get("private_hex") {
            None | Some(Value::Null) => None,
            Some(_) => Some(hex_array(side, "private_hex")?),
        };
        let public = match (side.get("public_b64"), &private) {
            (None | Some(Value::Null), Some(private)) => EphemeralKey::from_bytes(private).public_key(),
            _ => EphemeralPublicKey::from_base64(text(side, "public_b64")?)?,
        };
        Ok(Self {
            user_id: UserId::parse(text(side, "user")?)?.to_owned(),
            device_id: DeviceId::parse(text(side, "device")?)?.to_owned(),
            private,
            public,
        })
    }
}

fn shown(bytes: SasBytes) -> Object {
    let emoji = bytes.emoji().map(|emoji| Value::from(emoji.index()));
    let decimal = bytes.decimal().map(Value::from);
    Object::from([("decimal", Value::Array(decimal.to_vec())), ("emoji", Value::Array(emoji.to_vec()))])
}
