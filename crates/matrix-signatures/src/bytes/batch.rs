use core::ops::Range;

use matrix_roomversion::RoomVersionRules;

use super::{EventBytes, Scratch, verify::verify_event, verify::verify_with};
use crate::{
    error::Error,
    key_ring::KeyRing,
    public_key::PublicKey,
    signature::Signature,
    verify::{Check, Verdict},
};

/// Verifies many events together, in about half of the time that they take one by one.
///
/// Events are [added](Self::add) as they are read; [`verify`](Self::verify) gives the verdicts in the order of adding.
/// With 64 events a batch has most of what there is to gain.
///
/// # Crafted keys
///
/// A batch is checked with one equation, the sum of the equations of its signatures with random weights. For what
/// honest servers sign it holds exactly if each of them does. Whoever crafts a key or a signature with a component of
/// small order, or an unusual encoding of a signature's point, can make something that a batch lets pass and single
/// verification refuses. Servers that have to agree on every crafted event verify one by one
/// ([`verify_event`]), or verify batches of events that are refused or redacted again later for other reasons. When the
/// equation does not hold, every event is verified singly, so that all verdicts and errors are those of single
/// verification.
#[derive(Debug, Default)]
pub struct Batch {
    outcomes: Vec<Result<Verdict, Error>>,
    pending: Vec<Pending>,
    /// The signed bytes.
    bytes: Vec<u8>,
    /// The names of servers and keys, for errors.
    names: String,
}

/// A signature that is still to be checked.
#[derive(Debug)]
struct Pending {
    /// The place of its event.
    event: usize,
    bytes: Range<usize>,
    key: PublicKey,
    signature: Signature,
    entity: Range<usize>,
    key_id: Range<usize>,
}

impl Batch {
    /// Makes a batch without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns how many events were added since the last verification.
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Returns whether no event was added since the last verification.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// Adds an event: all of [`verify_event`] is done but the arithmetic of its signatures.
    pub fn add(
        &mut self,
        event: &EventBytes<'_>,
        keys: &KeyRing,
        now_ms: i64,
        rules: &RoomVersionRules,
        scratch: &mut Scratch,
    ) {
        let Self { outcomes, pending, bytes, names } = self;
        let (first, place) = (pending.len(), outcomes.len());
        let outcome = verify_with(event, keys, now_ms, rules, scratch, |check, signed| {
            let start = match pending.last() {
                Some(last) if last.event == place => last.bytes.start,
                _ => {
                    bytes.extend_from_slice(signed);
                    bytes.len() - signed.len()
                }
            };
            let mut name = |name: &str| {
                names.push_str(name);
                names.len() - name.len()..names.len()
            };
            pending.push(Pending {
                event: place,
                bytes: start..start + signed.len(),
                key: *check.key,
                signature: check.signature,
                entity: name(check.entity),
                key_id: name(check.key_id),
            });
            Ok(())
        });
        // A signature before the fault may be bad as well: which of the errors comes first is for single verification
        // to say.
        let outcome = match outcome {
            Err(_) if pending.len() > first => {
                pending.truncate(first);
                verify_event(event, keys, now_ms, rules, scratch)
            }
            outcome => outcome,
        };
        outcomes.push(outcome);
    }

    /// Verifies the signatures of all events that were added, and returns what [`verify_event`] says of each, in order.
    /// The batch is empty afterwards and can be used again.
    pub fn verify(&mut self) -> Vec<Result<Verdict, Error>> {
        let mut outcomes = core::mem::take(&mut self.outcomes);
        if !self.holds_together() {
            for pending in &self.pending {
                if let Some(outcome @ Ok(_)) = outcomes.get_mut(pending.event)
                    && let Err(error) = self.check(pending)
                {
                    *outcome = Err(error);
                }
            }
        }
        self.pending.clear();
        self.bytes.clear();
        self.names.clear();
        outcomes
    }

    fn check(&self, pending: &Pending) -> Result<(), Error> {
        let name = |range: &Range<usize>| self.names.get(range.clone()).unwrap_or_default();
        let (entity, key_id) = (name(&pending.entity), name(&pending.key_id));
        Check { entity, key_id, key: &pending.key, signature: pending.signature }.over(self.signed(pending))
    }

    fn signed(&self, pending: &Pending) -> &[u8] {
        self.bytes.get(pending.bytes.clone()).unwrap_or_default()
    }

    fn holds_together(&self) -> bool {
        let signed: Vec<&[u8]> = self.pending.iter().map(|pending| self.signed(pending)).collect();
        let signatures: Vec<&Signature> = self.pending.iter().map(|pending| &pending.signature).collect();
        let keys: Vec<&PublicKey> = self.pending.iter().map(|pending| &pending.key).collect();
        PublicKey::verify_together(&keys, &signed, &signatures)
    }
}
