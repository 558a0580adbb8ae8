use core::fmt::Write as _;

use fast_qr::{ECL, Mode, QRBuilder};

use crate::{code::QrCode, error::Error};

/// The light border that a symbol needs around it, in modules.
pub const QUIET_ZONE: usize = 4;

/// How much of a symbol may be unreadable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorCorrection {
    /// 7 %.
    Low,
    /// 15 %.
    #[default]
    Medium,
    /// 25 %.
    Quartile,
    /// 30 %.
    High,
}

/// What is drawn in text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shades {
    /// Draws the dark modules: for dark text on light ground.
    #[default]
    DarkOnLight,
    /// Draws the light modules: for light text on dark ground, as in most terminals.
    LightOnDark,
}

/// The symbol of a code: a square of dark and light modules, as small as holds the code.
///
/// It is one segment of bytes, as the specification has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// Makes the symbol of a code, in the smallest version that holds it.
    ///
    /// # Errors
    ///
    /// [`Error::TooLong`] if no symbol holds the code with that error correction, or what
    /// [`QrCode::to_bytes`] says.
    pub fn new(code: &QrCode, correction: ErrorCorrection) -> Result<Self, Error> {
        let bytes = code.to_bytes()?;
        let level = match correction {
            ErrorCorrection::Low => ECL::L,
            ErrorCorrection::Medium => ECL::M,
            ErrorCorrection::Quartile => ECL::Q,
            ErrorCorrection::High => ECL::H,
        };
        let length = bytes.len();
        let built = QRBuilder::new(bytes).mode(Mode::Byte).ecl(level).build();
        let built = built.map_err(|_| Error::TooLong(length))?;
        let width = built.size;
        let dark = built.data.iter().take(width * width).map(|module| module.value()).collect();
        Ok(Self { width, dark })
    }

    /// Returns the number of modules in a row, without the quiet zone.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns whether a module is dark; outside of the symbol all are light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width
            && y < self.width
            && self.dark.get(y.wrapping_mul(self.width).wrapping_add(x)).copied().unwrap_or(false)
    }

    /// Draws an SVG image with its quiet zone, a unit for each module.
    pub fn to_svg(&self) -> String {
        let side = self.width + 2 * QUIET_ZONE;
        let mut path = String::new();
        for y in 0..self.width {
            let mut x = 0;
            while x < self.width {
                let run = (x..self.width).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET_ZONE, y + QUIET_ZONE);
                }
                x += run.max(1);
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }

    /// Draws text with its quiet zone: half blocks, two rows of modules in a line.
    pub fn to_unicode(&self, shades: Shades) -> String {
        let side = self.width + 2 * QUIET_ZONE;
        let drawn = |x: usize, y: usize| {
            // Before the first module the subtraction wraps, and so lies outside.
            let dark = self.is_dark(x.wrapping_sub(QUIET_ZONE), y.wrapping_sub(QUIET_ZONE));
            y < side && dark == (shades == Shades::DarkOnLight)
        };
        let mut text = String::new();
        for y in (0..side).step_by(2) {
            for x in 0..side {
                text.push(match (drawn(x, y), drawn(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}

impl core::fmt::Debug for Symbol {
    /// Shows no module: a symbol holds the code's secret.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Symbol").field("width", &self.width).finish_non_exhaustive()
    }
}
