use matrix_identifiers::{OwnedUserId, UserId};

use crate::{cancel_code::CancelCode, flow_id::FlowId};

/// A verification that has come to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub(crate) other_user: OwnedUserId,
    pub(crate) flow_id: FlowId,
    pub(crate) by: CancelledBy,
    pub(crate) code: CancelCode,
    pub(crate) reason: Option<String>,
    pub(crate) last_ms: i64,
}

/// Who has cancelled a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelledBy {
    /// This device: its user, a time limit, or a message that could not be taken.
    Us,
    /// The other user or device.
    Them,
    /// Another device of the own user, which has accepted or declined the request.
    OwnOtherDevice,
}

impl Cancelled {
    /// Returns the user that it was about.
    pub fn other_user(&self) -> &UserId {
        &self.other_user
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &FlowId {
        &self.flow_id
    }

    /// Returns who has cancelled.
    pub fn by(&self) -> CancelledBy {
        self.by
    }

    /// Returns why, for machines.
    pub fn code(&self) -> &CancelCode {
        &self.code
    }

    /// Returns why, in the other side's words: to be shown only where the code is not understood.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
