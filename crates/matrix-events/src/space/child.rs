use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{ServerName, SpaceOrder};

/// Returns whether the room with this content of `m.room.create` is a space: its `type` is `m.space`.
#[must_use]
pub fn is_space(create: &Object) -> bool {
    create.get_str("type") == Some("m.space")
}

/// The content of `m.space.child`; the state key is the child's room ID.
///
/// Without a `via` that is an array there is no child; an empty array is one. An `order` that does not fit its grammar
/// counts as absent.
///
/// Source: [`m.space.child`](https://spec.matrix.org/v1.19/client-server-api/#mspacechild).
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::space::SpaceChild;
///
/// let content: Object = r#"{"via": ["example.org", 7], "order": "aaaa"}"#.parse()?;
/// let child = SpaceChild::of(&content).ok_or("no child")?;
/// assert_eq!(child.via().count(), 1);
/// assert_eq!(child.order.map(|order| order.as_str()), Some("aaaa"));
/// assert!(SpaceChild::of(&Object::new()).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpaceChild<'a> {
    via: &'a [Value],
    /// Where the child stands among its siblings.
    pub order: Option<&'a SpaceOrder>,
    /// Whether the space's administrators suggest the child.
    pub suggested: bool,
}

impl<'a> SpaceChild<'a> {
    /// Reads the content; `None` where there is no child.
    #[must_use]
    pub fn of(content: &'a Object) -> Option<Self> {
        Some(Self {
            via: content.get_array("via")?,
            order: content.get_str("order").and_then(|order| SpaceOrder::parse(order).ok()),
            suggested: content.get("suggested").and_then(Value::as_bool) == Some(true),
        })
    }

    /// Iterates over the servers through which the child may be joined, leaving out what is no server name.
    pub fn via(&self) -> impl Iterator<Item = &'a ServerName> + use<'a> {
        servers(self.via)
    }
}

pub(super) fn servers(via: &[Value]) -> impl Iterator<Item = &ServerName> {
    via.iter().filter_map(|name| ServerName::parse(name.as_str()?).ok())
}
