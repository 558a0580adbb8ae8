use matrix_discovery::{
    CacheHeaders, DEFAULT_TTL_S, MAX_FAILURE_TTL_S, MAX_TTL_S, failure_ttl_s, keeps_result, result_ttl_s,
};

const NOW_S: u64 = 1_700_000_000;
const IN_TWO_HOURS: &str = "Wed, 15 Nov 2023 00:13:20 GMT";
const NOW: &str = "Tue, 14 Nov 2023 22:13:20 GMT";

fn control(cache_control: &str) -> u64 {
    let headers = CacheHeaders { cache_control: Some(cache_control), ..CacheHeaders::default() };
    result_ttl_s(NOW_S, &headers)
}

fn expires(expires: &str) -> u64 {
    result_ttl_s(NOW_S, &CacheHeaders { expires: Some(expires), ..CacheHeaders::default() })
}

#[test]
fn msc1708_results_last_as_long_as_their_headers_say_up_to_48_hours() {
    assert_eq!(result_ttl_s(NOW_S, &CacheHeaders::default()), DEFAULT_TTL_S);
    for (value, ttl) in [
        ("max-age=60", 60),
        ("MAX-AGE = 60 , public", 60),
        ("public,max-age=\"60\"", 60),
        ("max-age=0", 0),
        ("max-age=172800", MAX_TTL_S),
        ("max-age=172801", MAX_TTL_S),
        ("max-age=99999999999999999999999999", MAX_TTL_S),
        ("max-age=60, max-age=70", 60),
        ("s-maxage=5, max-age=60", 60),
        ("no-store", 0),
        ("max-age=60, no-cache", 0),
        ("No-Cache=\"set-cookie\"", 0),
        ("private, must-revalidate", DEFAULT_TTL_S),
        ("max-age=-1", DEFAULT_TTL_S),
        ("max-age=+60", DEFAULT_TTL_S),
        ("max-age", DEFAULT_TTL_S),
        ("", DEFAULT_TTL_S),
        (",,=,", DEFAULT_TTL_S),
    ] {
        assert_eq!(control(value), ttl, "{value:?}");
    }
}

#[test]
fn expires_counts_without_max_age() {
    assert_eq!(expires(IN_TWO_HOURS), 7200);
    assert_eq!(expires("Wednesday, 15-Nov-23 00:13:20 GMT"), 7200);
    assert_eq!(expires("Wed Nov 15 00:13:20 2023"), 7200);
    assert_eq!(expires("Fri, 15 Nov 2030 00:13:20 GMT"), MAX_TTL_S);
    for past in
        [NOW, "Tue, 14 Nov 2017 22:13:20 GMT", "0", "-1", "", "tomorrow", "Thu, 01 Jan 1960 00:00:00 GMT"]
    {
        assert_eq!(expires(past), 0, "{past:?}");
    }
    let both = CacheHeaders {
        cache_control: Some("max-age=60"),
        expires: Some(IN_TWO_HOURS),
        ..CacheHeaders::default()
    };
    assert_eq!(result_ttl_s(NOW_S, &both), 60);
}

#[test]
fn clocks_of_servers_and_time_in_other_caches_are_allowed_for() {
    // The server's clock is a year late: what counts is the time between its two dates.
    let late = CacheHeaders { expires: Some(IN_TWO_HOURS), date: Some(NOW), ..CacheHeaders::default() };
    assert_eq!(result_ttl_s(NOW_S + 365 * 24 * 3600, &late), 7200);
    let aged = CacheHeaders { cache_control: Some("max-age=60"), age: Some("50"), ..CacheHeaders::default() };
    assert_eq!(result_ttl_s(NOW_S, &aged), 10);
    let stale = CacheHeaders { age: Some("500"), ..aged };
    assert_eq!(result_ttl_s(NOW_S, &stale), 0);
    let several = CacheHeaders { age: Some("20, 50"), ..aged };
    assert_eq!(result_ttl_s(NOW_S, &several), 40);
    let nonsense = CacheHeaders { age: Some("old"), ..aged };
    assert_eq!(result_ttl_s(NOW_S, &nonsense), 60);
}

#[test]
fn msc1708_failures_back_off_up_to_an_hour() {
    let none = CacheHeaders::default();
    let ttls: Vec<u64> = (0..8).map(|failures| failure_ttl_s(NOW_S, &none, failures)).collect();
    assert_eq!(ttls, [300, 300, 600, 1200, 2400, 3600, 3600, 3600]);
    assert_eq!(failure_ttl_s(NOW_S, &none, u32::MAX), MAX_FAILURE_TTL_S);
    let headers = |cache_control| CacheHeaders { cache_control: Some(cache_control), ..none };
    assert_eq!(failure_ttl_s(NOW_S, &headers("max-age=1000"), 1), 1000);
    assert_eq!(failure_ttl_s(NOW_S, &headers("max-age=999999"), 1), MAX_FAILURE_TTL_S);
    assert_eq!(failure_ttl_s(NOW_S, &headers("no-store"), 1), 300);
}

#[test]
fn a_good_result_survives_failures_that_may_pass() {
    for status in [None, Some(500), Some(503), Some(429)] {
        assert!(keeps_result(1, status));
        assert!(!keeps_result(0, status));
    }
    for status in [200, 204, 302, 400, 404, 410] {
        assert!(!keeps_result(1, Some(status)), "{status}");
    }
}
