use std::net::{IpAddr, SocketAddr};

use matrix_discovery::{
    CertificateName, Connect, Error, HttpResponse, MAX_ADDRESSES, MAX_WELL_KNOWN_BYTES, Resolve, Step,
};

use crate::{ok, record, route, server};

fn steps(name: &str, well_known: &str) -> (Step, u16, String, String) {
    let route = route(name, ok(well_known));
    (route.step, route.port, route.host_header, route.certificate.to_string())
}

fn expected(step: Step, port: u16, host: &str, certificate: &str) -> (Step, u16, String, String) {
    (step, port, host.to_owned(), certificate.to_owned())
}

#[test]
fn msc1831_ip_literals_and_ports_ask_for_no_well_known() {
    for (name, step, port, certificate) in [
        ("1.2.3.4", Step::IpLiteral, 8448, "1.2.3.4"),
        ("1.2.3.4:443", Step::IpLiteral, 443, "1.2.3.4"),
        ("[2001:db8::1]", Step::IpLiteral, 8448, "2001:db8::1"),
        ("[2001:db8::1]:1", Step::IpLiteral, 1, "2001:db8::1"),
        ("example.org:80", Step::ExplicitPort, 80, "example.org"),
    ] {
        // The body would delegate; it must never be asked for.
        let found = steps(name, r#"{"m.server": "elsewhere.org"}"#);
        assert_eq!(found, expected(step, port, name, certificate));
    }
    let Resolve::Done(destination) = Resolve::new(server("[::1]:1")) else { panic!() };
    assert_eq!(destination.addresses, ["[::1]:1".parse::<SocketAddr>().unwrap()]);
    assert_eq!(destination.route.well_known, None);
    assert_eq!(destination.route.certificate, CertificateName::Ip("::1".parse().unwrap()));
}

#[test]
fn msc1708_the_delegated_name_goes_through_the_same_steps_and_never_asks_again() {
    for (delegated, step, port, certificate) in [
        ("1.2.3.4", Step::DelegatedIpLiteral, 8448, "1.2.3.4"),
        ("[::1]:9", Step::DelegatedIpLiteral, 9, "::1"),
        ("b.org:443", Step::DelegatedExplicitPort, 443, "b.org"),
        ("b.org", Step::DelegatedFallback, 8448, "b.org"),
        ("example.org", Step::DelegatedFallback, 8448, "example.org"),
    ] {
        let body = format!(r#"{{"m.server": "{delegated}"}}"#);
        assert_eq!(steps("example.org", &body), expected(step, port, delegated, certificate));
    }
}

#[test]
fn msc1711_an_srv_target_changes_neither_host_header_nor_certificate() {
    let Resolve::WellKnown(question) = Resolve::new(server("example.org")) else { panic!() };
    let Resolve::Srv(question) = question.answer(None) else { panic!() };
    let Resolve::Addresses(question) = question.answer(&[record(1, 1, 443, "srv.net.")], || 0).unwrap()
    else {
        panic!()
    };
    let route = question.route();
    assert_eq!((question.host(), question.port(), question.may_be_alias()), ("srv.net", 443, false));
    assert_eq!(route.host_header, "example.org");
    assert_eq!(route.certificate, CertificateName::Dns("example.org".to_owned()));
    assert_eq!(route.well_known, Some(Err(Error::NoResponse)));
}

#[test]
fn the_deprecated_service_is_asked_for_only_when_the_registered_one_is_not_there() {
    for (delegation, steps) in [
        (None, [Step::Srv, Step::DeprecatedSrv, Step::Fallback]),
        (
            ok(r#"{"m.server": "b.org"}"#),
            [Step::DelegatedSrv, Step::DelegatedDeprecatedSrv, Step::DelegatedFallback],
        ),
    ] {
        let host = if delegation.is_some() { "b.org" } else { "example.org" };
        for (place, step) in steps.into_iter().enumerate() {
            let Resolve::WellKnown(question) = Resolve::new(server("example.org")) else { panic!() };
            let mut next = question.answer(delegation);
            let mut asked = Vec::new();
            let route = loop {
                next = match next {
                    Resolve::Srv(question) => {
                        asked.push(question.name());
                        let found = [record(1, 1, 1, "x.net")];
                        let records = if asked.len() == place + 1 { &found[..] } else { &[] };
                        question.answer(records, || 0).unwrap()
                    }
                    Resolve::Addresses(question) => break question.route().clone(),
                    _ => panic!(),
                }
            };
            assert_eq!((route.step, route.step.is_deprecated()), (step, place == 1));
            let services = [format!("_matrix-fed._tcp.{host}"), format!("_matrix._tcp.{host}")];
            assert_eq!(asked, services[..(place + 1).min(2)]);
        }
    }
}

#[test]
fn a_lone_dot_says_that_there_is_no_service() {
    let question = |records: &[_]| {
        let Resolve::WellKnown(question) = Resolve::new(server("example.org")) else { panic!() };
        let Resolve::Srv(question) = question.answer(None) else { panic!() };
        question.answer(records, || 0)
    };
    let error = question(&[record(0, 0, 0, ".")]).unwrap_err();
    assert_eq!(error, Error::ServiceNotAvailable("_matrix-fed._tcp.example.org".to_owned()));
    assert_eq!(error.kind(), "service_not_available");
    let Resolve::Addresses(next) = question(&[record(0, 0, 0, "."), record(0, 0, 1, "a.b.")]).unwrap() else {
        panic!()
    };
    assert_eq!(next.host(), "a.b");
    // What leads nowhere is no record: the next service is asked for.
    for useless in
        [record(0, 0, 0, "a.b"), record(0, 0, 1, ""), record(0, 0, 1, "a b"), record(0, 0, 1, "[::1]")]
    {
        assert!(matches!(question(&[useless]), Ok(Resolve::Srv(_))));
    }
}

#[test]
fn unreadable_well_known_files_count_as_none() {
    let large = format!(r#"{{"m.server": "b.org"{}}}"#, " ".repeat(MAX_WELL_KNOWN_BYTES));
    for (body, kind) in [
        ("", "invalid_json"),
        ("<html>", "invalid_json"),
        ("[]", "invalid_field"),
        ("{}", "missing_field"),
        (r#"{"m.server": 1}"#, "invalid_field"),
        (r#"{"m.server": "b.org:+80"}"#, "invalid_server_name"),
        (r#"{"m.server": " b.org"}"#, "invalid_server_name"),
        (r#"{"m.server": "https://b.org"}"#, "invalid_server_name"),
        (&large, "body_too_large"),
    ] {
        let route = route("example.org", ok(body));
        assert_eq!((route.step, route.host_header.as_str()), (Step::Fallback, "example.org"), "{body:.60}");
        assert_eq!(route.well_known.unwrap().unwrap_err().kind(), kind, "{body:.60}");
    }
    let exact = format!(r#"{{"m.server": "b.org"{}}}"#, " ".repeat(MAX_WELL_KNOWN_BYTES - 21));
    assert_eq!(exact.len(), MAX_WELL_KNOWN_BYTES);
    assert_eq!(route("example.org", ok(&exact)).host_header, "b.org");
    for status in [201, 204, 206, 300, 304, 400, 404, 500] {
        let route = route("example.org", Some(HttpResponse::new(status, br#"{"m.server": "b.org"}"#)));
        assert_eq!(route.well_known, Some(Err(Error::UnexpectedStatus(status))));
    }
}

#[test]
fn what_other_fields_hold_does_not_matter() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for other in
        ["1e999", "-123456789012345678901234567890", r#""\ud800""#, r#"{"m.server": "c.org:2"}"#, &deep]
    {
        for body in [
            format!(r#"{{"x": {other}, "m.server": "b.org:1"}}"#),
            format!(r#"{{"m.server": "b.org:1", "x": {other}}}"#),
        ] {
            assert_eq!(route("example.org", ok(&body)).host_header, "b.org:1", "{body:.60}");
        }
    }
    // Of several the last counts; JSON all of it has to be.
    assert_eq!(
        route("example.org", ok(r#"{"m.server": "b.org", "m.server": "c.org:2"}"#)).host_header,
        "c.org:2"
    );
    for body in [
        r#"{"m.server": "b.org:1", "x": 01}"#,
        r#"{"m.server": "b.org:1", "x": }"#,
        r#"{"m.server": "b.org:1"} x"#,
    ] {
        assert_eq!(route("example.org", ok(body)).step, Step::Fallback, "{body}");
    }
}

#[test]
fn a_remembered_result_saves_the_request() {
    let question = || match Resolve::new(server("example.org")) {
        Resolve::WellKnown(question) => question,
        _ => panic!(),
    };
    let Resolve::Addresses(next) = question().answer_from_cache(Ok(server("b.org:1").to_owned())) else {
        panic!()
    };
    assert_eq!((next.route().step, next.host()), (Step::DelegatedExplicitPort, "b.org"));
    let Resolve::Srv(next) = question().answer_from_cache(Err(Error::UnexpectedStatus(404))) else {
        panic!()
    };
    assert_eq!(next.name(), "_matrix-fed._tcp.example.org");
}

#[test]
fn addresses_come_in_the_order_of_the_hosts() {
    let Resolve::WellKnown(question) = Resolve::new(server("example.org")) else { panic!() };
    let Resolve::Srv(question) = question.answer(None) else { panic!() };
    let records = [record(2, 0, 2, "two"), record(1, 0, 1, "one"), record(3, 0, 3, "three")];
    let mut next = question.answer(&records, || 0).unwrap();
    let answers: [&[IpAddr]; 3] =
        [&["10.0.0.1".parse().unwrap(), "::1".parse().unwrap()], &[], &["10.0.0.3".parse().unwrap()]];
    for (host, answer) in ["one", "two", "three"].into_iter().zip(answers) {
        let Resolve::Addresses(question) = next else { panic!() };
        assert_eq!(question.host(), host);
        next = question.answer(answer).unwrap();
    }
    let Resolve::Done(destination) = next else { panic!() };
    let expected =
        ["10.0.0.1:1", "[::1]:1", "10.0.0.3:3"].map(|socket| socket.parse::<SocketAddr>().unwrap());
    assert_eq!(destination.addresses, expected);
    let Connect::Srv(targets) = destination.route.connect else { panic!() };
    assert_eq!(
        targets.iter().map(|target| target.host.as_str()).collect::<Vec<_>>(),
        ["one", "two", "three"]
    );
}

#[test]
fn a_host_without_address_is_an_error_and_one_with_too_many_is_cut() {
    let question = || match Resolve::new(server("example.org:1")) {
        Resolve::Addresses(question) => question,
        _ => panic!(),
    };
    assert!(question().may_be_alias());
    assert_eq!(question().answer(&[]), Err(Error::NoAddress("example.org".to_owned())));
    let many = vec![IpAddr::from([10, 0, 0, 1]); MAX_ADDRESSES + 1];
    let Ok(Resolve::Done(destination)) = question().answer(&many) else { panic!() };
    assert_eq!(destination.addresses.len(), MAX_ADDRESSES);
}

#[test]
fn a_certificate_name_has_no_trailing_dot() {
    let route = route("example.org.", None);
    assert_eq!(route.certificate, CertificateName::Dns("example.org".to_owned()));
    assert_eq!(route.host_header, "example.org.");
}
