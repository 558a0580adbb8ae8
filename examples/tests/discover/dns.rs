//! A name server that knows a few records.

use std::net::{SocketAddr, UdpSocket};

/// A record: its name, its type and its data as they are sent.
pub(crate) struct Record {
    name: Vec<u8>,
    kind: u16,
    data: Vec<u8>,
}

const A: u16 = 1;
const SRV: u16 = 33;

/// The address 127.0.0.1.
pub(crate) fn a(name: &str) -> Record {
    Record { name: encoded(name), kind: A, data: vec![127, 0, 0, 1] }
}

pub(crate) fn srv(name: &str, priority: u16, weight: u16, port: u16, target: &str) -> Record {
    let mut data: Vec<u8> = [priority, weight, port].into_iter().flat_map(u16::to_be_bytes).collect();
    data.extend(encoded(target));
    Record { name: encoded(name), kind: SRV, data }
}

/// A name as labels, each after its length; the empty name is the root.
fn encoded(name: &str) -> Vec<u8> {
    let labels = name.split('.').filter(|label| !label.is_empty());
    let mut bytes: Vec<u8> =
        labels.flat_map(|label| [&[u8::try_from(label.len()).unwrap()], label.as_bytes()].concat()).collect();
    bytes.push(0);
    bytes
}

/// Answers on a free port of loopback for as long as the test runs.
pub(crate) fn start(records: Vec<Record>) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut query = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut query) {
            if let Some(response) = answer(&query[..length], &records) {
                _ = socket.send_to(&response, from);
            }
        }
    });
    address
}

fn answer(query: &[u8], records: &[Record]) -> Option<Vec<u8>> {
    let question = query.get(12..)?;
    let end = question.iter().position(|&byte| byte == 0)? + 1;
    let name = question.get(..end)?.to_ascii_lowercase();
    let kind = u16::from_be_bytes(question.get(end..end + 2)?.try_into().ok()?);
    let named = || records.iter().filter(|record| record.name == name);
    let found: Vec<&Record> = named().filter(|record| record.kind == kind).collect();
    // An authoritative answer: NXDOMAIN unless there is something of that name.
    let code = if named().next().is_some() { 0 } else { 3 };
    let mut response = query.get(..2)?.to_vec();
    response.extend([0x85, 0x80 | code, 0, 1, 0, u8::try_from(found.len()).ok()?, 0, 0, 0, 0]);
    response.extend(question.get(..end + 4)?);
    for record in found {
        // The name is that of the question, at byte 12; class IN; good for a minute.
        response.extend([0xC0, 12]);
        response.extend(record.kind.to_be_bytes());
        response.extend([0, 1, 0, 0, 0, 60]);
        response.extend(u16::try_from(record.data.len()).ok()?.to_be_bytes());
        response.extend(&record.data);
    }
    Some(response)
}
