//! Methods that are implemented elsewhere, such as `m.reciprocate.v1`: one message begins them, and both sides are done.

use crate::{
    error::Error,
    flow::Step,
    message::{Message, Start},
    method::Method,
    party_keys::VerifiedKeys,
    ready,
    session::Session,
    state::{self, Refused, State},
    verified::{Done, Outcome, Verified},
};

/// This device has begun a method and waits for the other to say that it is done.
#[derive(Debug)]
pub struct MethodSent {
    session: Session,
    ours: Vec<Method>,
    method: Method,
    verified: VerifiedKeys,
}

state::state!(MethodSent);

impl MethodSent {
    pub(crate) fn new(session: Session, ours: Vec<Method>, method: Method, verified: VerifiedKeys) -> Self {
        Self { session, ours, method, verified }
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the keys that this device has verified by beginning, whatever the other side says.
    pub fn verified(&self) -> &VerifiedKeys {
        &self.verified
    }
}

impl State for MethodSent {
    state::state_items!(MethodSent);

    fn handle(self, message: Message) -> Step {
        match message {
            Message::Done => {
                let done = self.session.done();
                Step::new(Done::new(&self.session, self.verified, Outcome::BothDone), vec![done])
            }
            Message::Start(start) => {
                let (method, ours) = (self.method.clone(), self.ours.clone());
                ready::crossed(self, &method, &ours, start)
            }
            _ => self.unexpected(),
        }
    }
}

/// The other device has begun a method: look at its message, and finish or cancel.
#[derive(Debug)]
pub struct MethodReceived {
    session: Session,
    start: Start,
    other_done: bool,
}

state::state!(MethodReceived);

impl MethodReceived {
    pub(crate) fn new(session: Session, start: Start) -> Self {
        Self { session, start, other_done: false }
    }

    /// Returns the message that began it, with the method's own fields in its content.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// Finishes with the keys that the method has verified, and says so.
    ///
    /// # Errors
    ///
    /// [`Error::WrongParty`] if the keys are not the other side's, with the state given back.
    pub fn finish(mut self, verified: VerifiedKeys, now_ms: i64) -> Result<Step, Refused<Self>> {
        if let Err(error) = verified.check_party(&self.session.other) {
            return Err(Refused::new(self, error));
        }
        self.session.touch(now_ms);
        let done = vec![self.session.done()];
        Ok(match self.other_done {
            true => Step::new(Done::new(&self.session, verified, Outcome::BothDone), done),
            false => Step::new(Verified::new(self.session, verified), done),
        })
    }

    /// Returns what speaks against going on with a method of that name.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonMethod`] if another method was begun.
    pub fn check_method(&self, method: &Method) -> Result<(), Error> {
        if self.start.method == *method { Ok(()) } else { Err(Error::NoCommonMethod) }
    }
}

impl State for MethodReceived {
    state::state_items!(MethodReceived);

    /// The other device may be done before this one: some clients don't wait.
    fn handle(mut self, message: Message) -> Step {
        match message {
            Message::Done if !self.other_done => {
                self.other_done = true;
                self.stay()
            }
            _ => self.unexpected(),
        }
    }
}
