//! The table of features in the README is the table of rules.

use std::fmt::{Debug, Write as _};
use std::{env, fs};

use matrix_roomversion::{RoomVersion, RoomVersionRules};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- features: written by the test -->\n";
const END: &str = "<!-- end of features -->\n";

fn row<T: Debug>(table: &mut String, name: &str, cell: impl Fn(&RoomVersionRules) -> T) {
    let cells = RoomVersion::ALL.map(|version| match format!("{:?}", cell(version.rules())).as_str() {
        "true" => "✓".to_owned(),
        "false" => " ".to_owned(),
        word => word.to_owned(),
    });
    writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
}

fn features() -> String {
    let names = RoomVersion::ALL.map(RoomVersion::as_str);
    let mut table =
        format!("| room version | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    let out = &mut table;
    row(out, "event format", |rules| rules.event_format);
    row(out, "event ID (MSC1659, MSC1884)", |rules| rules.event_id_format);
    row(out, "room ID", |rules| rules.room_id_format);
    row(out, "canonical JSON (MSC2540)", |rules| rules.canonical_json);
    row(out, "255 of what in IDs and types", |rules| rules.id_limit);
    row(out, "validity of keys (MSC2076)", |rules| rules.key_validity);
    row(out, "signed by the event ID's server", |rules| rules.signatures.event_id_domain);
    row(out, "joins signed by the authorising server", |rules| rules.signatures.join_authoriser);
    row(out, "state resolution (MSC1442, MSC4297)", |rules| rules.state_resolution);
    row(out, "authorization rules as numbered in", |rules| rules.authorization.numbering);
    row(out, "creators (MSC2175)", |rules| rules.authorization.creators);
    row(out, "create event among auth events", |rules| rules.authorization.selects_create_event);
    row(out, "rule for aliases (MSC2432)", |rules| rules.authorization.aliases_rule);
    row(out, "rule for redactions", |rules| rules.authorization.redaction_rule);
    row(out, "rule for notifications (MSC2209)", |rules| rules.authorization.checks_notifications);
    row(out, "knocking (MSC2403)", |rules| rules.authorization.knock);
    row(out, "restricted joins", |rules| rules.authorization.restricted);
    row(out, "restricted knocking", |rules| rules.authorization.knock_restricted);
    row(out, "power levels", |rules| rules.authorization.power_levels);
    row(out, "redactions name their target in (MSC2174)", |rules| rules.redaction.redacts_location);
    row(out, "redactions are decided by", |rules| rules.redaction.check);
    row(out, "kept: `origin`, `membership`, `prev_state` (MSC2176)", |rules| {
        rules.redaction.keeps_origin_membership_prev_state
    });
    row(out, "kept: `aliases` (MSC2432)", |rules| rules.redaction.keeps_aliases);
    row(out, "kept: `allow` of join rules", |rules| rules.redaction.keeps_join_rules_allow);
    row(out, "kept: `join_authorised_via_users_server`", |rules| {
        rules.redaction.keeps_join_authorised_via_users_server
    });
    row(out, "kept: `third_party_invite.signed`", |rules| rules.redaction.keeps_third_party_invite_signed);
    row(out, "kept: all of create (MSC2176)", |rules| rules.redaction.keeps_create_content);
    row(out, "kept: `invite` of power levels (MSC2176)", |rules| rules.redaction.keeps_power_levels_invite);
    row(out, "kept: `redacts` of redactions (MSC2176)", |rules| rules.redaction.keeps_redacts);
    row(out, "dropped: `room_id` of create", |rules| rules.redaction.drops_create_room_id);
    table
}

#[test]
fn the_readme_shows_the_table_of_rules() {
    let readme = fs::read_to_string(README).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let features = features();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(README, [before, BEGIN, &features, END, after].concat()).unwrap();
    } else {
        assert_eq!(shown, features, "run the test with UPDATE_DOCS=1 to write the table anew");
    }
}
