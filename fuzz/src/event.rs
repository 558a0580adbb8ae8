use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::{CanonicalJson, RoomVersion, RoomVersionRules};

/// Runs `body` for each room version on the event that `data` is in it: read as the version reads JSON, and in
/// versions with strict JSON also as a lenient reader would hand it on.
pub(crate) fn in_each_version(data: &[u8], mut body: impl FnMut(&Object, &'static RoomVersionRules)) {
    let strict = Object::parse(data, Mode::Strict).ok();
    let Ok(lenient) = Object::parse(data, Mode::Lenient) else {
        assert!(strict.is_none(), "strict reading takes what lenient reading refuses");
        return;
    };
    for version in RoomVersion::ALL {
        let rules = version.rules();
        body(&lenient, rules);
        if let (CanonicalJson::Strict, Some(strict)) = (rules.canonical_json, &strict)
            && *strict != lenient
        {
            body(strict, rules);
        }
    }
}
