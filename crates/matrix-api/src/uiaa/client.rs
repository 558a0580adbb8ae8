//! The client's side.

use serde_json::Value;

use super::{Answer, AuthData, Flow, Stage, UiaaInfo};
use crate::MatrixError;

/// What a client can do about a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ability {
    /// It knows the type, and answers itself.
    Native,
    /// It can show the server's page in a browser.
    Fallback,
    /// Nothing.
    None,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next<'a> {
    /// Answer for this stage: [`UserInteractiveAuth::answer`].
    Answer {
        /// The stage.
        stage: &'a Stage,
        /// What the server says that is needed to know.
        params: Option<&'a Value>,
    },
    /// Show the page for this stage in a browser: [`fallback_url`](super::fallback_url), or
    /// [`UiaaInfo::oauth_url`] for [`Stage::OAuth`]. When the page is done, [`UserInteractiveAuth::resubmit`].
    Fallback {
        /// The stage.
        stage: &'a Stage,
    },
    /// Nothing is left to prove: [`UserInteractiveAuth::resubmit`].
    Resubmit,
    /// There is no flow that this client can complete.
    Stuck,
}

/// How a request with `auth` ended, other than by a success.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There is more to prove. See [`UserInteractiveAuth::failures`] for whether the last attempt counted.
    Continue(UserInteractiveAuth),
    /// The request was refused for another reason, and the session is of no use any more.
    Refused(MatrixError),
}

/// The authentication of one request, on the client's side.
///
/// It belongs to that request: a server takes a session for no other.
///
/// ```
/// use http::StatusCode;
/// use matrix_api::{MatrixError, uiaa::{Ability, Next, Stage, UserInteractiveAuth}};
///
/// let body = br#"{"flows": [{"stages": ["m.login.sso"]}], "params": {}, "session": "dTKfsLHSAJeAhqfxUsvrIVJd"}"#;
/// let error = MatrixError::from_body(StatusCode::UNAUTHORIZED, body);
/// let mut auth = UserInteractiveAuth::begin(&error).ok_or("another error")?;
/// assert_eq!(auth.next(|_| Ability::Fallback), Next::Fallback { stage: &Stage::Sso });
/// let sent = serde_json::to_string(&auth.resubmit())?;
/// assert_eq!(sent, r#"{"session":"dTKfsLHSAJeAhqfxUsvrIVJd"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct UserInteractiveAuth {
    info: UiaaInfo,
    chosen: Option<Flow>,
    failures: u32,
}

impl UserInteractiveAuth {
    /// Begins with the error of a request without `auth`; `None` when it does not ask for authentication.
    #[must_use]
    pub fn begin(error: &MatrixError) -> Option<Self> {
        let info = UiaaInfo::of(error)?;
        Some(Self { info, chosen: None, failures: 0 })
    }

    /// Returns what the server said last.
    #[must_use]
    pub fn info(&self) -> &UiaaInfo {
        &self.info
    }

    /// Returns how many attempts in a row have completed no stage. Whoever answers without asking a user should give up
    /// after the first.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Says what comes next, given what the client can do about each stage.
    ///
    /// Of the flows that it can complete, it follows the one that needs a browser least often, of these the one with the
    /// fewest stages left, of these the first; and stays with it while that flow is on offer. Single sign-on always needs
    /// a browser (MSC2454), and so does [`Stage::OAuth`].
    pub fn next(&mut self, ability: impl Fn(&Stage) -> Ability) -> Next<'_> {
        let ability = |stage: &Stage| match ability(stage) {
            Ability::Native if stage.needs_browser() => Ability::Fallback,
            ability => ability,
        };
        let can = |flow: &Flow| self.info.remaining(flow).all(|stage| ability(stage) != Ability::None);
        let kept = self.chosen.take().filter(|flow| self.info.flows.contains(flow) && can(flow));
        let cost = |flow: &&Flow| {
            let remaining: Vec<Ability> = self.info.remaining(flow).map(ability).collect();
            let pages = remaining.iter().filter(|ability| **ability == Ability::Fallback).count();
            (pages, remaining.len())
        };
        let best = || self.info.flows.iter().filter(|flow| can(flow)).min_by_key(cost).cloned();
        self.chosen = kept.or_else(best);
        let Some(flow) = &self.chosen else { return Next::Stuck };
        match self.info.remaining(flow).next() {
            None => Next::Resubmit,
            Some(stage) if ability(stage) == Ability::Native => {
                Next::Answer { stage, params: self.info.params.get(stage) }
            }
            Some(stage) => Next::Fallback { stage },
        }
    }

    /// Makes the `auth` of the next request from the answer for a stage.
    #[must_use]
    pub fn answer(&self, answer: Answer) -> AuthData {
        AuthData { session: self.info.session.clone(), answer: Some(answer) }
    }

    /// Makes the `auth` of the next request where a stage was completed in a browser, or nothing is left: only the
    /// session.
    #[must_use]
    pub fn resubmit(&self) -> AuthData {
        AuthData::resubmit(self.info.session.as_deref())
    }

    /// Takes the error of a request with `auth`.
    #[must_use]
    pub fn on_error(self, error: &MatrixError) -> Outcome {
        let Some(mut info) = UiaaInfo::of(error) else { return Outcome::Refused(error.clone()) };
        let progress = info.completed.len() > self.info.completed.len();
        info.session = info.session.or(self.info.session);
        let failures = if progress { 0 } else { self.failures.saturating_add(1) };
        Outcome::Continue(Self { info, chosen: self.chosen, failures })
    }
}
