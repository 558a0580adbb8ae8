use matrix_qr_verify::{MasterKeyTrust, Mode, QrCode, ShownCode, scan};
use matrix_verification::{CancelCode, Flow, Outcome, PartyKeys, VerifiedKeys};

use super::scene::{ALL, NOW, arriving, both_ready, fixed, public_key, rng, two_devices, two_users};

use MasterKeyTrust::{NotYet, Trusted};

/// One side shows, the other scans, and both go on to the end. Returns the code's mode and what the one who scans and
/// the one who shows have verified.
fn verify(parties: &[PartyKeys; 2], shower: usize, trust: [MasterKeyTrust; 2]) -> (Mode, [VerifiedKeys; 2]) {
    let scanner = 1 - shower;
    let keys = fixed(parties);
    let [one, other] = both_ready(parties, [ALL, ALL]);
    let (shower_ready, scanner_ready) = if shower == 0 { (one, other) } else { (other, one) };
    let shown = ShownCode::new(&shower_ready, &keys[shower], trust[shower], &mut rng(1)).unwrap();
    let bytes = shown.code().to_bytes().unwrap();

    let (state, start) = scan(&bytes, scanner_ready, &keys[scanner], trust[scanner], NOW).unwrap();
    assert_eq!(start.event_type, "m.key.verification.start");
    assert_eq!(start.content.get_str("method"), Some("m.reciprocate.v1"));
    let by_scan = state.verified().clone();

    let step = shower_ready.on_message(&arriving(&parties[scanner], &start), NOW);
    let Flow::MethodReceived(received) = step.flow else { panic!() };
    let asked = shown.on_reciprocate(received).unwrap();
    let to_verify = asked.to_verify().clone();
    let step = asked.confirm(NOW).unwrap();
    let Flow::Verified(shower_state) = step.flow else { panic!() };
    assert_eq!(shower_state.keys(), &to_verify);

    let step = state.on_message(&arriving(&parties[shower], &step.send[0]), NOW);
    let Flow::Done(done) = step.flow else { panic!() };
    assert_eq!((done.keys(), done.outcome()), (&by_scan, &Outcome::BothDone));
    let step = shower_state.on_message(&arriving(&parties[scanner], &step.send[0]), NOW);
    let Flow::Done(done) = step.flow else { panic!() };
    assert_eq!((done.keys(), done.outcome()), (&to_verify, &Outcome::BothDone));
    (shown.code().mode(), [by_scan, to_verify])
}

fn master(keys: &VerifiedKeys) -> (Option<matrix_signatures::PublicKey>, bool) {
    (keys.master_key().copied(), keys.device_key().is_some())
}

#[test]
fn msc1543_two_users_verify_each_others_master_keys() {
    let parties = two_users();
    for (shower, scanners, showers) in [(0, 11, 12), (1, 12, 11)] {
        let (mode, [by_scan, by_show]) = verify(&parties, shower, [Trusted, Trusted]);
        assert_eq!(mode, Mode::OtherUser);
        assert_eq!(master(&by_scan), (Some(public_key(scanners)), false));
        assert_eq!(master(&by_show), (Some(public_key(showers)), false));
        assert_eq!(
            (by_scan.party(), by_show.party()),
            (parties[shower].party(), parties[1 - shower].party())
        );
    }
}

#[test]
fn msc1543_own_devices_verify_each_other_both_ways_round() {
    let parties = two_devices();
    // The new device shows; the one that trusts the master key scans.
    let (mode, [by_scan, by_show]) = verify(&parties, 1, [Trusted, NotYet]);
    assert_eq!(mode, Mode::OwnDeviceNew);
    assert_eq!((by_scan.device_key(), by_scan.master_key()), (Some(&public_key(2)), None));
    assert_eq!((by_show.device_key(), by_show.master_key()), (None, Some(&public_key(11))));
    // The other way round.
    let (mode, [by_scan, by_show]) = verify(&parties, 0, [Trusted, NotYet]);
    assert_eq!(mode, Mode::OwnDeviceTrustsMaster);
    assert_eq!((by_scan.device_key(), by_scan.master_key()), (None, Some(&public_key(11))));
    assert_eq!((by_show.device_key(), by_show.master_key()), (Some(&public_key(2)), None));
    // Both trust it already.
    let (mode, _) = verify(&parties, 1, [Trusted, Trusted]);
    assert_eq!(mode, Mode::OwnDeviceTrustsMaster);
}

#[test]
fn msc1543_both_scan_at_once_and_one_start_counts() {
    let parties = two_users();
    let keys = fixed(&parties);
    let [alices, bobs] = both_ready(&parties, [ALL, ALL]);
    let alices_code = ShownCode::new(&alices, &keys[0], Trusted, &mut rng(1)).unwrap();
    let bobs_code = ShownCode::new(&bobs, &keys[1], Trusted, &mut rng(2)).unwrap();
    assert_ne!(alices_code.code().secret(), bobs_code.code().secret());
    let (alices, alices_start) =
        scan(&bobs_code.code().to_bytes().unwrap(), alices, &keys[0], Trusted, NOW).unwrap();
    let (bobs, bobs_start) =
        scan(&alices_code.code().to_bytes().unwrap(), bobs, &keys[1], Trusted, NOW).unwrap();
    // Alice is the smaller one: her start counts, and Bob is asked.
    let Flow::MethodSent(alices) = alices.on_message(&arriving(&parties[1], &bobs_start), NOW).flow else {
        panic!()
    };
    let Flow::MethodReceived(bobs) = bobs.on_message(&arriving(&parties[0], &alices_start), NOW).flow else {
        panic!()
    };
    let step = bobs_code.on_reciprocate(bobs).unwrap().confirm(NOW).unwrap();
    let Flow::Done(done) = alices.on_message(&arriving(&parties[1], &step.send[0]), NOW).flow else {
        panic!()
    };
    assert_eq!(done.keys().master_key(), Some(&public_key(12)));
}

#[test]
fn msc1543_a_wrong_secret_is_an_attack_and_ends_in_key_mismatch() {
    let parties = two_users();
    let keys = fixed(&parties);
    for secret in [Some("c2VjcmV0c2VjcmV0MTIzNA"), Some(""), Some("!"), None] {
        let [alices, bobs] = both_ready(&parties, [ALL, ALL]);
        let shown = ShownCode::new(&bobs, &keys[1], Trusted, &mut rng(1)).unwrap();
        let (_, mut start) = scan(&shown.code().to_bytes().unwrap(), alices, &keys[0], Trusted, NOW).unwrap();
        match secret {
            Some(secret) => _ = start.content.insert("secret", secret),
            None => _ = start.content.remove("secret"),
        }
        let Flow::MethodReceived(bobs) = bobs.on_message(&arriving(&parties[0], &start), NOW).flow else {
            panic!()
        };
        let wrong = shown.on_reciprocate(bobs).unwrap_err();
        let malformed = secret.is_none_or(|secret| secret == "!");
        assert_eq!(wrong.error.kind(), if malformed { "invalid_reciprocate" } else { "secret_mismatch" });
        let (cancelled, outgoing) = wrong.cancel();
        let code = if malformed { CancelCode::InvalidMessage } else { CancelCode::KeyMismatch };
        assert_eq!(cancelled.code(), &code);
        assert_eq!(outgoing.content.get_str("code"), Some(code.as_str()));
    }
}

#[test]
fn msc1543_the_user_may_deny_and_the_other_side_may_leave() {
    let parties = two_users();
    let keys = fixed(&parties);
    let asked = || {
        let [alices, bobs] = both_ready(&parties, [ALL, ALL]);
        let shown = ShownCode::new(&bobs, &keys[1], Trusted, &mut rng(1)).unwrap();
        let (alices, start) =
            scan(&shown.code().to_bytes().unwrap(), alices, &keys[0], Trusted, NOW).unwrap();
        let Flow::MethodReceived(bobs) = bobs.on_message(&arriving(&parties[0], &start), NOW).flow else {
            panic!()
        };
        (alices, shown.on_reciprocate(bobs).unwrap(), shown)
    };
    let (alices, bobs, _) = asked();
    let (cancelled, outgoing) = bobs.deny();
    assert_eq!(cancelled.code(), &CancelCode::KeyMismatch);
    let step = alices.on_message(&arriving(&parties[1], &outgoing), NOW);
    assert!(matches!(step.flow, Flow::Cancelled(_)) && step.send.is_empty());
    let (alices, bobs, shown) = asked();
    let (_, cancel) = alices.cancel(CancelCode::User);
    let step = bobs.into_state().on_message(&arriving(&parties[0], &cancel), NOW);
    assert!(matches!(step.flow, Flow::Cancelled(_)));
    // A message that changes nothing leads back to the question.
    let (_, bobs, _) = asked();
    let Flow::MethodReceived(bobs) = bobs.into_state().on_message(&arriving(&parties[1], &cancel), NOW).flow
    else {
        panic!()
    };
    assert!(shown.on_reciprocate(bobs).is_ok());
    let (_, bobs, _) = asked();
    assert_eq!(bobs.cancel(CancelCode::User).0.code(), &CancelCode::User);
}

#[test]
fn msc1543_a_code_of_another_verification_is_not_reciprocated() {
    let parties = two_users();
    let keys = fixed(&parties);
    let [alices, bobs] = both_ready(&parties, [ALL, ALL]);
    let shown = ShownCode::new(&bobs, &keys[1], Trusted, &mut rng(1)).unwrap();
    let code = shown.code();
    let other =
        QrCode::new(code.mode(), "other", *code.first_key(), *code.second_key(), code.secret().clone());
    let refused = scan(&other.to_bytes().unwrap(), alices, &keys[0], Trusted, NOW).unwrap_err();
    assert_eq!(refused.error.kind(), "wrong_flow");
    // The state is as it was: the right code can be scanned now.
    assert!(scan(&code.to_bytes().unwrap(), *refused.state, &keys[0], Trusted, NOW).is_ok());
}
