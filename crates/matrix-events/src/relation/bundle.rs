use matrix_canonicaljson::{Integer, Object, Value};
use matrix_identifiers::EventId;

use super::event::EventKey;
use super::related::{Related, Viewer};

impl Related<'_> {
    /// Returns `m.relations` as a server puts it into the `unsigned` of the event: the latest edit as a whole event, the
    /// thread with its latest event, and the references. `None` where there is nothing to say.
    ///
    /// Annotations are not bundled (since v1.7), state events get nothing, and pending events have no part in it. `event`
    /// is asked for events as clients are served them; one that it does not have is left out. The latest event of a
    /// thread has its own edit and references bundled with it.
    ///
    /// Source: [aggregations of child events](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events).
    #[must_use]
    pub fn bundle(
        &self,
        viewer: &Viewer,
        mut event: impl FnMut(&EventId) -> Option<Object>,
    ) -> Option<Object> {
        let mut bundle = self.bundle_without_thread(viewer, &mut event);
        if let Some(thread) = self.bundle_thread(viewer, &mut event) {
            bundle.insert("m.thread", thread);
        }
        (self.is_bundled() && !bundle.is_empty()).then_some(bundle)
    }

    fn bundle_without_thread(
        &self,
        viewer: &Viewer,
        event: &mut impl FnMut(&EventId) -> Option<Object>,
    ) -> Object {
        let mut bundle = Object::new();
        if !self.is_bundled() {
            return bundle;
        }
        if let Some(edit) = self.latest_edit(viewer).and_then(sent).and_then(&mut *event) {
            bundle.insert("m.replace", edit);
        }
        let references = self.references(viewer);
        let chunk: Vec<Value> = references
            .into_iter()
            .filter_map(sent)
            .map(|event_id| Object::from([("event_id", event_id.as_str())]).into())
            .collect();
        if !chunk.is_empty() {
            bundle.insert("m.reference", Object::from([("chunk", chunk)]));
        }
        bundle
    }

    fn bundle_thread(
        &self,
        viewer: &Viewer,
        event: &mut impl FnMut(&EventId) -> Option<Object>,
    ) -> Option<Object> {
        let thread = self.thread(viewer)?;
        let mut latest = event(sent(thread.latest_event)?)?;
        let nested = self.relations().of(thread.latest_event).bundle_without_thread(viewer, event);
        if !nested.is_empty() {
            let mut unsigned = latest.get_object("unsigned").cloned().unwrap_or_default();
            unsigned.insert("m.relations", nested);
            latest.insert("unsigned", unsigned);
        }
        let mut bundle = Object::from([("latest_event", latest)]);
        bundle.insert("count", Integer::try_from(thread.count).unwrap_or(Integer::MAX));
        bundle.insert("current_user_participated", thread.current_user_participated);
        Some(bundle)
    }
}

fn sent(key: &EventKey) -> Option<&EventId> {
    match key {
        EventKey::Sent(event_id) => Some(event_id),
        EventKey::Pending(_) => None,
    }
}

/// What a server has bundled with an event: `m.relations` of its `unsigned`, each part as far as it can be read.
///
/// It is what the server knew when it served the event. The edit and the thread's latest event are whole events, to be
/// added to [`Relations`](super::Relations) like any other.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a>(&'a Object);

impl<'a> Bundle<'a> {
    /// Reads what is bundled with an event.
    #[must_use]
    pub fn of(event: &'a Object) -> Option<Self> {
        event.get_object("unsigned")?.get_object("m.relations").map(Self)
    }

    /// Returns the latest edit, a whole event.
    #[must_use]
    pub fn latest_edit(self) -> Option<&'a Object> {
        self.0.get_object("m.replace").filter(|event| event.contains_key("event_id"))
    }

    /// Returns the number of events of the thread, its latest event, and whether the user has taken part; `None`
    /// unless all three are there.
    #[must_use]
    pub fn thread(self) -> Option<(u64, &'a Object, bool)> {
        let thread = self.0.get_object("m.thread")?;
        let count = u64::try_from(thread.get_integer("count")?.get()).ok()?;
        let participated = thread.get("current_user_participated")?.as_bool()?;
        Some((count, thread.get_object("latest_event")?, participated))
    }

    /// Iterates over the events that refer to this one.
    pub fn references(self) -> impl Iterator<Item = &'a EventId> {
        let chunk = self.0.get_object("m.reference").and_then(|references| references.get_array("chunk"));
        let ids = chunk.unwrap_or_default().iter().filter_map(|event| event.as_object()?.get_str("event_id"));
        ids.filter_map(|event_id| EventId::parse(event_id).ok())
    }
}
