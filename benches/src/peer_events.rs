//! ruma's typed events.

use ruma_events::room::redaction::RoomRedactionEvent;
use ruma_events::{AnyMessageLikeEvent, AnyStateEvent, AnyTimelineEvent, MessageLikeEvent, StateEvent};

/// Reads an event.
pub fn read(json: &str) -> Option<AnyTimelineEvent> {
    serde_json::from_str(json).ok()
}

/// Writes the content of an event, which is all that ruma-events writes of room events.
pub fn write_content(event: &AnyTimelineEvent) -> Option<String> {
    use AnyMessageLikeEvent as Message;
    use AnyStateEvent as State;
    macro_rules! original {
        ($event:expr, $kind:ident) => {
            match $event {
                $kind::Original(event) => serde_json::to_string(&event.content).ok(),
                $kind::Redacted(_) => None,
            }
        };
    }
    match event {
        AnyTimelineEvent::MessageLike(event) => match event {
            Message::Reaction(event) => original!(event, MessageLikeEvent),
            Message::RoomEncrypted(event) => original!(event, MessageLikeEvent),
            Message::RoomMessage(event) => original!(event, MessageLikeEvent),
            Message::RoomRedaction(event) => original!(event, RoomRedactionEvent),
            Message::Sticker(event) => original!(event, MessageLikeEvent),
            _ => None,
        },
        AnyTimelineEvent::State(event) => match event {
            State::RoomCanonicalAlias(event) => original!(event, StateEvent),
            State::RoomCreate(event) => original!(event, StateEvent),
            State::RoomHistoryVisibility(event) => original!(event, StateEvent),
            State::RoomJoinRules(event) => original!(event, StateEvent),
            State::RoomMember(event) => original!(event, StateEvent),
            State::RoomName(event) => original!(event, StateEvent),
            State::RoomPinnedEvents(event) => original!(event, StateEvent),
            State::RoomPowerLevels(event) => original!(event, StateEvent),
            State::RoomServerAcl(event) => original!(event, StateEvent),
            State::RoomTopic(event) => original!(event, StateEvent),
            _ => None,
        },
    }
}
