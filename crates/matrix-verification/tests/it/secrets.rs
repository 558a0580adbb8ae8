use matrix_verification::{
    Flow,
    sas::{EphemeralKey, SasBytes},
};

use super::{
    rng,
    scene::{Fault, Transport, World},
};

#[test]
fn secrets_are_not_shown() {
    let key = EphemeralKey::from_bytes(&[7; 32]);
    let secret = EphemeralKey::from_bytes(&[9; 32]).agree(&key.public_key()).unwrap();
    assert_eq!(format!("{key:?} {secret:?}"), "EphemeralKey(..) SharedSecret(..)");
    assert_eq!(format!("{:?}", SasBytes::from_bytes([1; 6])), "SasBytes(..)");
    let again = EphemeralKey::from_bytes(&[7; 32]).agree(&EphemeralKey::from_bytes(&[9; 32]).public_key());
    assert_eq!(again.unwrap(), secret, "both sides have the same");
    assert_ne!(EphemeralKey::from_bytes(&[8; 32]).agree(&key.public_key()).unwrap(), secret);
    let generated = EphemeralKey::generate(&mut rng(1)).public_key();
    assert_ne!(generated, EphemeralKey::generate(&mut rng(2)).public_key());
}

/// What the shared secret was hashed into is as good as the secret.
#[test]
fn states_of_hashes_are_wiped_when_dropped() {
    fn wipes<T: zeroize::ZeroizeOnDrop>() -> bool {
        core::mem::needs_drop::<T>()
    }
    assert!(wipes::<sha2::Sha256>() && wipes::<x25519_dalek::StaticSecret>());
}

#[test]
fn no_state_shows_a_secret() {
    for messages in 0..8 {
        let mut world = World::new(Transport::ToDevice);
        world.run(&|number| (number >= messages).then_some(Fault::Drop));
        for side in &world.sides {
            let shown = format!("{:?}", side.flow);
            if matches!(side.flow, Some(Flow::SasShow(_) | Flow::SasMacSent(_))) {
                assert!(shown.contains("secret: SharedSecret(..)"), "{shown}");
            }
            if matches!(side.flow, Some(Flow::SasAcceptSent(_) | Flow::SasKeySent(_) | Flow::SasStartSent(_)))
            {
                assert!(shown.contains("key: EphemeralKey(..)"), "{shown}");
            }
        }
    }
}
