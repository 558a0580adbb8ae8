use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::EventId;

use super::event::EventKey;
use super::related::{Related, Viewer};
use crate::{BundledReference, BundledRelations, ReferenceBundle, ThreadBundle, Wire as _};

impl Related<'_> {
    /// Returns `m.relations` as a server puts it into the `unsigned` of the event: the latest edit as a whole event, the
    /// thread with its latest event, and the references. `None` where there is nothing to say.
    ///
    /// Annotations are not bundled (since v1.7), state events get nothing, and pending events have no part in it. `event`
    /// is asked for events as clients are served them; one that it does not have is left out. The latest event of a
    /// thread has its own edit and references bundled with it. The timeline of a sync that left nothing out goes without
    /// bundles, since the related events are in it (MSC2675).
    ///
    /// Source: [aggregations of child events](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events).
    #[must_use]
    pub fn bundle(
        &self,
        viewer: &Viewer,
        mut event: impl FnMut(&EventId) -> Option<Object>,
    ) -> Option<BundledRelations> {
        let mut bundle = self.bundle_without_thread(viewer, &mut event);
        bundle.thread = self.bundle_thread(viewer, &mut event);
        (self.is_bundled() && bundle != BundledRelations::new()).then_some(bundle)
    }

    fn bundle_without_thread(
        &self,
        viewer: &Viewer,
        event: &mut impl FnMut(&EventId) -> Option<Object>,
    ) -> BundledRelations {
        let mut bundle = BundledRelations::new();
        if !self.is_bundled() {
            return bundle;
        }
        bundle.replace = self.latest_edit(viewer).and_then(sent).and_then(&mut *event);
        let references = self.references(viewer).into_iter().filter_map(sent);
        let chunk: Vec<_> = references.map(|event_id| BundledReference::new(event_id.into())).collect();
        bundle.reference = (!chunk.is_empty()).then(|| ReferenceBundle::new(chunk));
        bundle
    }

    fn bundle_thread(
        &self,
        viewer: &Viewer,
        event: &mut impl FnMut(&EventId) -> Option<Object>,
    ) -> Option<ThreadBundle> {
        let thread = self.thread(viewer)?;
        let mut latest = event(sent(thread.latest_event)?)?;
        let nested = self.relations().of(thread.latest_event).bundle_without_thread(viewer, event);
        if nested != BundledRelations::new() {
            let mut unsigned = latest.get_object("unsigned").cloned().unwrap_or_default();
            unsigned.insert("m.relations", nested.to_object());
            latest.insert("unsigned", unsigned);
        }
        let count = Integer::try_from(thread.count).unwrap_or(Integer::MAX);
        Some(ThreadBundle::new(count, thread.current_user_participated, latest))
    }
}

fn sent(key: &EventKey) -> Option<&EventId> {
    match key {
        EventKey::Sent(event_id) => Some(event_id),
        EventKey::Pending(_) => None,
    }
}
