//! Alice scans a code that Bob's device shows: the picture is written to a PNG file and read back, and both are verified.
//!
//!     cargo run --example verify_by_qr --features qr [FILE.png]
//!
//! Beside the PNG goes an SVG of the same code.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use matrix_identifiers::{DeviceId, UserId};
use matrix_qr_verify::{ErrorCorrection, MasterKeyTrust, QUIET_ZONE, Shades, ShownCode, Symbol, scan};
use matrix_signatures::SigningKey;
use matrix_verification::{
    Flow, Incoming, Method, Outgoing, Party, PartyKeys, RequestReceived, RequestSent, Via, new_transaction_id,
};
use rand::{SeedableRng as _, rngs::StdRng};

const METHODS: &[Method] = &[Method::QrCodeShow, Method::QrCodeScan, Method::Reciprocate];
/// How many pixels wide a module is drawn.
const PIXELS: usize = 6;
const NOW_MS: i64 = 1_700_000_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let file =
        std::env::args_os().nth(1).map_or_else(|| std::env::temp_dir().join("matrix-qr.png"), PathBuf::from);
    // A real client uses the operating system's randomness; here every run is to be the same.
    let mut rng = StdRng::from_seed([7; 32]);
    let alice = keys("@alice:example.org", "PHONE", 1)?;
    let bob = keys("@bob:example.net", "LAPTOP", 2)?;

    // The request and its answer.
    let (asker, answerer) = (alice.party(), bob.party());
    let devices = [answerer.device_id.clone()];
    let id = new_transaction_id(&mut rng);
    let (alices, request) =
        RequestSent::to_devices(asker.clone(), &answerer.user_id, devices, METHODS, id, NOW_MS)?;
    let bobs = RequestReceived::new(answerer, &arriving(asker, &request), NOW_MS)?;
    let (bobs, answer) = bobs.accept(METHODS, NOW_MS).map_err(|refused| refused.error)?;
    let Flow::Ready(alices) = alices.on_message(&arriving(answerer, &answer), NOW_MS).flow else {
        return Err("not ready".into());
    };

    // Bob's device shows a code.
    let bobs_keys = bobs.fix_keys(bob.clone(), alice.clone())?;
    let shown = ShownCode::new(&bobs, &bobs_keys, MasterKeyTrust::Trusted, &mut rng)?;
    let symbol = Symbol::new(shown.code(), ErrorCorrection::Medium)?;
    write_png(&symbol, &file)?;
    std::fs::write(file.with_extension("svg"), symbol.to_svg())?;
    print!("{}", symbol.to_unicode(Shades::LightOnDark));
    println!("{} modules wide, written to {}", symbol.width(), file.display());

    // Alice's device scans it, compares the keys, and says so.
    let bytes = read_png(&file)?;
    let alices_keys = alices.fix_keys(alice.clone(), bob.clone())?;
    let (alices, start) = scan(&bytes, alices, &alices_keys, MasterKeyTrust::Trusted, NOW_MS)
        .map_err(|refused| refused.error)?;
    println!("scanned {} bytes: {:?} is verified", bytes.len(), alices.verified());

    // Bob's device recognises its secret, and asks him whether Alice's device says that all is well.
    let Flow::MethodReceived(bobs) = bobs.on_message(&arriving(asker, &start), NOW_MS).flow else {
        return Err("not reciprocated".into());
    };
    let asked = shown.on_reciprocate(bobs).map_err(|wrong| wrong.error)?;
    let step = asked.confirm(NOW_MS)?;
    let Flow::Verified(bobs) = step.flow else { return Err("not verified".into()) };
    println!("Bob confirms: {:?} is verified", bobs.keys());

    // Both say that they are done.
    let done = step.send.first().ok_or("nothing to send")?;
    let step = alices.on_message(&arriving(answerer, done), NOW_MS);
    let done = step.send.first().ok_or("nothing to send")?;
    let step_bob = bobs.on_message(&arriving(asker, done), NOW_MS);
    let (Flow::Done(_), Flow::Done(_)) = (step.flow, step_bob.flow) else { return Err("not done".into()) };
    println!("both are done");
    Ok(())
}

fn keys(user_id: &str, device_id: &str, seed: u8) -> Result<PartyKeys, Box<dyn Error>> {
    let party = Party::new(UserId::parse(user_id)?, DeviceId::parse(device_id)?);
    let public_key = |seed| SigningKey::from_seed(device_id, &[seed; 32]).map(|key| key.public_key());
    Ok(PartyKeys::new(party, public_key(seed)?, Some(public_key(seed + 10)?))?)
}

fn arriving<'a>(sender: &'a Party, outgoing: &'a Outgoing) -> Incoming<'a> {
    let via = Via::ToDevice { sender_device: Some(&sender.device_id) };
    Incoming { sender: &sender.user_id, event_type: outgoing.event_type, content: &outgoing.content, via }
}

fn write_png(symbol: &Symbol, file: &Path) -> Result<(), Box<dyn Error>> {
    let side = (symbol.width() + 2 * QUIET_ZONE) * PIXELS;
    let module = |pixel: usize| (pixel / PIXELS).wrapping_sub(QUIET_ZONE);
    let pixels: Vec<u8> = (0..side * side)
        .map(|at| if symbol.is_dark(module(at % side), module(at / side)) { 0 } else { 255 })
        .collect();
    let size = u32::try_from(side)?;
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(file)?), size, size);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(())
}

/// Finds the code in a picture as a camera would.
fn read_png(file: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(file)?)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let (width, height) = (usize::try_from(info.width)?, usize::try_from(info.height)?);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(255)
    });
    let mut bytes = Vec::new();
    image.detect_grids().first().ok_or("no code in the picture")?.decode_to(&mut bytes)?;
    Ok(bytes)
}
