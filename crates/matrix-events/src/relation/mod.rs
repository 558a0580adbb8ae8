//! Relations between events (MSC2674) and what they add up to (MSC2675).
//!
//! [`Relation::of`] reads the relation in a content. [`Relations`] holds those of one room as they come and go, in any
//! order, and tells for each event what is counted: [`Related::annotations`], [`Related::latest_edit`],
//! [`Related::thread`], [`Related::references`], and all of them as a server bundles them
//! ([`Related::bundle`], which a client reads as [`BundledRelations`](crate::BundledRelations)).
//! [`edited_content`] is what an event says after an edit.
//!
//! Source: [forming relationships between events](https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events).

mod annotations;
mod bundle;
mod edit;
mod event;
mod parent;
mod related;
mod relations;
mod view;

pub use edit::edited_content;
pub use event::{Decrypted, EventKey, RelatedEvent};
pub use related::{Annotation, Related, ThreadSummary, Viewer};
pub use relations::Relations;
pub use view::{Relation, reply_to};
