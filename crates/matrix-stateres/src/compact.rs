//! Removing what a room no longer needs.

use matrix_authrules::AuthContent;

use crate::{
    error::Error,
    graph::{EventGraph, EventIndex},
    node::{Link, NONE, Node, PRESENT},
    state_set::StateSet,
};

impl EventGraph {
    /// Removes the events that are neither part of the auth chain of one of `states` nor still lack some of their own
    /// chain, and returns how many that were.
    ///
    /// What is given are the states that will be resolved from now on: those after the forward extremities, and of
    /// events that others may still build on. They are made good for the graph as it is afterwards; all other states
    /// and every [`EventIndex`] from before are of no more use. Resolutions do not change: they read nothing else.
    /// When an event from before is named again, [`EventGraph::missing`] asks for it.
    ///
    /// # Errors
    ///
    /// When a state was made by another graph; nothing is removed then.
    pub fn compact(&mut self, states: &mut [StateSet]) -> Result<usize, Error> {
        for state in states.iter() {
            self.check_own(state)?;
        }
        let kept = self.kept(states);
        let mut new = Self::with_invite_verifier(&self.rules, self.verify_invite).with_limits(self.limits);
        let numbers = number(self, &mut new, &kept);
        let mut transfer = Transfer { contents: vec![NONE; self.contents.len()], numbers };
        for index in (0..).take(self.nodes.len()) {
            // A graph that had room for the events has room for some of them.
            if transfer.node(self, &mut new, index).is_none()
                && let Some(id) = self.event_id(EventIndex(index))
            {
                return Err(Error::GraphFull(id.to_owned()));
            }
        }
        transfer.rest(self, &mut new);
        let moved = transfer.states(self, &new, states);
        let removed = self.given - new.given;
        for (state, moved) in states.iter_mut().zip(moved) {
            *state = moved;
        }
        *self = new;
        Ok(removed)
    }

    /// Tells of each event whether it stays.
    fn kept(&self, states: &[StateSet]) -> Vec<bool> {
        let mut kept = vec![false; self.nodes.len()];
        let mut next: Vec<u32> = self.named_create.into_iter().collect();
        let mut before: Option<&StateSet> = None;
        for state in states {
            match before {
                Some(before) => before.diff(state, &mut |_, _, event| next.extend(event)),
                None => next.extend(state.iter().map(|(_, event)| event)),
            }
            before = Some(state);
        }
        let incomplete =
            self.nodes.iter().zip(0..).filter(|(node, _)| node.has(PRESENT) && node.auth_depth == 0);
        next.extend(incomplete.map(|(_, index)| index));
        while let Some(event) = next.pop() {
            let Some(place) = kept.get_mut(event as usize) else { continue };
            if !core::mem::replace(place, true) {
                next.extend(self.auth_events(event));
            }
        }
        kept
    }
}

/// Gives the events that stay their new numbers, in the old order; [`NONE`] to the others.
fn number(old: &EventGraph, new: &mut EventGraph, kept: &[bool]) -> Vec<u32> {
    let number = |(kept, index): (&bool, u32)| {
        let id = old.event_id(EventIndex(index)).filter(|_| *kept)?;
        new.event_number(id)
    };
    kept.iter().zip(0..).map(number).map(|number| number.unwrap_or(NONE)).collect()
}

/// The move from one graph to another.
struct Transfer {
    /// The new number of each event, or [`NONE`].
    numbers: Vec<u32>,
    /// The new number of each content that has been moved, or [`NONE`].
    contents: Vec<u32>,
}

impl Transfer {
    fn number(&self, event: u32) -> Option<u32> {
        self.numbers.get(event as usize).copied().filter(|number| *number != NONE)
    }

    /// Moves an event, if it stays. `None` where it finds no place.
    fn node(&mut self, old: &mut EventGraph, new: &mut EventGraph, index: u32) -> Option<()> {
        let Some(number) = self.number(index) else { return Some(()) };
        let node = old.node(index).clone();
        if !node.has(PRESENT) {
            return Some(());
        }
        let (event_type, state_key) = old.key(node.key)?;
        let event_type = new.type_number(event_type)?;
        let key = new.key_number(event_type, state_key)?;
        let sender = new.user_number(&old.sender(&node)?.id)?;
        let content = self.content(old, new, node.content)?;
        let first = u32::try_from(new.auth_events.len()).ok()?;
        for auth_event in old.auth_events_of(&node) {
            let to = self.number(*auth_event)?;
            let link = u32::try_from(new.links.len()).ok()?;
            let next = core::mem::replace(&mut new.nodes.get_mut(to as usize)?.dependents, link);
            new.auth_events.push(to);
            new.links.push(Link { from: number, next });
        }
        let power_levels = self.number(node.power_levels).unwrap_or(NONE);
        let place = new.nodes.get_mut(number as usize)?;
        let dependents = place.dependents;
        *place = Node { key, sender, content, auth_events: first, dependents, power_levels, ..node };
        new.given += 1;
        Some(())
    }

    fn content(&mut self, old: &mut EventGraph, new: &mut EventGraph, content: u32) -> Option<u32> {
        let known = self.contents.get_mut(content as usize)?;
        if *known == NONE {
            let content = old.contents.get(content as usize).cloned().unwrap_or(AuthContent::Other);
            *known = new.content_number(content)?;
        }
        Some(*known)
    }

    /// Moves what a graph notes beside its events.
    fn rest(&self, old: &EventGraph, new: &mut EventGraph) {
        let all =
            |events: &mut dyn Iterator<Item = u32>| events.filter_map(|event| self.number(event)).collect();
        new.missing = all(&mut old.missing.iter().copied());
        new.unavailable = all(&mut old.unavailable.iter().copied());
        let redacts = old.redacts.iter().filter_map(|(event, id)| Some((self.number(*event)?, id.clone())));
        new.redacts = redacts.collect();
        new.room_id.clone_from(&old.room_id);
        new.create = old.create.and_then(|create| self.number(create));
        new.named_create = old.named_create.and_then(|create| self.number(create));
        new.last_power_levels = self.number(old.last_power_levels).unwrap_or(NONE);
        if !old.depths.is_empty() {
            let kept = (0..).take(old.nodes.len()).filter(|index| self.number(*index).is_some());
            new.depths = kept.map(|index| old.depth(index)).collect();
        }
    }

    /// Makes each state anew, as the one before it with its differences: what they shared, they still share.
    fn states(&self, old: &EventGraph, new: &EventGraph, states: &[StateSet]) -> Vec<StateSet> {
        let empty = old.empty_state();
        let (mut before, mut moved) = (&empty, new.empty_state());
        let each = states.iter().map(|state| {
            before.diff(state, &mut |key, _, event| {
                let Some((event_type, Some(state_key))) = old.key(key) else { return };
                let known = new.types.find(event_type).and_then(|kind| new.find_key(kind, state_key));
                match (known, event.and_then(|event| self.number(event))) {
                    (Some(key), Some(event)) => moved.insert(key, event),
                    (Some(key), None) => moved.remove(key),
                    (None, _) => {}
                }
            });
            before = state;
            moved.clone()
        });
        each.collect()
    }
}
