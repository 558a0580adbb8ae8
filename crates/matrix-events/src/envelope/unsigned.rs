use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::OwnedEventId;

use super::SyncEvent;
use crate::content::Membership;
use crate::{Error, Lossy, Wire};

object! {
    /// What a server adds to an event, and nobody signs.
    pub struct Unsigned {
        /// For how many milliseconds the event has existed, by the server's clock.
        age: Option<Integer> = "age",
        /// What relates to the event, as the server sums it up (MSC2675).
        relations: Option<Box<BundledRelations>> = "m.relations",
        /// What the user who is served was to the room when the event was sent.
        membership: Option<Membership> = "membership",
        /// The content of the state event that this one replaced; see [`SyncEvent::prev_content`].
        prev_content: Option<Object> = "prev_content",
        /// The redaction that has redacted the event; see [`redacted_because_event`](Self::redacted_because_event).
        redacted_because: Option<Object> = "redacted_because",
        /// The ID by which the client that is served has sent the event.
        transaction_id: Option<String> = "transaction_id",
    }
}

impl Unsigned {
    /// Reads the redaction that has redacted the event, when there is one.
    ///
    /// # Errors
    ///
    /// When it is no event.
    pub fn redacted_because_event(&self) -> Option<Result<Lossy<SyncEvent>, Error>> {
        self.redacted_because.as_ref().map(SyncEvent::from_object_lenient)
    }
}

object! {
    /// What relates to an event, as a server sums it up
    /// ([aggregations](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events)).
    pub struct BundledRelations {
        /// How many annotations of each key there are; servers of before v1.7 say so.
        annotation: Option<AnnotationBundle> = "m.annotation",
        /// Which events refer to this one.
        reference: Option<ReferenceBundle> = "m.reference",
        /// The latest edit.
        replace: Option<Object> = "m.replace",
        /// The thread that the event begins.
        thread: Option<ThreadBundle> = "m.thread",
    }
}

impl BundledRelations {
    /// Reads the latest edit, when there is one.
    ///
    /// # Errors
    ///
    /// When it is no event.
    pub fn replacement(&self) -> Option<Result<Lossy<SyncEvent>, Error>> {
        self.replace.as_ref().map(SyncEvent::from_object_lenient)
    }
}

object! {
    /// How many annotations there are of each key.
    pub struct AnnotationBundle {
        /// The keys.
        chunk: Vec<AnnotationCount> = "chunk" or fallback,
    }
}

object! {
    /// How many annotations there are of a key.
    pub struct AnnotationCount {
        /// How many.
        count: Integer = "count",
        /// What they say.
        key: String = "key",
        /// The type of the events.
        event_type: String = "type",
    }
}

object! {
    /// Which events refer to an event.
    pub struct ReferenceBundle {
        /// The events.
        chunk: Vec<BundledReference> = "chunk" or fallback,
    }
}

object! {
    /// An event that refers to another.
    pub struct BundledReference {
        /// The event.
        event_id: OwnedEventId = "event_id",
    }
}

object! {
    /// A thread.
    pub struct ThreadBundle {
        /// How many events are in it, beside that which begins it.
        count: Integer = "count" or fallback,
        /// Whether the user who is served is among the senders.
        current_user_participated: bool = "current_user_participated",
        /// The latest event.
        latest_event: Object = "latest_event" or fallback,
    }
}

impl ThreadBundle {
    /// Reads the latest event.
    ///
    /// # Errors
    ///
    /// When it is no event.
    pub fn latest(&self) -> Result<Lossy<SyncEvent>, Error> {
        SyncEvent::from_object_lenient(&self.latest_event)
    }
}
