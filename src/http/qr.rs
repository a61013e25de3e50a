//! QR codes: as SVG for pages, as half blocks for the terminal. Knows nothing of what they lead to.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};

/// The longest text, in bytes.
pub const LONGEST: usize = 300;
/// Modules of white around it that a scanner needs.
const QUIET: usize = 4;

fn build(text: &str) -> Option<QRCode> {
    QRBuilder::new(text).ecl(ECL::M).build().ok()
}

/// Black on white in any theme, one path, a quiet zone of four modules. `None`: the text does not fit.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let code = build(text)?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let length = (column..code.size)
                .take_while(|place| code[row][*place].value())
                .count();
            if length > 0 {
                // Writing to a String cannot fail.
                let _ = write!(
                    path,
                    "M{} {}h{length}v1h-{length}z",
                    column + QUIET,
                    row + QUIET
                );
            }
            column += length.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// For a terminal: two rows in one line of half blocks.
#[must_use]
pub fn terminal(text: &str) -> Option<String> {
    build(text).map(|code| code.to_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_quiet_zone_and_nothing_but_paths() {
        let svg = svg("http://192.168.1.10:8080/473096#AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        assert!(!svg.contains("M0 1h") && svg.contains("M4 4h7v1h-7z"));
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(svg(&"x".repeat(LONGEST)).is_some());
        assert!(svg(&"x".repeat(LONGEST + 1)).is_none());
        assert!(svg("").is_none());
    }
}
