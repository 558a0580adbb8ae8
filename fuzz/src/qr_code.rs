//! QR codes as bytes.

use matrix_qr_verify::{CODE_VERSION, MAX_CODE_BYTES, QrCode};

/// Checks that what is read is written the same, is the sum of its parts, and that an error lies within the input.
pub fn run(data: &[u8]) {
    let code = match QrCode::parse(data) {
        Ok(code) => code,
        Err(error) => {
            assert!(
                !error.to_string().is_empty()
                    && !error.kind().is_empty()
                    && !error.cancel_code().as_str().is_empty()
            );
            if let matrix_qr_verify::Error::Truncated { length, .. } = error {
                assert_eq!(length, data.len());
            }
            return;
        }
    };
    assert!(data.len() <= MAX_CODE_BYTES);
    assert_eq!(code.to_bytes().as_deref(), Ok(data));
    let parts = [
        b"MATRIX",
        &[CODE_VERSION, code.mode().as_byte()][..],
        &(code.flow_id().len() as u16).to_be_bytes(),
        code.flow_id().as_bytes(),
        code.first_key(),
        code.second_key(),
        code.secret().as_bytes(),
    ];
    assert_eq!(parts.concat(), data);
    let again = QrCode::new(
        code.mode(),
        code.flow_id(),
        *code.first_key(),
        *code.second_key(),
        code.secret().clone(),
    );
    assert_eq!(again, code);
    let length = code.secret().as_bytes().len();
    assert!(QrCode::parse_with(data, length).is_ok() && QrCode::parse_with(data, length + 1).is_err());
    assert!(format!("{code:?}").contains("secret: Secret(..)"));
}
