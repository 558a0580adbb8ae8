use matrix_qr_verify::{Mode, QrCode, Secret};
use matrix_sdk_qrcode::QrVerificationData;
use matrix_signatures::SigningKey;

fn key(fill: u8) -> [u8; 32] {
    *SigningKey::from_seed("x", &[fill; 32]).unwrap().public_key().as_bytes()
}

/// Our bytes are read by the peer, part for part, and what the peer writes is read here, as the same code.
#[test]
fn msc1543_codes_are_read_by_the_peer_and_its_codes_here() {
    for mode in 0..3 {
        for (flow_id, secret) in
            [("abc", &b"12345678"[..]), ("$event:example.org", b"0123456789abcdef"), ("é日", &[0xff; 40])]
        {
            let (first, second) = (key(1 + mode), key(100 + mode));
            let code = QrCode::new(
                Mode::from_byte(mode).unwrap(),
                flow_id,
                first,
                second,
                Secret::from_bytes(secret),
            );
            let bytes = code.to_bytes().unwrap();
            let theirs = QrVerificationData::from_bytes(&bytes).unwrap();
            let their_mode = match &theirs {
                QrVerificationData::Verification(_) => 0,
                QrVerificationData::SelfVerification(_) => 1,
                QrVerificationData::SelfVerificationNoMasterKey(_) => 2,
            };
            assert_eq!((their_mode, theirs.flow_id()), (mode, flow_id));
            assert_eq!(theirs.first_key().as_bytes(), &first);
            assert_eq!(theirs.second_key().as_bytes(), &second);
            assert_eq!(theirs.secret().as_bytes(), secret);
            let written = theirs.to_bytes().unwrap();
            assert_eq!(QrCode::parse(&written).unwrap(), code);
            assert_eq!(written, bytes);
        }
    }
}

/// In what the two differ: the peer refuses keys that are no points, such as the specification's example has, and
/// secrets shorter than eight bytes.
#[test]
fn what_the_peer_refuses() {
    let code = |[first, second]: [[u8; 32]; 2], secret: &[u8]| {
        QrCode::new(Mode::OtherUser, "abc", first, second, Secret::from_bytes(secret)).to_bytes().unwrap()
    };
    let example = [0, 16].map(|first| std::array::from_fn(|at| first + at as u8));
    for bytes in [code(example, b"12345678"), code([key(1), key(2)], b"1234567")] {
        assert!(QrCode::parse(&bytes).is_ok());
        assert!(QrVerificationData::from_bytes(&bytes).is_err());
    }
}
