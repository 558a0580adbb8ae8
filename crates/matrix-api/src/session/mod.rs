//! Being logged in: tokens and how they are renewed, what a logout means, single sign-on.

mod identity_provider;
mod login_fallback;
mod login_flow;
mod logout;
mod sso;
mod token_session;
mod tokens;

pub use identity_provider::{Appearance, Brand, IdentityProvider};
pub use login_fallback::login_fallback_url;
pub use login_flow::{LoginFlow, LoginType};
pub use logout::LogoutDecision;
pub use sso::{SsoEndpoint, sso_redirect_url};
pub use token_session::{Access, AfterRefresh, Refresh, SentWith, TokenSession, TokenState, Unauthorized};
pub use tokens::{REFRESH_EARLY_MS, RefreshedTokens, Tokens};
