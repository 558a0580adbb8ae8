use matrix_discovery::{Connect, MAX_SRV_RECORDS, Resolve, SrvRecord, weighted_choice};

use crate::{record, server};

/// The hosts in the order in which they are tried.
fn order(records: &[SrvRecord], random: impl FnMut() -> u64) -> Vec<String> {
    let Resolve::WellKnown(question) = Resolve::new(server("example.org")) else { panic!() };
    let Resolve::Srv(question) = question.answer(None) else { panic!() };
    let Resolve::Addresses(question) = question.answer(records, random).unwrap() else { panic!() };
    let Connect::Srv(targets) = &question.route().connect else { panic!() };
    assert_eq!(question.route().port, targets[0].port);
    targets.iter().map(|target| target.host.clone()).collect()
}

/// Numbers that are spread evenly enough (SplitMix64).
fn numbers(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[test]
fn priorities_come_before_weights() {
    let records = [record(20, 60_000, 1, "b"), record(10, 0, 1, "a"), record(30, 9, 1, "c")];
    for seed in 0..50 {
        assert_eq!(order(&records, numbers(seed)), ["a", "b", "c"]);
    }
}

#[test]
fn weights_are_shares_of_the_choices() {
    let records = [record(1, 60, 1, "a"), record(1, 30, 1, "b"), record(1, 10, 1, "c"), record(1, 0, 1, "d")];
    let mut random = numbers(7);
    let mut first = [0_u32; 4];
    let mut second_after_a = [0_u32; 4];
    for _ in 0..20_000 {
        let order = order(&records, &mut random);
        let place = |host: &str| ["a", "b", "c", "d"].iter().position(|name| *name == host).unwrap();
        first[place(&order[0])] += 1;
        if order[0] == "a" {
            second_after_a[place(&order[1])] += 1;
        }
    }
    let near = |count: u32, share: f64, of: u32| (f64::from(count) / f64::from(of) - share).abs() < 0.015;
    for (count, share) in first.into_iter().zip([60.0, 30.0, 10.0, 1.0]) {
        assert!(near(count, share / 101.0, 20_000), "{first:?}");
    }
    for (count, share) in second_after_a.into_iter().zip([0.0, 30.0, 10.0, 1.0]) {
        assert!(near(count, share / 41.0, first[0]), "{second_after_a:?}");
    }
}

#[test]
fn equal_and_zero_weights_are_chosen_alike() {
    for weights in [[0, 0, 0], [7, 7, 7]] {
        let mut random = numbers(3);
        let mut counts = [0_u32; 3];
        for _ in 0..9_000 {
            counts[weighted_choice(&weights, random()).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (2_500..3_500).contains(count)), "{weights:?}: {counts:?}");
    }
}

#[test]
fn the_largest_number_chooses_the_heaviest_and_the_first_of_equals() {
    assert_eq!(weighted_choice(&[], 9), None);
    assert_eq!(weighted_choice(&[1, 5, 5, 0], u64::MAX), Some(1));
    assert_eq!(weighted_choice(&[0, 0], u64::MAX), Some(0));
    assert_eq!(weighted_choice(&[u16::MAX; 3], u64::MAX), Some(0));
    assert_eq!(weighted_choice(&[4, 0], 0), Some(1), "a weight of 0 is not impossible");
    let records = [record(1, 1, 1, "c"), record(1, 9, 1, "a"), record(1, 1, 1, "d"), record(1, 2, 1, "b")];
    assert_eq!(order(&records, || u64::MAX), ["a", "b", "c", "d"]);
}

#[test]
fn every_usable_record_is_tried_once_and_no_more_than_the_limit() {
    let records: Vec<_> = (0..40).map(|n| record(n / 4, n, 1, &format!("h{n}"))).collect();
    let mut found = order(&records, numbers(1));
    assert_eq!(found.len(), MAX_SRV_RECORDS);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), MAX_SRV_RECORDS);
    assert!(!found.contains(&"h39".to_owned()), "the last by priority are left out");
}
