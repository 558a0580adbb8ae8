//! The 401 that asks for authentication.

use std::collections::BTreeMap;

use http::StatusCode;
use matrix_discovery::HttpUrl;
use serde_json::{Value, json};

use super::Stage;
use crate::{Errcode, MatrixError};

/// One way to authenticate: stages, to be completed in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The stages.
    pub stages: Vec<Stage>,
}

/// What a server asks for: the body of its 401.
///
/// Source: [user-interactive API](https://spec.matrix.org/v1.19/client-server-api/#user-interactive-api-in-the-rest-api).
///
/// ```
/// use http::StatusCode;
/// use matrix_api::{MatrixError, uiaa::{Stage, UiaaInfo}};
///
/// let body = br#"{"flows": [{"stages": ["m.login.sso"]}], "params": {}, "session": "dTKfsLHSAJeAhqfxUsvrIVJd"}"#;
/// let error = MatrixError::from_body(StatusCode::UNAUTHORIZED, body);
/// let info = UiaaInfo::of(&error).ok_or("another error")?;
/// assert_eq!(info.flows[0].stages, [Stage::Sso]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UiaaInfo {
    /// The flows, any of which will do.
    pub flows: Vec<Flow>,
    /// The stages that are completed.
    pub completed: Vec<Stage>,
    /// What is needed to know for a stage.
    pub params: BTreeMap<Stage, Value>,
    /// The session, to be sent back with every attempt.
    pub session: Option<String>,
    /// Why the last attempt failed, if it did.
    pub errcode: Option<Errcode>,
    /// The same for people.
    pub error: Option<String>,
    /// Every other field of the body.
    pub fields: BTreeMap<String, Value>,
}

impl UiaaInfo {
    /// Reads a 401 that offers flows; `None` when the error is another.
    ///
    /// A flow that is no list of names is left out: nobody could complete it.
    #[must_use]
    pub fn of(error: &MatrixError) -> Option<Self> {
        if error.status != StatusCode::UNAUTHORIZED {
            return None;
        }
        let mut fields = error.fields.clone();
        let flows = fields.get("flows")?.as_array()?.iter().filter_map(flow).collect();
        let completed = fields.get("completed").and_then(stages).unwrap_or_default();
        let params = fields.get("params").and_then(Value::as_object).into_iter().flatten();
        let params = params.map(|(stage, params)| (Stage::from(stage.as_str()), params.clone())).collect();
        let session = fields.get("session").and_then(Value::as_str).map(str::to_owned);
        for field in ["flows", "completed", "params", "session"] {
            fields.remove(field);
        }
        let (errcode, error) = (error.errcode.clone(), error.error.clone());
        Some(Self { flows, completed, params, session, errcode, error, fields })
    }

    /// Returns the URL of the page to show for [`Stage::OAuth`]; `None` where the server gives none of the web.
    ///
    /// Source: [OAuth authentication](https://spec.matrix.org/v1.19/client-server-api/#oauth-authentication).
    #[must_use]
    pub fn oauth_url(&self) -> Option<HttpUrl> {
        HttpUrl::parse(self.params.get(&Stage::OAuth)?.get("url")?.as_str()?).ok()
    }

    /// Makes the 401.
    #[must_use]
    pub fn to_error(&self) -> MatrixError {
        let mut fields = self.fields.clone();
        let flows: Vec<Value> = self.flows.iter().map(|flow| json!({"stages": flow.stages})).collect();
        fields.insert("flows".to_owned(), flows.into());
        if !self.completed.is_empty() {
            fields.insert("completed".to_owned(), json!(self.completed));
        }
        let params = self.params.iter().map(|(stage, params)| (stage.as_str().to_owned(), params.clone()));
        fields.insert("params".to_owned(), Value::Object(params.collect()));
        if let Some(session) = &self.session {
            fields.insert("session".to_owned(), json!(session));
        }
        MatrixError {
            status: StatusCode::UNAUTHORIZED,
            errcode: self.errcode.clone(),
            error: self.error.clone(),
            fields,
            retry_after: None,
        }
    }

    /// Tells whether the stages of a flow are all completed: then a server does what it was asked to.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.flows.iter().any(|flow| self.remaining(flow).next().is_none())
    }

    /// Returns the stages of a flow that are not completed yet, in their order.
    pub fn remaining<'a>(&self, flow: &'a Flow) -> impl Iterator<Item = &'a Stage> {
        let mut completed: Vec<&Stage> = self.completed.iter().collect();
        let open = flow.stages.iter().map(|stage| match completed.iter().position(|done| *done == stage) {
            // A stage that a flow has twice has to be completed twice.
            Some(place) => {
                completed.swap_remove(place);
                None
            }
            None => Some(stage),
        });
        open.collect::<Vec<_>>().into_iter().flatten()
    }

    /// Notes a stage as completed, for a server. `false`, and nothing noted, unless the stage comes next in a flow whose
    /// stages before it are completed.
    pub fn complete(&mut self, stage: &Stage) -> bool {
        let comes_next = self.flows.iter().any(|flow| self.remaining(flow).next() == Some(stage));
        if comes_next {
            self.completed.push(stage.clone());
        }
        comes_next
    }
}

fn flow(flow: &Value) -> Option<Flow> {
    Some(Flow { stages: stages(flow.get("stages")?)? })
}

fn stages(list: &Value) -> Option<Vec<Stage>> {
    list.as_array()?.iter().map(|name| name.as_str().map(Stage::from)).collect()
}
