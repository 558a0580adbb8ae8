//! `m.relates_to` and `m.reaction` (MSC2674).

use matrix_identifiers::{EventId, OwnedEventId};

use crate::Misfit;
use crate::relation::Relation;

names! {
    /// How an event relates to another.
    pub enum RelType / OtherRelType {
        /// It adds a key to it: a reaction.
        Annotation = "m.annotation",
        /// It refers to it.
        Reference = "m.reference",
        /// It replaces its content: an edit.
        Replace = "m.replace",
        /// It is in the thread that the other begins.
        Thread = "m.thread",
    }
}

object! {
    /// The member `m.relates_to` of a content: a [`Relation`], an answer, or both.
    pub struct RelatesTo {
        /// The other event.
        event_id: Option<OwnedEventId> = "event_id",
        /// Whether `m.in_reply_to` is there only for clients that do not know threads.
        is_falling_back: Option<bool> = "is_falling_back",
        /// What an annotation says.
        key: Option<String> = "key",
        /// The event that this one answers.
        in_reply_to: Option<InReplyTo> = "m.in_reply_to",
        /// How this event relates to the other.
        rel_type: Option<RelType> = "rel_type",
    }
}

object! {
    /// Names the event that another answers.
    pub struct InReplyTo {
        /// The event.
        event_id: OwnedEventId = "event_id",
    }
}

impl RelatesTo {
    /// Makes a relation.
    pub fn relation_to(rel_type: RelType, event_id: OwnedEventId) -> Self {
        Self { event_id: Some(event_id), rel_type: Some(rel_type), ..Self::new() }
    }

    /// Returns the relation; without both type and event there is none (MSC2674).
    pub fn relation(&self) -> Option<Relation<'_>> {
        Some(Relation {
            rel_type: self.rel_type.clone().filter(|rel_type| !rel_type.as_str().is_empty())?,
            event_id: self.event_id.as_deref()?,
            key: self.key.as_deref(),
            is_falling_back: self.is_falling_back == Some(true),
        })
    }

    /// Returns the event that this one answers, if it answers one.
    pub fn reply_to(&self) -> Option<&EventId> {
        self.in_reply_to.as_ref().map(|reply| &*reply.event_id)
    }
}

object! {
    /// The content of [`m.reaction`](https://spec.matrix.org/v1.19/client-server-api/#mreaction).
    pub struct Reaction check check_reaction {
        /// The annotation.
        relates_to: RelatesTo = "m.relates_to",
    }
}

fn check_reaction(reaction: &Reaction) -> Result<(), Misfit> {
    let relates_to = &reaction.relates_to;
    let missing = match (&relates_to.event_id, &relates_to.key, &relates_to.rel_type) {
        (None, _, _) => "event_id",
        (_, None, _) => "key",
        (_, _, None) => "rel_type",
        _ => return Ok(()),
    };
    Err(Misfit::missing(missing).within_key("m.relates_to"))
}
