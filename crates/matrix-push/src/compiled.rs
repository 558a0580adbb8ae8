use matrix_canonicaljson::Object;

use crate::{
    Context, Rule, RuleKind, Ruleset,
    pattern::Pattern,
    reader::Reader,
    test::{Slot, Test, Tests},
};

/// A set of rules, compiled: to be kept for as long as the rules stay the same, and held against any number of
/// events.
///
/// Evaluating allocates nothing, but for folding the text of a message once if there are patterns with wildcards
/// or letters beyond ASCII to be looked for in it, or such a display name.
#[derive(Clone, Debug)]
pub struct CompiledRuleset {
    rules: Ruleset,
    tests: Tests,
    sender: Slot,
    room_id: Slot,
    body: Slot,
    override_: Vec<Conditional>,
    content: Vec<(usize, Pattern)>,
    room: Ids,
    sender_ids: Ids,
    underride: Vec<Conditional>,
}

/// The place of a rule with conditions among those of its kind, and what has to hold.
type Conditional = (usize, Box<[Test]>);

/// The rules of a kind that stand for their ID: the IDs, sorted, and the places of the rules.
type Ids = Vec<(Box<str>, usize)>;

/// The rule that an event matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// The kind of the rule.
    pub kind: RuleKind,
    /// The rule.
    pub rule: &'a Rule,
}

impl CompiledRuleset {
    pub(crate) fn new(rules: Ruleset) -> Self {
        let mut tests = Tests::default();
        let (sender, room_id, body) =
            (tests.slot_of("sender"), tests.slot_of("room_id"), tests.slot_of("content.body"));
        let override_ = conditional(&mut tests, rules.of(RuleKind::Override));
        let underride = conditional(&mut tests, rules.of(RuleKind::Underride));
        let patterns = enabled(rules.of(RuleKind::Content));
        let content =
            patterns.filter_map(|(at, rule)| Some((at, Pattern::new(rule.pattern.as_ref()?)))).collect();
        let (room, sender_ids) = (ids(rules.of(RuleKind::Room)), ids(rules.of(RuleKind::Sender)));
        Self { rules, tests, sender, room_id, body, override_, content, room, sender_ids, underride }
    }

    /// Returns the rules.
    pub const fn rules(&self) -> &Ruleset {
        &self.rules
    }

    /// Finds the first rule that an event matches. None matches an event that the user has sent.
    ///
    /// Source: [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
    pub fn evaluate<'s>(&'s self, event: &Object, context: &Context<'_>) -> Option<Match<'s>> {
        let (kind, at) = self.find(&mut self.tests.reader(event, context))?;
        let rule = self.rules.of(kind).get(at)?;
        Some(Match { kind, rule })
    }

    fn find(&self, reader: &mut Reader<'_>) -> Option<(RuleKind, usize)> {
        if reader.is_own(self.sender) {
            return None;
        }
        let conditional = |rules: &[Conditional], reader: &mut Reader<'_>| {
            let found = rules.iter().find(|(_, tests)| tests.iter().all(|test| reader.holds(test)));
            found.map(|(at, _)| *at)
        };
        if let Some(at) = conditional(&self.override_, reader) {
            return Some((RuleKind::Override, at));
        }
        if let Some((at, _)) = self.content.iter().find(|(_, pattern)| reader.contains(self.body, pattern)) {
            return Some((RuleKind::Content, *at));
        }
        for (kind, rules, slot) in
            [(RuleKind::Room, &self.room, self.room_id), (RuleKind::Sender, &self.sender_ids, self.sender)]
        {
            if rules.is_empty() {
                continue;
            }
            if let Some(at) = reader.text(slot).and_then(|id| place(rules, id)) {
                return Some((kind, at));
            }
        }
        conditional(&self.underride, reader).map(|at| (RuleKind::Underride, at))
    }
}

fn enabled(rules: &[Rule]) -> impl Iterator<Item = (usize, &Rule)> {
    rules.iter().enumerate().filter(|(_, rule)| rule.enabled)
}

/// Compiles what can match at all.
fn conditional(tests: &mut Tests, rules: &[Rule]) -> Vec<Conditional> {
    enabled(rules).filter_map(|(at, rule)| Some((at, tests.add_all(&rule.conditions)?))).collect()
}

fn ids(rules: &[Rule]) -> Ids {
    let mut ids: Ids = enabled(rules).map(|(at, rule)| (rule.rule_id.as_str().into(), at)).collect();
    ids.sort();
    ids
}

/// Finds the first rule with this ID.
fn place(ids: &Ids, id: &str) -> Option<usize> {
    let first = ids.partition_point(|(known, _)| **known < *id);
    ids.get(first).filter(|(known, _)| **known == *id).map(|(_, at)| *at)
}

impl Match<'_> {
    /// Tells whether the event makes a notification.
    pub fn notifies(&self) -> bool {
        self.rule.notifies()
    }
}
