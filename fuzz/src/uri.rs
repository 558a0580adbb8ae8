//! Links to users, rooms and events, in both forms.

use matrix_identifiers::{EventId, RoomAliasId, RoomId, UserId};
use matrix_uri::{Error, MatrixUri, RoomOrAlias, Target, UriForm};

/// Checks that a link which is read is the same after it is written in its form and read again, that one which is not
/// says where it is wrong, and that each identifier survives being made a link in either form.
///
/// The text is read as it is, as what follows the beginning of either form, and as identifiers: a user, a room or
/// an alias; or a room or alias and, on the lines after it, an event.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    read(text);
    read(&format!("matrix:{text}"));
    read(&format!("https://matrix.to/#/{text}"));
    for target in targets(text) {
        made(&MatrixUri::new(target));
    }
}

fn read(text: &str) {
    match MatrixUri::parse(text) {
        Ok(uri) => {
            assert!(UriForm::of(text).is_some());
            assert_eq!(text.parse(), Ok(uri.clone()));
            assert!(uri.action().is_none_or(|action| action.applies_to(uri.target())));
            assert!(uri.custom().iter().all(|item| !item.name().is_empty()));
            made(&uri);
        }
        Err(error) => {
            assert!(error.offset().is_none_or(|at| text.is_char_boundary(at)), "{error} is outside {text:?}");
            assert_eq!(error == Error::NotMatrix, UriForm::of(text).is_none());
            assert!(!error.to_string().is_empty() && !error.kind().is_empty());
        }
    }
}

fn made(uri: &MatrixUri) {
    let text = uri.to_string();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?} is no URI");
    assert_eq!(MatrixUri::parse(&text).as_ref(), Ok(uri), "{text:?}");
    let text = uri.matrix_to().to_string();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?} is no URI");
    let link = MatrixUri::parse(&text).expect("a matrix.to link that was made is not read");
    assert_eq!((link.target(), link.via()), (uri.target(), uri.via()), "{text:?}");
}

fn targets(text: &str) -> Vec<Target> {
    let room = |text: &str| -> Option<RoomOrAlias> {
        let alias = RoomAliasId::parse(text).ok().map(Into::into);
        alias.or_else(|| RoomId::parse(text).ok().map(Into::into))
    };
    let user = UserId::parse(text).ok().map(Target::from);
    let event = text
        .split_once('\n')
        .and_then(|(first, event)| Some(Target::from((room(first)?, EventId::parse(event).ok()?))));
    user.into_iter().chain(room(text).map(Into::into)).chain(event).collect()
}
