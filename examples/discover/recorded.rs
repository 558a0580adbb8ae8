//! Answers from a file.

use std::net::IpAddr;

use matrix_discovery::SrvRecord;
use serde_json::Value;

use crate::network::{Network, Reply};

const SAMPLE: &str = include_str!("../data/discovery/answers.json");

/// Names, and what the world said when they were looked up.
pub(crate) struct Recorded(Value);

impl Recorded {
    pub(crate) fn sample() -> Result<Self, String> {
        serde_json::from_str(SAMPLE).map(Self).map_err(|error| error.to_string())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list("names").iter().filter_map(Value::as_str)
    }

    fn list(&self, field: &str) -> &[Value] {
        self.0.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    fn answer(&self, kind: &str, question: &str) -> Option<&Value> {
        self.0.get(kind)?.get(question)
    }
}

impl Network for Recorded {
    async fn get(&self, url: &str) -> Result<Reply, String> {
        let answer = self.answer("get", url).ok_or("no answer")?;
        let text = |field: &str| answer.get(field).and_then(Value::as_str).map(str::to_owned);
        let status =
            answer.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        Ok(Reply {
            status: status.ok_or("no status")?,
            location: text("location"),
            cache_control: text("cache_control"),
            body: answer.get("body").map(Value::to_string).unwrap_or_default().into_bytes(),
            ..Reply::default()
        })
    }

    async fn srv(&self, name: &str) -> Result<Vec<SrvRecord>, String> {
        let records = self.answer("srv", name).and_then(Value::as_array).into_iter().flatten();
        records.map(|record| read_record(record).ok_or_else(|| format!("bad record {record}"))).collect()
    }

    async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        let addresses = self.answer("addresses", host).and_then(Value::as_array).into_iter().flatten();
        let address = |address: &Value| address.as_str()?.parse().ok();
        addresses.map(|text| address(text).ok_or_else(|| format!("bad address {text}"))).collect()
    }
}

/// Reads a record as zone files write it: priority, weight, port, target.
fn read_record(record: &Value) -> Option<SrvRecord> {
    let mut fields = record.as_str()?.split(' ');
    let mut number = || fields.next()?.parse().ok();
    let (priority, weight, port) = (number()?, number()?, number()?);
    Some(SrvRecord { priority, weight, port, target: fields.next()?.to_owned() })
}
