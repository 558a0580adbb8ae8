//! Typed events.

use std::hint::black_box;

use matrix_benches::client_events::generate;
use matrix_benches::peer_events;
use matrix_benches::table::{Table, timed};
use matrix_canonicaljson::canonicalize;
use matrix_events::content::RoomContent;
use matrix_events::{ClientEvent, Reader, Wire};
use ruma_events::AnyTimelineEvent;

const EVENTS: usize = 10_000;

pub(crate) fn rows(table: &mut Table) {
    let names = [
        "read 10000 client events, keeping a reader",
        "read 10000 client events, one by one",
        "read 10000 client events leniently",
        "write 10000 client events (ruma: their contents)",
        "write the contents of 10000 client events",
        "read and write 10000 client events (ruma: write their contents)",
        "read 10000 client events and write their contents",
    ];
    if !names.iter().any(|name| table.wants(name)) {
        return;
    }
    let events = generate(3, EVENTS);
    let ours: Vec<ClientEvent> = events.iter().map(|json| read(&mut Reader::new(), json)).collect();
    let peers: Vec<AnyTimelineEvent> =
        events.iter().map(|json| peer_events::read(json).expect("an event")).collect();
    check(&events, &ours);

    let [kept, single, lenient, write, contents, both, both_contents] = names;
    let peer_read =
        || timed(|| events.iter().for_each(|json| drop(black_box(peer_events::read(black_box(json))))));
    let peer_write = || {
        timed(|| peers.iter().for_each(|event| drop(black_box(peer_events::write_content(black_box(event))))))
    };
    let peer_both = || {
        timed(|| {
            for json in &events {
                let event = peer_events::read(black_box(json)).expect("an event");
                black_box(peer_events::write_content(&event).expect("a content"));
            }
        })
    };
    let with_reader = |work: &dyn Fn(&mut Reader, &str)| {
        timed(|| {
            let mut reader = Reader::new();
            events.iter().for_each(|json| work(&mut reader, black_box(json)));
        })
    };
    table.row(kept, || with_reader(&|reader, json| drop(black_box(read(reader, json)))), peer_read);
    table.row(single, || with_reader(&|_, json| drop(black_box(read(&mut Reader::new(), json)))), peer_read);
    let read_lenient = |reader: &mut Reader, json: &str| {
        let event = reader.read_lenient::<ClientEvent>(json.as_bytes()).expect("an event");
        assert!(black_box(event).is_lossless());
    };
    table.row(lenient, || with_reader(&read_lenient), peer_read);
    let each = |work: &dyn Fn(&ClientEvent) -> Vec<u8>| {
        timed(|| ours.iter().for_each(|event| drop(black_box(work(black_box(event))))))
    };
    table.row(write, || each(&|event| event.to_canonical()), peer_write);
    table.row(contents, || each(&|event| event.content.to_canonical()), peer_write);
    table.row(
        both,
        || with_reader(&|reader, json| drop(black_box(read(reader, json).to_canonical()))),
        peer_both,
    );
    table.row(
        both_contents,
        || with_reader(&|reader, json| drop(black_box(read(reader, json).content.to_canonical()))),
        peer_both,
    );
}

fn read(reader: &mut Reader, json: &str) -> ClientEvent {
    reader.read_strict(json.as_bytes()).expect("an event")
}

/// Checks that what is measured does what it should: every type is known, and every event is written as it was read.
fn check(events: &[String], ours: &[ClientEvent]) {
    for (json, event) in events.iter().zip(ours) {
        let unknown = matches!(event.content, RoomContent::Custom(_) | RoomContent::Unreadable(_));
        assert!(!unknown, "{json}");
        assert_eq!(event.to_canonical(), *canonicalize(json.as_bytes()).expect("JSON"));
    }
}
