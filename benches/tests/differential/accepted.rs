//! The accepted differences, each recognised by what it is about and explained in `DIFFERENCES.md`.

use matrix_canonicaljson::{Object, Value};
use matrix_roomversion::RoomVersion;

/// What one side makes of an event; `None` where it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Works {
    pub(crate) canonical: Option<Vec<u8>>,
    pub(crate) content_hash: Option<[u8; 32]>,
    pub(crate) event_id: Option<String>,
    pub(crate) redacted: Option<Vec<u8>>,
    pub(crate) verdict: Option<bool>,
    pub(crate) well_formed: bool,
}

impl Works {
    pub(crate) fn shown(&self, work: &str) -> String {
        let text = |bytes: &Option<Vec<u8>>| match bytes {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => "refuses".to_owned(),
        };
        match work {
            "canonical" => text(&self.canonical),
            "redacted" => text(&self.redacted),
            "event_id" => format!("{:?}", self.event_id),
            "content_hash" => format!("{:?}", self.content_hash),
            "verdict" => format!("{:?}", self.verdict),
            _ => format!("{:?}", self.well_formed),
        }
    }
}

/// An accepted difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    PduSize,
}

impl Difference {
    pub(crate) const ALL: [Self; 1] = [Self::PduSize];

    /// Returns the accepted differences between two results.
    ///
    /// # Errors
    ///
    /// The name of the first work in which they differ for no accepted reason.
    pub(crate) fn between(
        event: &Object,
        version: RoomVersion,
        ours: &Works,
        peers: &Works,
    ) -> Result<Vec<Self>, String> {
        let mut found = Vec::new();
        let _ = (event, version, &mut found, Value::Null);
        for (work, alike) in [
            ("canonical", ours.canonical == peers.canonical),
            ("content_hash", ours.content_hash == peers.content_hash),
            ("event_id", ours.event_id == peers.event_id),
            ("redacted", ours.redacted == peers.redacted),
            ("verdict", ours.verdict == peers.verdict),
            ("well_formed", ours.well_formed == peers.well_formed),
        ] {
            if !alike {
                return Err(work.to_owned());
            }
        }
        Ok(found)
    }
}
