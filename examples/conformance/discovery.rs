//! Ops about finding servers and what they support.

use std::hint::black_box;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_discovery::{
    CacheHeaders, CertificateName, Connect, Discover, Discovered, Error, HttpResponse, HttpUrl,
    IntegrationManager, Resolve, Route, SrvRecord, SrvTarget, failure_ttl_s, keeps_result, result_ttl_s,
};
use matrix_identifiers::{OwnedServerName, ServerName};

use crate::{
    Answer,
    fields::{Failure, bad, boolean, integer, number, ok, text, utf8},
};

/// What the world answers: one response for `.well-known`, and the records that there are.
struct World {
    name: OwnedServerName,
    well_known: Option<(u16, String)>,
    srv: Vec<(String, Vec<SrvRecord>)>,
}

pub(crate) fn resolve_server(request: &Object) -> Result<Answer, Failure> {
    let name = text(request, "server_name")?;
    let name = ServerName::parse(name)
        .map_err(|source| Error::InvalidServerName { name: name.to_owned(), source })?
        .to_owned();
    let well_known = match request.get("well_known") {
        None | Some(Value::Null) => None,
        Some(Value::Object(response)) => small(response, "status")?.map(|status| (status, body(response))),
        Some(_) => return Err(bad("well_known", "an object or null")),
    };
    let srv = match request.get("srv") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(answers)) => answers
            .iter()
            .map(|(name, records)| Ok((name.to_string(), srv_records(records)?)))
            .collect::<Result<_, Failure>>()?,
        Some(_) => return Err(bad("srv", "an object")),
    };
    let world = World { name, well_known, srv };
    let mut asked = Vec::new();
    let route = world.route(&mut asked)?;
    let mut result = described(&route);
    result.insert("io_steps", asked.into_iter().map(Value::from).collect::<Vec<_>>());
    Ok(Answer::new(result, move || _ = black_box(black_box(&world).route(&mut Vec::new()))))
}

impl World {
    fn route(&self, asked: &mut Vec<String>) -> Result<Route, Error> {
        let mut next = Resolve::new(&self.name);
        loop {
            next = match next {
                Resolve::WellKnown(question) => {
                    asked.push(format!("GET {}", question.url()));
                    let response = self.well_known.as_ref();
                    question
                        .answer(response.map(|(status, body)| HttpResponse::new(*status, body.as_bytes())))
                }
                Resolve::Srv(question) => {
                    let name = question.name();
                    asked.push(format!("SRV {name}"));
                    let records = self.srv.iter().find(|(known, _)| *known == name);
                    // The largest number stands for no randomness: the heaviest comes first.
                    question.answer(records.map_or(&[], |(_, records)| records), || u64::MAX)?
                }
                Resolve::Addresses(question) => return Ok(question.route().clone()),
                Resolve::Done(destination) => return Ok(destination.route),
            };
        }
    }
}

/// The text of a body, or the object that it is.
fn body(response: &Object) -> String {
    match response.get("body") {
        Some(Value::String(text)) => text.to_string(),
        Some(Value::Object(object)) => utf8(object.to_canonical()),
        _ => String::new(),
    }
}

fn srv_records(records: &Value) -> Result<Vec<SrvRecord>, Failure> {
    let wrong = || bad("srv", "an object of lists of records");
    let records = match records {
        Value::Array(records) => records,
        Value::Null => return Ok(Vec::new()),
        _ => return Err(wrong()),
    };
    records
        .iter()
        .map(|record| {
            let Value::Object(record) = record else { return Err(wrong()) };
            let field = |name: &str| small(record, name)?.ok_or_else(wrong);
            Ok(SrvRecord {
                priority: field("priority")?,
                weight: field("weight")?,
                port: field("port")?,
                target: text(record, "target")?.to_owned(),
            })
        })
        .collect()
}

fn small(object: &Object, name: &str) -> Result<Option<u16>, Failure> {
    let value = integer(object, name)?;
    value.map(|value| u16::try_from(value).map_err(|_| bad(name, "an integer up to 65535"))).transpose()
}

fn described(route: &Route) -> Object {
    let connect = match &route.connect {
        Connect::Ip(address) => ok("ip", address.to_string()),
        Connect::Dns(host) => ok("dns", host.as_str()),
        Connect::Srv(targets) => ok("srv", targets.iter().map(target).collect::<Vec<_>>()),
    };
    let tls = match &route.certificate {
        CertificateName::Dns(name) => ok("dns", name.as_str()),
        CertificateName::Ip(address) => ok("ip", address.to_string()),
    };
    let mut result = ok("step", route.step.as_str());
    result.insert("connect", connect);
    result.insert("port", number(route.port.into()));
    result.insert("host_header", route.host_header.as_str());
    result.insert("tls", tls);
    result
}

fn target(target: &SrvTarget) -> Value {
    let mut object = ok("dns", target.host.as_str());
    object.insert("port", number(target.port.into()));
    object.insert("priority", number(target.priority.into()));
    object.insert("weight", number(target.weight.into()));
    object.into()
}

pub(crate) fn cache(request: &Object) -> Result<Answer, Failure> {
    if let Some(left_s) = unsigned(request, "cached_ttl_left_s")? {
        // What is no status, as `timeout`, is no response.
        let status = match request.get("refetch") {
            Some(Value::String(status)) => status.parse().ok(),
            _ => small(request, "refetch")?,
        };
        let keep = keeps_result(left_s, status);
        return Ok(Answer::new(ok("keep", keep), move || {
            _ = black_box(keeps_result(left_s, black_box(status)))
        }));
    }
    let now_s = unsigned(request, "now")?.ok_or_else(|| bad("now", "a number of seconds"))?;
    let valid = integer(request, "status")? == Some(200) && boolean(request, "valid_body")?.unwrap_or(false);
    let headers = match request.get("headers") {
        None | Some(Value::Null) => Object::new(),
        Some(Value::Object(headers)) => headers.clone(),
        Some(_) => return Err(bad("headers", "an object")),
    };
    let values = ["cache-control", "expires", "date", "age"].map(|name| header(&headers, name));
    let ttl_s = move || {
        let [cache_control, expires, date, age] = values.each_ref().map(Option::as_deref);
        let headers = CacheHeaders { cache_control, expires, date, age };
        if valid { result_ttl_s(now_s, &headers) } else { failure_ttl_s(now_s, &headers, 1) }
    };
    let mut result = ok("ttl_s", number(i64::try_from(ttl_s()).unwrap_or(i64::MAX)));
    result.insert("of", if valid { "result" } else { "failure" });
    Ok(Answer::new(result, move || _ = black_box(ttl_s())))
}

fn unsigned(request: &Object, name: &str) -> Result<Option<u64>, Failure> {
    let value = integer(request, name)?;
    value.map(|value| u64::try_from(value).map_err(|_| bad(name, "a number of seconds"))).transpose()
}

/// The value of a header, several joined by commas.
fn header(headers: &Object, wanted: &str) -> Option<String> {
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    match value {
        Value::String(value) => Some(value.to_string()),
        Value::Array(values) => {
            Some(values.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(", "))
        }
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(crate) fn client(request: &Object) -> Result<Answer, Failure> {
    let status = small(request, "status")?;
    let body = body(request);
    let homeserver_ok = boolean(request, "homeserver_versions_ok")?.unwrap_or(false);
    let identity_ok = boolean(request, "identity_v2_ok")?.unwrap_or(false);
    let found = discover(status, &body, homeserver_ok, identity_ok);
    let url = |url: &Option<HttpUrl>| url.as_ref().map_or(Value::Null, |url| url.as_str().into());
    let mut result = ok("action", found.action.as_str());
    result.insert("homeserver", url(&found.homeserver));
    result.insert("identity_server", url(&found.identity_server));
    let document = Object::parse(body.as_bytes(), Mode::Lenient);
    if document.is_ok_and(|document| document.contains_key("m.integrations")) {
        let manager = |manager: &IntegrationManager| {
            let mut object = ok("api_url", manager.api_url.as_str());
            object.insert("ui_url", manager.ui_url.as_str());
            Value::from(object)
        };
        let managers: Vec<Value> = found.integration_managers.iter().map(manager).collect();
        result.insert("integration_managers", managers);
    }
    Ok(Answer::new(result, move || {
        _ = black_box(discover(black_box(status), &body, homeserver_ok, identity_ok));
    }))
}

fn discover(status: Option<u16>, body: &str, homeserver_ok: bool, identity_ok: bool) -> Discovered {
    let check = |good: bool, body: &'static [u8]| HttpResponse::new(if good { 200 } else { 500 }, body);
    let mut next = Discover::from_input("example.org");
    loop {
        next = match next {
            Discover::WellKnown(question) => {
                question.answer(status.map(|status| HttpResponse::new(status, body.as_bytes())))
            }
            Discover::Homeserver(question) => {
                question.answer(Some(check(homeserver_ok, br#"{"versions": ["v1.1"]}"#)))
            }
            Discover::IdentityServer(question) => question.answer(Some(check(identity_ok, b"{}"))),
            Discover::Done(found) => return *found,
        };
    }
}
