//! The life of a session's tokens.

use super::{LogoutDecision, RefreshedTokens, Tokens};
use crate::{AccessToken, MatrixError, RefreshToken};

/// With which of the access tokens a request was sent: they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentWith(u64);

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenState {
    /// The access token is good, as far as is known.
    Active,
    /// A refresh is under way.
    Refreshing,
    /// The user has to log in again, and keeps what is stored.
    SoftLoggedOut,
    /// The session is gone, and what is stored with it.
    LoggedOut,
}

/// What to do before a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access<'a> {
    /// Send it with this access token.
    Send {
        /// The access token.
        access_token: &'a AccessToken,
        /// Which one it is, for [`TokenSession::on_success`] and [`TokenSession::on_error`].
        with: SentWith,
        /// Whether it is time to refresh: [`TokenSession::refresh`].
        refresh_due: bool,
    },
    /// The access token does not hold any more: [`TokenSession::refresh`] first.
    RefreshFirst,
    /// The access token does not hold any more, and a refresh is under way: wait for its end.
    Wait,
    /// There is no session any more.
    LoggedOut(LogoutDecision),
}

/// What to do after the error of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unauthorized {
    /// The error is not about the access token: it is the request's own.
    Other,
    /// Send the request again, with the access token that has come since.
    SendAgain,
    /// Refresh, then send the request again.
    Refresh,
    /// A refresh is under way: wait for its end, then send the request again.
    Wait,
    /// The session has ended.
    LoggedOut(LogoutDecision),
}

/// What to do after a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterRefresh {
    /// Store [`TokenSession::tokens`], then go on with them.
    Store,
    /// Try again: the refresh token still holds. At once, or after so many milliseconds.
    TryAgain {
        /// How long to wait, where the server says so.
        after_ms: Option<u64>,
    },
    /// The session has ended.
    LoggedOut(LogoutDecision),
    /// Nothing: this refresh was given up before.
    Ignored,
}

/// A refresh that is under way. Whatever becomes of it has to be told: [`TokenSession::on_refreshed`],
/// [`TokenSession::on_refresh_error`] or [`TokenSession::on_refresh_lost`].
#[derive(Debug)]
pub struct Refresh {
    token: RefreshToken,
    number: u64,
    of_previous: bool,
}

impl Refresh {
    /// Returns the refresh token to send.
    #[must_use]
    pub fn refresh_token(&self) -> &RefreshToken {
        &self.token
    }
}

/// The tokens of a session through their life, for many requests at a time.
///
/// One refresh is under way at most. A request that failed with an access token that has been replaced since is sent
/// again, with no further refresh. The old refresh token is kept until the new tokens have been used with success: a
/// server takes it until then, so that it helps where the new ones turn out to be unknown.
///
/// Source: MSC2918;
/// [refreshing access tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
///
/// ```
/// use http::StatusCode;
/// use matrix_api::{MatrixError, session::{Access, AfterRefresh, RefreshedTokens, TokenSession, Tokens, Unauthorized}};
///
/// let tokens = |body| serde_json::from_str::<RefreshedTokens>(body);
/// let login = r#"{"access_token": "old", "refresh_token": "aaaabbbbccccdddd", "expires_in_ms": 60000}"#;
/// let mut session = TokenSession::new(Tokens::new(tokens(login)?, 0));
/// let Access::Send { with, .. } = session.access(1_000) else { return Err("no access".into()) };
///
/// let expired = MatrixError::from_body(StatusCode::UNAUTHORIZED, br#"{"errcode": "M_UNKNOWN_TOKEN", "error": ""}"#);
/// assert_eq!(session.on_error(with, &expired), Unauthorized::Refresh);
/// let refresh = session.refresh().ok_or("no refresh token")?;
/// let answer = r#"{"access_token": "xxxxyyyyzzz", "expires_in_ms": 60000, "refresh_token": "eeeeffffgggghhhh"}"#;
/// assert_eq!(session.on_refreshed(refresh, tokens(answer)?, 2_000), AfterRefresh::Store);
///
/// // Another request that was sent with the old token: its error is no reason to refresh again.
/// assert_eq!(session.on_error(with, &expired), Unauthorized::SendAgain);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TokenSession {
    tokens: Tokens,
    /// How many access tokens there were before this one.
    generation: u64,
    /// Whether a server has refused the access token.
    refused: bool,
    /// The refresh token before this one, until the new tokens are known to be good.
    previous: Option<RefreshToken>,
    /// Whether the current refresh token was refused, so that the previous one is next.
    falls_back: bool,
    /// How many refreshes there were, and whether the last is under way.
    refreshes: u64,
    under_way: bool,
    ended: Option<LogoutDecision>,
}

impl TokenSession {
    /// Begins with the tokens of a login, or with stored ones.
    #[must_use]
    pub fn new(tokens: Tokens) -> Self {
        Self {
            tokens,
            generation: 0,
            refused: false,
            previous: None,
            falls_back: false,
            refreshes: 0,
            under_way: false,
            ended: None,
        }
    }

    /// Begins with stored tokens and the stored refresh token before them: see
    /// [`previous_refresh_token`](Self::previous_refresh_token).
    #[must_use]
    pub fn with_previous(tokens: Tokens, previous: Option<RefreshToken>) -> Self {
        Self { previous, ..Self::new(tokens) }
    }

    /// Returns the tokens, to be stored.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Returns the refresh token before the current one, while it may still be needed: to be stored as well.
    #[must_use]
    pub fn previous_refresh_token(&self) -> Option<&RefreshToken> {
        self.previous.as_ref()
    }

    /// Returns where the session stands.
    #[must_use]
    pub fn state(&self) -> TokenState {
        match self.ended {
            Some(LogoutDecision::KeepData) => TokenState::SoftLoggedOut,
            Some(_) => TokenState::LoggedOut,
            None if self.under_way => TokenState::Refreshing,
            None => TokenState::Active,
        }
    }

    /// Says what to do before a request at `now_ms`.
    ///
    /// An access token that has expired is used all the same where there is nothing to refresh it with: the server
    /// decides, and says whether what is stored may be kept.
    #[must_use]
    pub fn access(&self, now_ms: u64) -> Access<'_> {
        if let Some(decision) = self.ended {
            return Access::LoggedOut(decision);
        }
        let can_refresh = self.tokens.refresh_token.is_some();
        if can_refresh && (self.refused || self.tokens.is_expired(now_ms)) {
            return if self.under_way { Access::Wait } else { Access::RefreshFirst };
        }
        Access::Send {
            access_token: &self.tokens.access_token,
            with: SentWith(self.generation),
            refresh_due: !self.under_way && self.tokens.is_refresh_due(now_ms),
        }
    }

    /// Begins a refresh; `None` while another is under way, where there is no refresh token, and after the end.
    #[must_use]
    pub fn refresh(&mut self) -> Option<Refresh> {
        if self.under_way || self.ended.is_some() {
            return None;
        }
        let of_previous = self.falls_back && self.previous.is_some();
        let token = if of_previous { &self.previous } else { &self.tokens.refresh_token };
        let token = token.clone()?;
        self.under_way = true;
        self.refreshes = self.refreshes.saturating_add(1);
        Some(Refresh { token, number: self.refreshes, of_previous })
    }

    /// Takes note that a request was answered with a success: when its access token is the current one, the tokens before
    /// it are of no use any more and are wiped.
    pub fn on_success(&mut self, with: SentWith) {
        if with.0 == self.generation {
            self.previous = None;
            self.falls_back = false;
        }
    }

    /// Takes the error of a request other than a refresh.
    #[must_use]
    pub fn on_error(&mut self, with: SentWith, error: &MatrixError) -> Unauthorized {
        let decision = LogoutDecision::of(error, self.tokens.refresh_token.is_some());
        if decision == LogoutDecision::StayLoggedIn {
            return Unauthorized::Other;
        }
        if let Some(decision) = self.ended {
            return Unauthorized::LoggedOut(decision);
        }
        if with.0 != self.generation && !self.refused {
            return Unauthorized::SendAgain;
        }
        match decision {
            LogoutDecision::Refresh => {
                self.refused = true;
                if self.under_way { Unauthorized::Wait } else { Unauthorized::Refresh }
            }
            decision => {
                self.end(decision);
                Unauthorized::LoggedOut(decision)
            }
        }
    }

    /// Takes the response of a refresh, received at `now_ms`.
    #[must_use]
    pub fn on_refreshed(&mut self, refresh: Refresh, tokens: RefreshedTokens, now_ms: u64) -> AfterRefresh {
        if !self.finish(&refresh) {
            return AfterRefresh::Ignored;
        }
        let mut tokens = Tokens::new(tokens, now_ms);
        match &tokens.refresh_token {
            Some(token) if *token != refresh.token => self.previous = Some(refresh.token),
            // The token stays the same: there is none before it that would be worth keeping.
            _ => {
                tokens.refresh_token = Some(refresh.token);
                self.previous = None;
            }
        }
        self.tokens = tokens;
        self.generation = self.generation.saturating_add(1);
        self.refused = false;
        self.falls_back = false;
        AfterRefresh::Store
    }

    /// Takes the error of a refresh. `now_ms` is the time in milliseconds since the Unix epoch.
    ///
    /// A 401 `M_UNKNOWN_TOKEN` ends the session, softly or not, unless the refresh token before this one may still hold:
    /// then that is tried. Every other error leaves the session as it is.
    #[must_use]
    pub fn on_refresh_error(&mut self, refresh: Refresh, error: &MatrixError, now_ms: u64) -> AfterRefresh {
        if !self.finish(&refresh) {
            return AfterRefresh::Ignored;
        }
        match LogoutDecision::of(error, false) {
            LogoutDecision::KeepData | LogoutDecision::DestroyData
                if self.previous.is_some() && !refresh.of_previous =>
            {
                self.falls_back = true;
                AfterRefresh::TryAgain { after_ms: None }
            }
            decision if decision.is_logged_out() => {
                self.end(decision);
                AfterRefresh::LoggedOut(decision)
            }
            _ => AfterRefresh::TryAgain { after_ms: error.retry_after_ms(now_ms) },
        }
    }

    /// Takes note that no response of a refresh came, or none that could be read. The refresh token still holds.
    pub fn on_refresh_lost(&mut self, refresh: Refresh) -> AfterRefresh {
        if self.finish(&refresh) { AfterRefresh::TryAgain { after_ms: None } } else { AfterRefresh::Ignored }
    }

    /// Gives up the refresh that is under way, whose [`Refresh`] is lost. An answer that comes later is ignored.
    pub fn abandon_refresh(&mut self) {
        self.under_way = false;
    }

    /// Ends the session because the user logs out: `POST /logout` was answered, or will not be.
    pub fn log_out(&mut self) {
        self.end(LogoutDecision::DestroyData);
    }

    fn finish(&mut self, refresh: &Refresh) -> bool {
        let current = self.under_way && refresh.number == self.refreshes && self.ended.is_none();
        if current {
            self.under_way = false;
        }
        current
    }

    /// Ends the session and forgets its tokens.
    fn end(&mut self, decision: LogoutDecision) {
        self.ended = Some(decision);
        self.under_way = false;
        self.previous = None;
        self.tokens.refresh_token = None;
        self.tokens.access_token = AccessToken::new(String::new());
    }
}
