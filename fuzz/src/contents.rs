//! Any JSON as every content and every envelope.

use matrix_canonicaljson::{Mode, Object, canonicalize_with};
use matrix_events::content::{
    AccountDataContent, EduContent, EphemeralContent, Message, RoomContent, ToDeviceContent,
};
use matrix_events::{
    AccountDataEvent, ClientEvent, Edu, EphemeralEvent, Pdu, StrippedState, SyncEvent, ToDeviceEvent, Wire,
};

/// Checks that strict reading takes exactly what lenient reading loses nothing of, that both make the same of it, that
/// what is written is canonical and reads back as the same value, and that it is the input where nothing may be left
/// out.
pub fn run(data: &[u8]) {
    let Ok(canonical) = canonicalize_with(data, Mode::Lenient) else {
        assert!(RoomContent::read_strict("m.room.name", data).is_err());
        assert!(RoomContent::read_lenient("m.room.name", data).is_err());
        return;
    };
    if Object::parse(data, Mode::Lenient).is_err() {
        assert!(SyncEvent::read_lenient(data).is_err());
        return;
    }
    room(data, &canonical);
    to_device(data, &canonical);
    account_data(data, &canonical);
    ephemeral(data, &canonical);
    edu(data, &canonical);
    envelope::<ClientEvent>(data, &canonical);
    envelope::<SyncEvent>(data, &canonical);
    envelope::<StrippedState>(data, &canonical);
    envelope::<ToDeviceEvent>(data, &canonical);
    envelope::<AccountDataEvent>(data, &canonical);
    envelope::<EphemeralEvent>(data, &canonical);
    envelope::<Edu>(data, &canonical);
    envelope::<Pdu>(data, &canonical);
    if let Ok(message) = Message::read_lenient(data) {
        drop(message.value.new_content());
    }
}

/// What the types may leave out: `null`, an empty alias, the type of an encrypted file.
fn is_exact(canonical: &[u8]) -> bool {
    let canonical = String::from_utf8_lossy(canonical);
    !["null", r#""alias":"""#, r#""mimetype""#].iter().any(|left_out| canonical.contains(left_out))
}

macro_rules! kinds {
    ($($name:ident $content:ident;)*) => {$(
        fn $name(data: &[u8], canonical: &[u8]) {
            let others = ["org.example.custom", "m.secret_storage.key.k"];
            for event_type in $content::TYPES.iter().copied().chain(others) {
                let lenient = $content::read_lenient(event_type, data).expect("an object is refused");
                assert_eq!(lenient.value.event_type(), event_type);
                let written = lenient.value.to_canonical();
                match $content::read_strict(event_type, data) {
                    Ok(strict) => {
                        assert!(lenient.is_lossless(), "{event_type} drops {:?}", lenient.dropped);
                        assert_eq!(strict, lenient.value);
                        if is_exact(canonical) {
                            assert_eq!(written, canonical, "{event_type} is written otherwise");
                        }
                    }
                    Err(error) => {
                        assert!(!lenient.is_lossless(), "{event_type} hides {error}");
                        assert!(error.path().is_some());
                    }
                }
                if let $content::Unreadable(_) = lenient.value {
                    assert_eq!(written, canonical);
                } else {
                    let again = $content::read_strict(event_type, &written);
                    assert_eq!(again.as_ref(), Ok(&lenient.value), "{event_type} is read otherwise");
                }
            }
        }
    )*};
}

kinds! {
    room RoomContent;
    to_device ToDeviceContent;
    account_data AccountDataContent;
    ephemeral EphemeralContent;
    edu EduContent;
}

fn envelope<T: Wire + PartialEq + std::fmt::Debug>(data: &[u8], canonical: &[u8]) {
    let lenient = T::read_lenient(data);
    match T::read_strict(data) {
        Ok(strict) => {
            let lenient = lenient.expect("lenient reading refuses what strict reading takes");
            assert!(lenient.is_lossless(), "drops {:?}", lenient.dropped);
            assert_eq!(strict, lenient.value);
            let written = strict.to_canonical();
            if is_exact(canonical) {
                assert_eq!(written, canonical);
            }
            assert_eq!(T::read_strict(&written).as_ref(), Ok(&strict));
        }
        Err(error) => {
            assert!(lenient.is_err() || lenient.is_ok_and(|lenient| !lenient.is_lossless()), "hides {error}");
        }
    }
}
