use crate::{cancel_code::CancelCode, method::Method, party_keys::Party};

/// What becomes of two start messages that crossed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// The first one counts.
    First,
    /// The second one counts.
    Second,
    /// Neither: the verification is cancelled with that code.
    Cancel(CancelCode),
}

/// Decides between two start messages, of which each device has sent one: with the same method that of the smaller
/// user ID counts, or of the smaller device ID where the users are the same; with different methods none does.
///
/// Source: [key verification framework](https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework),
/// MSC2366.
pub fn tie_break(first: (&Party, &Method), second: (&Party, &Method)) -> TieBreak {
    let ((one, one_method), (other, other_method)) = (first, second);
    if one_method != other_method {
        return TieBreak::Cancel(CancelCode::UnexpectedMessage);
    }
    // A party is ordered by its user, then by its device.
    if one <= other { TieBreak::First } else { TieBreak::Second }
}
