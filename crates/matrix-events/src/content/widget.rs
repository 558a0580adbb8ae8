//! Widgets.

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedMxcUri, OwnedUserId};

object! {
    /// The content of `m.widget`: a widget, with MSC2765's avatar.
    pub struct Widget {
        /// An image to show for the widget (MSC2765).
        avatar_url: Option<OwnedMxcUri> = "avatar_url",
        /// Who added the widget.
        creator_user_id: Option<OwnedUserId> = "creatorUserId",
        /// What the widget's URL takes, and its title.
        data: Option<Object> = "data",
        /// The widget.
        id: Option<String> = "id",
        /// A name for people.
        name: Option<String> = "name",
        /// What kind of widget it is; without one there is no widget.
        widget_type: String = "type",
        /// Where the widget is, with variables to fill in; without it there is no widget.
        url: String = "url",
        /// Whether the client waits for the page to load; when absent, it does.
        wait_for_iframe_load: Option<bool> = "waitForIframeLoad",
    }
}
