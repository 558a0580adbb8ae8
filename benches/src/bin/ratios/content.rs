//! Globs, policy lists and server ACLs, beside `wildmatch`, which ruma uses for the same.

use std::hint::black_box;
use std::time::Duration;

use matrix_benches::rng::Rng;
use matrix_benches::table::{Table, timed};
use matrix_events::content::{PolicyRule, Recommendation, RoomServerAcl};
use matrix_events::policy::PolicyList;
use matrix_events::{Case, Glob, ServerAcl};
use matrix_identifiers::{OwnedServerName, OwnedUserId};
use ruma_common::OwnedServerName as PeerServerName;
use ruma_events::room::server_acl::RoomServerAclEventContent;
use wildmatch::WildMatch;

const RULES: usize = 10_000;

pub(crate) fn rows(table: &mut Table) {
    policy(table, "policy: 10000 rules, 1 in 10 a glob, one user", 10);
    policy(table, "policy: 10000 rules, all globs, one user", 1);
    acl(table);
    glob(table, "glob: short pattern, server names", "*.evil-7*.example", &servers());
    let texts = vec!["the quick brown fox jumps over the lazy dog and ".repeat(20) + "spam"; 50];
    glob(table, "glob: pattern within text", "*lazy*spam", &texts);
}

/// A rule's entity: a user, or every `every`-th time a glob of one of several kinds.
fn entity(rng: &mut Rng, number: usize, every: usize) -> String {
    let (name, server) = (rng.below(100_000), rng.below(2_000));
    if !number.is_multiple_of(every) {
        return format!("@user-{name}:server-{server}.example");
    }
    match rng.below(100) {
        0..40 => format!("@spam-{name}*:server-{server}.example"),
        40..70 => format!("@*:evil-{name}.example"),
        70..98 => format!("@bot-{name}-*"),
        _ => format!("*casino-{name}*"),
    }
}

/// A user whom a rule is about.
fn user_of(entity: &str) -> OwnedUserId {
    let text = entity.replace('*', "x");
    let sigil = if text.starts_with('@') { "" } else { "@" };
    let server = if text.contains(':') { "" } else { ":server-1.example" };
    format!("{sigil}{text}{server}").parse().expect("a user ID")
}

/// One user held against a list of rules about users; of the users asked about, a tenth are matched.
fn policy(table: &mut Table, name: &str, every: usize) {
    if !table.wants(name) {
        return;
    }
    let mut rng = Rng::new(7);
    let entities: Vec<String> = (0..RULES).map(|number| entity(&mut rng, number, every)).collect();
    let mut list = PolicyList::new();
    for (number, entity) in entities.iter().enumerate() {
        let rule = PolicyRule::new(entity.clone(), "spam".to_owned(), Recommendation::Ban);
        list.apply("m.policy.rule.user", &number.to_string(), Some(rule));
    }
    assert_eq!(list.len(), RULES);
    let peer: Vec<WildMatch> = entities.iter().map(|entity| WildMatch::new(entity)).collect();
    let users: Vec<OwnedUserId> = (0..100)
        .map(|number| match number % 10 {
            0 => user_of(&entities[number * 97]),
            _ => format!("@user-{}:server-{}.example", rng.below(100_000), rng.below(2_000))
                .parse()
                .expect("a user ID"),
        })
        .collect();
    let peer_matches = |user: &str| peer.iter().filter(|rule| rule.matches(user)).count();
    for user in &users {
        assert_eq!(list.matching_user(user).len(), peer_matches(user.as_str()), "{user}");
    }
    let count = users.len() as u32;
    table.row(
        name,
        || {
            timed(|| users.iter().map(|user| list.matching_user(black_box(user)).len()).sum::<usize>())
                / count
        },
        || timed(|| users.iter().map(|user| peer_matches(black_box(user.as_str()))).sum::<usize>()) / count,
    );
}

fn servers() -> Vec<String> {
    (0..200).map(|number| format!("matrix.evil-{number}.example")).collect()
}

fn glob(table: &mut Table, name: &str, pattern: &str, texts: &[String]) {
    if !table.wants(name) {
        return;
    }
    let (ours, peers) = (Glob::new(pattern, Case::Sensitive), WildMatch::new(pattern));
    assert!(texts.iter().all(|text| ours.is_match(text) == peers.matches(text)));
    let per_text = |total: Duration| total / (100 * texts.len() as u32);
    let each = |matches: &dyn Fn(&str) -> bool| {
        timed(|| {
            (0..100).map(|_| texts.iter().filter(|text| matches(black_box(text))).count()).sum::<usize>()
        })
    };
    table.row(
        name,
        || per_text(each(&|text| ours.is_match(text))),
        || per_text(each(&|text| peers.matches(text))),
    );
}

/// One server held against an ACL that denies a thousand: ours is read once, ruma's is the content.
fn acl(table: &mut Table) {
    let name = "ACL: 1000 denied, one server";
    if !table.wants(name) {
        return;
    }
    let deny: Vec<String> = (0..1_000)
        .map(
            |number| {
                if number % 4 == 0 { format!("*.evil-{number}.org") } else { format!("evil-{number}.org") }
            },
        )
        .collect();
    let mut content = RoomServerAcl::new();
    (content.allow, content.deny) = (Some(vec!["*".to_owned()]), Some(deny.clone()));
    let acl = ServerAcl::new(&content);
    let peer = RoomServerAclEventContent::new(true, vec!["*".to_owned()], deny);
    let names: Vec<String> = servers();
    let ours: Vec<OwnedServerName> = names.iter().map(|name| name.parse().expect("a server name")).collect();
    let peers: Vec<PeerServerName> =
        names.iter().map(|name| name.as_str().try_into().expect("a server name")).collect();
    let count = names.len() as u32;
    table.row(
        name,
        || timed(|| ours.iter().filter(|server| acl.allows(black_box(server))).count()) / count,
        || timed(|| peers.iter().filter(|server| peer.is_allowed(black_box(server))).count()) / count,
    );
    table.row(
        "ACL: 1000 denied, read and asked once",
        || timed(|| ServerAcl::new(black_box(&content)).allows(&ours[0])),
        || timed(|| peer.is_allowed(black_box(&peers[0]))),
    );
}
