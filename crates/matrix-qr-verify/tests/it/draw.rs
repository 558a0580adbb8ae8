use matrix_qr_verify::{ErrorCorrection, Mode, QUIET_ZONE, QrCode, Secret, Shades, Symbol};

/// Reads a picture of modules, each some pixels wide.
fn read(side: usize, dark: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    const PIXELS: usize = 4;
    let size = side * PIXELS;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(size, size, |x, y| {
        if dark(x / PIXELS, y / PIXELS) { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    let mut bytes = Vec::new();
    grids[0].decode_to(&mut bytes).unwrap();
    bytes
}

fn code(id: usize) -> QrCode {
    let keys = [[0x80; 32], [0xff; 32]];
    QrCode::new(Mode::OtherUser, "$".repeat(id), keys[0], keys[1], Secret::from_bytes(b"0123456789"))
}

#[test]
fn msc1543_symbols_of_every_size_are_read_back() {
    let mut widths = Vec::new();
    // Event IDs of 44 characters, of version 1 rooms up to 255, and digits, which another encoding would suit.
    for (id, correction) in [
        (44, ErrorCorrection::Low),
        (44, ErrorCorrection::Medium),
        (44, ErrorCorrection::Quartile),
        (44, ErrorCorrection::High),
        (65, ErrorCorrection::Medium),
        (255, ErrorCorrection::Medium),
        (1000, ErrorCorrection::Low),
    ] {
        let code = code(id);
        let symbol = Symbol::new(&code, correction).unwrap();
        let side = symbol.width() + 2 * QUIET_ZONE;
        let dark =
            |x: usize, y: usize| symbol.is_dark(x.wrapping_sub(QUIET_ZONE), y.wrapping_sub(QUIET_ZONE));
        let bytes = read(side, dark);
        assert_eq!(bytes, code.to_bytes().unwrap());
        assert_eq!(QrCode::parse(&bytes).unwrap(), code);
        widths.push(symbol.width());
    }
    assert!(widths.windows(2).skip(3).all(|pair| pair[0] < pair[1] || pair[0] > 40), "{widths:?}");
    assert!(Symbol::new(&code(2800), ErrorCorrection::Low).is_ok());
    assert_eq!(Symbol::new(&code(2800), ErrorCorrection::High).unwrap_err().kind(), "too_long");
    assert_eq!(Symbol::new(&code(3000), ErrorCorrection::Low).unwrap_err().kind(), "too_long");
}

#[test]
fn msc1543_the_text_is_the_same_picture() {
    let code = code(44);
    let symbol = Symbol::new(&code, ErrorCorrection::Medium).unwrap();
    for shades in [Shades::DarkOnLight, Shades::LightOnDark] {
        let text = symbol.to_unicode(shades);
        let rows: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        let side = symbol.width() + 2 * QUIET_ZONE;
        assert!(rows.iter().all(|row| row.len() == side));
        let bytes = read(side, |x, y| {
            let upper = y % 2 == 0;
            let drawn = match rows[y / 2][x] {
                '█' => true,
                '▀' => upper,
                '▄' => !upper,
                _ => false,
            };
            drawn == (shades == Shades::DarkOnLight)
        });
        assert_eq!(bytes, code.to_bytes().unwrap());
    }
}

#[test]
fn msc1543_the_svg_is_the_same_picture() {
    let code = code(44);
    let symbol = Symbol::new(&code, ErrorCorrection::Medium).unwrap();
    let svg = symbol.to_svg();
    let side = symbol.width() + 2 * QUIET_ZONE;
    assert!(
        svg.starts_with(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\""))
    );
    let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split('M').skip(1) {
        let (place, rest) = run.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length: usize = rest.split('v').next().unwrap().parse().unwrap();
        dark[y * side + x..y * side + x + length].fill(true);
    }
    assert_eq!(read(side, |x, y| dark[y * side + x]), code.to_bytes().unwrap());
    assert!(!format!("{symbol:?}").contains("true"), "a symbol holds the secret");
}
