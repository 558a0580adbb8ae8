use matrix_identifiers::UserId;

use crate::content::Membership;

/// How many members a server names for a room without a name.
pub const MAX_HEROES: usize = 5;

/// Returns the members that a server names for a room without a name (`m.heroes`): the first five that have joined or are
/// invited, in the order in which they came; where there are none, the first five that have left or are banned. `me` is
/// never among them.
///
/// Source: [`GET /sync`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync), `m.heroes`.
pub fn heroes<'a>(
    members: impl IntoIterator<Item = (&'a UserId, Membership)>,
    me: &UserId,
) -> Vec<&'a UserId> {
    let (mut present, mut gone) = (Vec::new(), Vec::new());
    for (user_id, membership) in members.into_iter().filter(|(user_id, _)| *user_id != me) {
        let list = match membership {
            Membership::Join | Membership::Invite => &mut present,
            Membership::Leave | Membership::Ban => &mut gone,
            Membership::Knock | Membership::Other(_) => continue,
        };
        if list.len() < MAX_HEROES {
            list.push(user_id);
        }
    }
    if present.is_empty() { gone } else { present }
}
