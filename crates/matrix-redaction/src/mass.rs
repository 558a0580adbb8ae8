//! Redactions of many events at once (MSC2244).

use std::collections::BTreeSet;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, OwnedEventId, OwnedUserId, UserId};
use matrix_roomversion::RedactionRules;

use crate::{
    apply::{Redactor, may_apply},
    client::to_client,
    error::Error,
    target::targets,
};

/// The bytes of a target in canonical JSON: 44 of a hash event ID, two quotes, a comma.
const TARGET_BYTES: usize = 47;

/// The most bytes that an event may have.
const MAX_EVENT_BYTES: usize = 65_536;

/// The most targets of rooms 4 and later that any event can name, the rest of it being empty: 1,394.
pub const MAX_TARGETS: usize = MAX_EVENT_BYTES / TARGET_BYTES;

/// Returns how many targets still fit into a redaction whose canonical JSON has so many bytes without them,
/// signatures and hashes included (MSC2244).
///
/// ```
/// assert_eq!(matrix_redaction::targets_that_fit(2_000), 1_351);
/// ```
pub fn targets_that_fit(event_bytes: usize) -> usize {
    // The last target has no comma.
    (MAX_EVENT_BYTES + 1).saturating_sub(event_bytes) / TARGET_BYTES
}

/// A redaction with any number of targets, each applied on its own once it is known (MSC2244).
///
/// Give it first the targets that are already held ([`MassRedaction::on_target`]), serve what
/// [`MassRedaction::to_client`] leaves, and keep it for targets that arrive later
/// ([`MassRedaction::on_belated_target`]). It serves single redactions as well.
#[derive(Clone, Debug)]
pub struct MassRedaction {
    sender: OwnedUserId,
    power_level: i64,
    redact_level: i64,
    rules: RedactionRules,
    /// In the redaction's order; clients are told of these.
    applied: Vec<OwnedEventId>,
    pending: BTreeSet<OwnedEventId>,
}

/// What became of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is to be redacted.
    Applied,
    /// The sender of the redaction may not redact it.
    Refused,
    /// The redaction does not name it, or dealt with it before.
    NotPending,
}

/// What to do with an event that arrives after its redaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BelatedTarget {
    /// Redact it and don't send it to clients: they were not told of the redaction.
    Withhold,
    /// Send it to clients as any other event: the redaction does not apply.
    Deliver,
}

impl MassRedaction {
    /// Reads an accepted redaction; all its targets are pending.
    ///
    /// `power_level` and `redact_level` are those of [`Redactor`].
    ///
    /// # Errors
    ///
    /// As [`targets`]; [`Error::MissingField`], [`Error::InvalidField`] or [`Error::InvalidIdentifier`] if `sender`
    /// is no user ID.
    pub fn new(
        redaction: &Object,
        power_level: i64,
        redact_level: i64,
        rules: &RedactionRules,
    ) -> Result<Self, Error> {
        let sender = redaction
            .get("sender")
            .ok_or(Error::MissingField("sender"))?
            .as_str()
            .ok_or(Error::InvalidField { field: "sender", expected: "a string" })?;
        let sender = UserId::parse(sender)
            .map_err(|source| Error::InvalidIdentifier { field: "sender", source })?
            .to_owned();
        let pending = targets(redaction, rules)?.into_iter().map(ToOwned::to_owned).collect();
        Ok(Self { sender, power_level, redact_level, rules: *rules, applied: Vec::new(), pending })
    }

    /// Decides about a target that is held when the redaction arrives.
    pub fn on_target(&mut self, target: &EventId, target_sender: &UserId) -> Outcome {
        let outcome = self.decide(target, target_sender);
        if outcome == Outcome::Applied {
            self.applied.push(target.to_owned());
        }
        outcome
    }

    /// Decides about a target that arrives after the redaction was served to clients.
    pub fn on_belated_target(&mut self, target: &EventId, target_sender: &UserId) -> BelatedTarget {
        match self.decide(target, target_sender) {
            Outcome::Applied => BelatedTarget::Withhold,
            Outcome::Refused | Outcome::NotPending => BelatedTarget::Deliver,
        }
    }

    /// Returns the targets that were applied on arrival, in the order of the calls.
    pub fn applied(&self) -> &[OwnedEventId] {
        &self.applied
    }

    /// Returns the targets not seen so far, in order.
    pub fn pending(&self) -> impl Iterator<Item = &EventId> {
        self.pending.iter().map(AsRef::as_ref)
    }

    /// Returns the redaction as clients may see it, or `None` while no target is applied: then it is not sent.
    ///
    /// A list names the applied targets only, neither refused nor unknown ones; the top level names one of them,
    /// for clients that know no lists.
    pub fn to_client(&self, redaction: &Object) -> Option<Object> {
        if self.applied.is_empty() {
            return None;
        }
        let mut copy = redaction.clone();
        if self.rules.redacts_list {
            let shown: Vec<Value> = self.applied.iter().map(|id| id.as_str().into()).collect();
            if let Some(Value::Object(content)) = copy.get_mut("content") {
                content.insert("redacts", shown);
            }
        }
        to_client(&mut copy, &self.rules);
        Some(copy)
    }

    fn decide(&mut self, target: &EventId, target_sender: &UserId) -> Outcome {
        if !self.pending.remove(target) {
            return Outcome::NotPending;
        }
        let redactor =
            Redactor { sender: &self.sender, power_level: self.power_level, redact_level: self.redact_level };
        if may_apply(&redactor, target_sender, &self.rules) { Outcome::Applied } else { Outcome::Refused }
    }
}
