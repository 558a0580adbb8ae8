//! Terms of service: what a server asks for, what was agreed to, and what is still to be.
//!
//! Source: MSC2140; [terms of service](https://spec.matrix.org/v1.19/identity-service-api/#terms-of-service).

use core::iter::successors;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    Error,
    json::{self, JsonObject},
    response::MAX_RESPONSE_BYTES,
};

/// A document in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What to call it; its URL where the server says nothing.
    pub name: String,
    /// Where to read it. The URL stands for the document, its version and its language.
    pub url: String,
}

/// A document that has to be agreed to, in the languages that there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What the server calls it: `terms_of_service`, `privacy_policy` or anything else.
    pub id: String,
    /// Its version, for people to read.
    pub version: Option<String>,
    /// The document by language; at least one.
    pub documents: BTreeMap<String, Document>,
}

impl Policy {
    /// Tells whether the document was agreed to, in whichever language.
    #[must_use]
    pub fn is_accepted(&self, accepted: &AcceptedTerms) -> bool {
        self.documents.values().any(|document| accepted.contains(&document.url))
    }

    /// Chooses the language: the first of `languages` that there is, as it is or shortened at its hyphens from behind
    /// (`en` for `en-GB`), otherwise English, otherwise the first by name.
    #[must_use]
    pub fn document(&self, languages: &[&str]) -> Option<&Document> {
        let mut acceptable = languages.iter().flat_map(|language| ever_shorter(language));
        let found = acceptable.find_map(|language| self.documents.get(language));
        found.or_else(|| self.documents.get("en")).or_else(|| self.documents.values().next())
    }
}

/// A language tag, and what is left of it when one subtag after another is dropped from behind.
fn ever_shorter(tag: &str) -> impl Iterator<Item = &str> {
    successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}

/// The documents that a server asks to be agreed to: the response of `GET …/terms`, which needs no authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The documents, sorted by what the server calls them.
    pub policies: Vec<Policy>,
}

impl Terms {
    /// Reads a response body. Languages without a URL are left out, and so is a document without any language: there
    /// would be nothing to read and nothing to agree to.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object or has no object `policies`.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let fields = json::read(body, MAX_RESPONSE_BYTES)?;
        let policies = json::object(&fields, "policies")?.iter();
        let mut policies: Vec<Policy> =
            policies.filter_map(|(id, policy)| read_policy(id, policy.as_object()?)).collect();
        policies.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(Self { policies })
    }

    /// Returns the documents that are still to be agreed to.
    #[must_use]
    pub fn pending(&self, accepted: &AcceptedTerms) -> Vec<&Policy> {
        self.policies.iter().filter(|policy| !policy.is_accepted(accepted)).collect()
    }
}

/// Reads a document: its version stands beside its languages.
fn read_policy(id: &str, fields: &JsonObject) -> Option<Policy> {
    let languages = fields.iter().filter(|(language, _)| *language != "version");
    let documents: BTreeMap<String, Document> = languages
        .filter_map(|(language, document)| {
            let url = document.get("url")?.as_str().filter(|url| !url.is_empty())?;
            let name = document.get("name").and_then(Value::as_str).unwrap_or(url);
            Some((language.clone(), Document { name: name.to_owned(), url: url.to_owned() }))
        })
        .collect();
    let version = match fields.get("version") {
        Some(Value::String(version)) => Some(version.clone()),
        Some(Value::Number(version)) => Some(version.to_string()),
        _ => None,
    };
    (!documents.is_empty()).then(|| Policy { id: id.to_owned(), version, documents })
}

/// What a user has agreed to, with any server: the account data `m.accepted_terms`.
///
/// What else its content holds is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcceptedTerms {
    urls: Vec<String>,
    /// The same URLs, for look-ups: account data may list many.
    known: BTreeSet<String>,
    rest: JsonObject,
}

impl AcceptedTerms {
    /// The type of the account data.
    pub const TYPE: &'static str = "m.accepted_terms";

    /// Reads the content of the account data. What is no array counts as nothing agreed to, and an entry that is no
    /// string as none.
    ///
    /// # Errors
    ///
    /// When the content is no JSON object.
    pub fn parse(content: &[u8]) -> Result<Self, Error> {
        let mut rest = json::read(content, MAX_RESPONSE_BYTES)?;
        let mut accepted = Self::default();
        if let Some(Value::Array(urls)) = rest.remove("accepted") {
            let urls = urls.iter().filter_map(Value::as_str);
            accepted.add(urls.map(str::to_owned));
        }
        accepted.rest = rest;
        Ok(accepted)
    }

    /// Tells whether the document at a URL was agreed to.
    #[must_use]
    pub fn contains(&self, url: &str) -> bool {
        self.known.contains(url)
    }

    /// Returns the URLs, in the order in which they were agreed to.
    #[must_use]
    pub fn urls(&self) -> &[String] {
        &self.urls
    }

    /// Adds documents that were agreed to; those that are there already stay where they are.
    pub fn add(&mut self, urls: impl IntoIterator<Item = String>) {
        for url in urls {
            if self.known.insert(url.clone()) {
                self.urls.push(url);
            }
        }
    }

    /// Writes the content of the account data, JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut content = self.rest.clone();
        content.insert("accepted".to_owned(), json!(self.urls));
        Value::Object(content).to_string()
    }
}
