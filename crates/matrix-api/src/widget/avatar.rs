//! The image of a widget.

use matrix_events::content::Widget;
use matrix_identifiers::MxcUri;

/// Returns the image to show for a widget: its `avatar_url`, also by the name that it had as a proposal. What it points to
/// may be no image at all: it is to be fetched as a thumbnail, which fails then.
///
/// Source: MSC2765.
#[must_use]
pub fn avatar_url(widget: &Widget) -> Option<&MxcUri> {
    let proposed = || MxcUri::parse(widget.other.get_str("org.matrix.msc2765.avatar_url")?).ok();
    widget.avatar_url.as_deref().or_else(proposed)
}
