//! Events of a graph as the state of a room.

use matrix_identifiers::EventId;

use crate::{
    error::Error,
    graph::{EventGraph, EventIndex},
    node::{KeyRef, PRESENT, TOO_DEEP},
    state_set::StateSet,
};

impl EventGraph {
    /// Makes a state out of `(type, state key, event ID)` entries. A key that occurs twice keeps the last.
    ///
    /// # Errors
    ///
    /// When an event has not been given, lacks some of its auth chain, or is not of that type and state key.
    pub fn state_set<'a>(
        &self,
        entries: impl IntoIterator<Item = (&'a str, &'a str, &'a EventId)>,
    ) -> Result<StateSet, Error> {
        let mut set = StateSet::new(self.id);
        for (event_type, state_key, id) in entries {
            let (key, event) = self.state_entry(id)?;
            if self.key(key).is_none_or(|(t, k)| (t, k) != (event_type, Some(state_key))) {
                return Err(Error::WrongStateKey {
                    event: id.to_owned(),
                    event_type: event_type.to_owned(),
                    state_key: state_key.to_owned(),
                });
            }
            set.insert(key, event);
        }
        Ok(set)
    }

    /// Makes a state out of events, each standing under its own type and state key.
    ///
    /// # Errors
    ///
    /// As [`EventGraph::state_set`]; also when an event is not a state event.
    pub fn state_set_of<'a>(&self, events: impl IntoIterator<Item = &'a EventId>) -> Result<StateSet, Error> {
        let mut set = StateSet::new(self.id);
        for id in events {
            self.update(&mut set, id)?;
        }
        Ok(set)
    }

    /// Puts a state event into a state, in the place of the one that stood under its type and state key.
    ///
    /// # Errors
    ///
    /// As [`EventGraph::state_set_of`], and when the state is of another graph.
    pub fn update(&self, state: &mut StateSet, event: &EventId) -> Result<(), Error> {
        self.check_own(state)?;
        let (key, event) = self.state_entry(event)?;
        state.insert(key, event);
        Ok(())
    }

    /// Returns the event that stands under a type and state key.
    pub fn get<'a>(&'a self, state: &StateSet, event_type: &str, state_key: &str) -> Option<&'a EventId> {
        let event_type = self.types.find(event_type)?;
        let key = self.keys.find(&KeyRef { event_type, state_key: Some(state_key) })?;
        (state.graph() == self.id).then(|| state.get(key))?.and_then(|event| self.event_id(EventIndex(event)))
    }

    /// Returns the entries of a state as `(type, state key, event ID)`, sorted by type, then state key.
    /// Empty for a state of another graph.
    pub fn entries<'a>(&'a self, state: &StateSet) -> Vec<(&'a str, &'a str, &'a EventId)> {
        let own = if state.graph() == self.id { Some(state) } else { None };
        let mut entries: Vec<_> = own
            .into_iter()
            .flat_map(StateSet::iter)
            .filter_map(|(key, event)| {
                let (event_type, state_key) = self.key(key)?;
                Some((event_type, state_key?, self.event_id(EventIndex(event))?))
            })
            .collect();
        entries.sort_unstable();
        entries
    }

    /// # Errors
    ///
    /// When the state was made by another graph.
    pub(crate) fn check_own(&self, state: &StateSet) -> Result<(), Error> {
        if state.graph() == self.id { Ok(()) } else { Err(Error::ForeignStateSet) }
    }

    pub(crate) fn empty_state(&self) -> StateSet {
        StateSet::new(self.id)
    }

    pub(crate) fn present(&self, id: &EventId) -> Result<u32, Error> {
        match self.index(id) {
            Some(index) if self.node(index.0).has(PRESENT) => Ok(index.0),
            _ => Err(Error::UnknownEvent(id.to_owned())),
        }
    }

    /// The key and number under which an event can stand in a state.
    fn state_entry(&self, id: &EventId) -> Result<(u32, u32), Error> {
        let index = self.present(id)?;
        let node = self.node(index);
        if node.has(TOO_DEEP) {
            return Err(Error::AuthChainTooDeep { event: id.to_owned(), limit: self.limits.auth_depth });
        }
        if node.auth_depth == 0 {
            return Err(Error::IncompleteAuthChain(id.to_owned()));
        }
        if self.key(node.key).is_none_or(|(_, state_key)| state_key.is_none()) {
            return Err(Error::NotStateEvent(id.to_owned()));
        }
        Ok((node.key, index))
    }
}
