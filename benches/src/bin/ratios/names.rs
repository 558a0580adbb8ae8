//! Identifiers and links, a thousand at a time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use matrix_benches::names::{event_ids, links, room_aliases, server_names, uris, user_ids};
use matrix_benches::table::Table;
use matrix_identifiers::{EventId, OwnedUserId, RoomAliasId, ServerName, UserId};
use matrix_uri::MatrixUri;

const NAMES: usize = 1_000;
/// How often the names are read in one round.
const PASSES: u32 = 50;

pub(crate) fn rows(table: &mut Table) {
    let users = user_ids(1, NAMES);
    table.row(
        "1000 user IDs, borrowed",
        || each(&users, |text| UserId::parse(text).is_ok()),
        || each(&users, |text| <&ruma_common::UserId>::try_from(text).is_ok()),
    );
    table.row(
        "1000 user IDs, owned",
        || each(&users, |text| black_box(text.parse::<OwnedUserId>()).is_ok()),
        || each(&users, |text| black_box(ruma_common::UserId::parse(text)).is_ok()),
    );
    let servers = server_names(2, NAMES);
    table.row(
        "1000 server names, borrowed",
        || each(&servers, |text| ServerName::parse(text).is_ok()),
        || each(&servers, |text| <&ruma_common::ServerName>::try_from(text).is_ok()),
    );
    let events = event_ids(3, NAMES);
    table.row(
        "1000 event IDs, borrowed",
        || each(&events, |text| EventId::parse(text).is_ok()),
        || each(&events, |text| <&ruma_common::EventId>::try_from(text).is_ok()),
    );
    let aliases = room_aliases(4, NAMES);
    table.row(
        "1000 room aliases, borrowed",
        || each(&aliases, |text| RoomAliasId::parse(text).is_ok()),
        || each(&aliases, |text| <&ruma_common::RoomAliasId>::try_from(text).is_ok()),
    );
    let uris = uris(5, NAMES);
    table.row(
        "1000 matrix: URIs, read",
        || each(&uris, |text| black_box(MatrixUri::parse(text)).is_ok()),
        || each(&uris, |text| black_box(ruma_common::MatrixUri::parse(text)).is_ok()),
    );
    let links = links(6, NAMES);
    table.row(
        "1000 matrix.to links, read",
        || each(&links, |text| black_box(MatrixUri::parse(text)).is_ok()),
        || each(&links, |text| black_box(ruma_common::MatrixToUri::parse(text)).is_ok()),
    );
    let ours: Vec<_> = uris.iter().filter_map(|text| MatrixUri::parse(text).ok()).collect();
    let peers: Vec<_> = uris.iter().filter_map(|text| ruma_common::MatrixUri::parse(text).ok()).collect();
    table.row("1000 matrix: URIs, written", || written(&ours), || written(&peers));
}

/// The time of the quickest pass. All names must be taken.
fn each(names: &[String], read: impl Fn(&str) -> bool) -> Duration {
    quickest(|| {
        let taken = black_box(names).iter().filter(|name| read(black_box(name))).count();
        assert_eq!(taken, names.len());
    })
}

fn written(uris: &[impl ToString]) -> Duration {
    quickest(|| {
        for uri in black_box(uris) {
            black_box(uri.to_string());
        }
    })
}

/// A pass takes less than the scheduler's slices, so that some of many are undisturbed on a machine with other work.
fn quickest(pass: impl Fn()) -> Duration {
    let times = (0..PASSES).map(|_| {
        let start = Instant::now();
        pass();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
