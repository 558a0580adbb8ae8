//! The state machine of a look-up.

use std::collections::BTreeMap;

use matrix_identifiers::{OwnedUserId, UserId};
use serde_json::json;

use crate::{
    Algorithm, Error, HashDetails, Pepper, Response, ThirdPartyId, json, lookup_value,
    response::MAX_RESPONSE_BYTES,
};

/// How many third-party identifiers are looked up at once.
pub const MAX_LOOKUP_ADDRESSES: usize = 10_000;

/// A look-up of the Matrix users behind third-party identifiers: what it needs next, or where it ended.
///
/// Each question is consumed by its answer. A refused pepper (`M_INVALID_PEPPER`) is answered once by trying again with
/// what the error names. Plain text is never sent before [`Consent`](Self::Consent) was given, also where a server
/// that offered hashes asks for plain text later.
///
/// Source: MSC2134; [association lookup](https://spec.matrix.org/v1.19/identity-service-api/#association-lookup).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Asks the server how it wants to be asked.
    HashDetails(HashDetailsQuery),
    /// Asks the user whether addresses may be sent in plain text.
    Consent(ConsentQuery),
    /// Asks the server.
    Send(LookupQuery),
    /// The end.
    Done(Found),
}

/// The end of a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The users found. An identifier that is missing has none.
    pub users: BTreeMap<ThirdPartyId, OwnedUserId>,
    /// The details that held, to begin the next look-up with; none when there was nothing to ask.
    pub details: Option<HashDetails>,
}

/// What a look-up is about and what it has been through.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    ids: Vec<ThirdPartyId>,
    consented: bool,
    retried: bool,
}

impl Lookup {
    /// Begins a look-up.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyAddresses`] beyond [`MAX_LOOKUP_ADDRESSES`].
    pub fn new(ids: impl IntoIterator<Item = ThirdPartyId>) -> Result<Self, Error> {
        let mut ids: Vec<ThirdPartyId> = ids.into_iter().collect();
        ids.sort();
        ids.dedup();
        let (count, max) = (ids.len(), MAX_LOOKUP_ADDRESSES);
        if count > max {
            return Err(Error::TooManyAddresses { count, max });
        }
        if ids.is_empty() {
            return Ok(Self::Done(Found { users: BTreeMap::new(), details: None }));
        }
        Ok(Self::HashDetails(HashDetailsQuery { state: State { ids, consented: false, retried: false } }))
    }
}

impl State {
    /// Goes on with an algorithm, unless the user has to be asked first.
    fn with(self, algorithm: Algorithm, details: HashDetails) -> Lookup {
        if algorithm == Algorithm::None && !self.consented {
            return Lookup::Consent(ConsentQuery { state: self, details });
        }
        let values =
            self.ids.iter().map(|id| (lookup_value(id, algorithm, &details.pepper), id.clone())).collect();
        Lookup::Send(LookupQuery { state: self, algorithm, details, values })
    }
}

/// Asks for `GET /_matrix/identity/v2/hash_details`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashDetailsQuery {
    state: State,
}

impl HashDetailsQuery {
    /// The path of the request, which has the method GET and needs authentication.
    pub const PATH: &'static str = "/_matrix/identity/v2/hash_details";

    /// Takes the response, or `None` when the request failed.
    ///
    /// # Errors
    ///
    /// What the response says (see [`Response::success`]), what is wrong with its body, or
    /// [`Error::NoCommonAlgorithm`].
    pub fn answer(self, response: Option<Response<'_>>) -> Result<Lookup, Error> {
        let body = response.ok_or(Error::NoResponse)?.success()?;
        self.answer_from_cache(HashDetails::parse(body)?)
    }

    /// Takes details that are known from before.
    ///
    /// # Errors
    ///
    /// [`Error::NoCommonAlgorithm`].
    pub fn answer_from_cache(self, details: HashDetails) -> Result<Lookup, Error> {
        let algorithm = details.negotiate()?;
        Ok(self.state.with(algorithm, details))
    }
}

/// Asks whether the addresses may be sent in plain text: the server takes no hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentQuery {
    state: State,
    details: HashDetails,
}

impl ConsentQuery {
    /// Returns what would be sent in plain text.
    #[must_use]
    pub fn addresses(&self) -> &[ThirdPartyId] {
        &self.state.ids
    }

    /// Goes on with the user's consent.
    #[must_use]
    pub fn accept(self) -> Lookup {
        let state = State { consented: true, ..self.state };
        state.with(Algorithm::None, self.details)
    }

    /// Ends the look-up: [`Error::PlainTextDeclined`].
    #[must_use]
    pub fn decline(self) -> Error {
        Error::PlainTextDeclined
    }
}

/// Asks for `POST /_matrix/identity/v2/lookup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupQuery {
    state: State,
    algorithm: Algorithm,
    details: HashDetails,
    values: BTreeMap<String, ThirdPartyId>,
}

impl LookupQuery {
    /// The path of the request, which has the method POST and needs authentication.
    pub const PATH: &'static str = "/_matrix/identity/v2/lookup";

    /// Returns the algorithm that is used.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Returns the body of the request, JSON. The pepper is part of it, also for plain text.
    #[must_use]
    pub fn body(&self) -> String {
        let addresses: Vec<&String> = self.values.keys().collect();
        let (algorithm, pepper) = (self.algorithm.as_str(), self.details.pepper.as_str());
        json!({"addresses": addresses, "algorithm": algorithm, "pepper": pepper}).to_string()
    }

    /// Takes the response, or `None` when the request failed.
    ///
    /// # Errors
    ///
    /// What the response says (see [`Response::success`]), what is wrong with its body, and
    /// [`Error::PepperRefusedTwice`].
    pub fn answer(self, response: Option<Response<'_>>) -> Result<Lookup, Error> {
        let response = response.ok_or(Error::NoResponse)?;
        if response.status == 400 && response.errcode().as_deref() == Some("M_INVALID_PEPPER") {
            return self.retry(response);
        }
        let users = parse_mappings(response.success()?, &self.values)?;
        Ok(Lookup::Done(Found { users, details: Some(self.details) }))
    }

    /// Goes on with the algorithm and pepper that the error names, or asks for them when it names none.
    fn retry(self, response: Response<'_>) -> Result<Lookup, Error> {
        if self.state.retried {
            return Err(Error::PepperRefusedTwice);
        }
        let state = State { retried: true, ..self.state };
        let fields = json::read(response.body, MAX_RESPONSE_BYTES)?;
        let (Ok(algorithm), Ok(pepper)) =
            (json::text(&fields, "algorithm"), json::text(&fields, "lookup_pepper"))
        else {
            return Ok(Lookup::HashDetails(HashDetailsQuery { state }));
        };
        let (algorithm, pepper) = (Algorithm::parse(algorithm)?, Pepper::parse(pepper)?);
        Ok(state.with(algorithm, HashDetails { pepper, algorithms: vec![algorithm] }))
    }
}

/// Reads a response of `/lookup`. Values that were not asked for and users that are none are passed over.
fn parse_mappings(
    body: &[u8],
    asked: &BTreeMap<String, ThirdPartyId>,
) -> Result<BTreeMap<ThirdPartyId, OwnedUserId>, Error> {
    let fields = json::read(body, MAX_RESPONSE_BYTES)?;
    let mappings = json::object(&fields, "mappings")?.iter();
    let users = mappings.filter_map(|(value, user)| {
        let user = UserId::parse(user.as_str()?).ok()?;
        Some((asked.get(value)?.clone(), user.to_owned()))
    });
    Ok(users.collect())
}
