//! Debatekeeper's XML, so that its files run here and ours there: 2.x both ways, 1.x on import. A file's mistakes are listed
//! and the rest is taken, as that app does. Knows nothing of the TOML.

mod about;
mod draft;
mod elements;
mod languages;
mod lost;
mod names;
mod schema1;
mod schema2;
mod sides;
#[cfg(test)]
mod tests;
mod write;

use roxmltree::Document;

use super::model::Format;
use super::problem::{Lines, Problem};

use draft::Draft;
use elements::Element;

pub use write::write;

/// The newest schema that is understood.
const NEWEST: (u32, u32) = (2, 2);

/// Reads a Debatekeeper file of schema 1.x or 2.x. What is sound is in the format; with an error among the problems something
/// of the file is missing from it or was changed.
#[must_use]
pub fn read(xml: &str) -> (Format, Vec<Problem>) {
    let document = match Document::parse(xml) {
        Ok(document) => document,
        Err(error) => {
            let says = format!("this is not XML: {error}");
            return (
                Format::default(),
                vec![Problem::error(error.pos().row, says)],
            );
        }
    };
    let lines = Lines::of(xml);
    let root = Element::of(document.root_element(), &lines);
    let mut draft = Draft::default();
    match root.name() {
        "debate-format" => {
            version(&root, &mut draft, "schema-version");
            schema2::read(&root, &mut draft);
        }
        "debateformat" => {
            version(&root, &mut draft, "schemaversion");
            schema1::read(&root, &mut draft);
        }
        other => {
            let says =
                format!("<{other}> is no debate format: the file begins with <debate-format>");
            return (Format::default(), vec![Problem::error(root.line(), says)]);
        }
    }
    draft.finish()
}

/// Says what is wrong with the version; reading goes on whatever it is.
fn version(root: &Element<'_, '_>, draft: &mut Draft, attribute: &str) {
    let line = root.line();
    let Some(text) = root.attribute(attribute) else {
        if attribute == "schemaversion" {
            draft.note(
                line,
                "the first files did not say their schema: read as 1.0",
            );
            return;
        }
        draft.wrong(
            line,
            format!("`{attribute}` is missing: write {attribute}=\"2.2\""),
        );
        return;
    };
    let mut parts = text.split('.').map(|part| part.trim().parse::<u32>().ok());
    let (Some(Some(major)), minor) = (parts.next(), parts.next().unwrap_or(Some(0))) else {
        draft.wrong(
            line,
            format!("`{attribute}` is {text:?}, which is no version"),
        );
        return;
    };
    let version = (major, minor.unwrap_or(0));
    let old = attribute == "schemaversion";
    if version > NEWEST {
        draft.note(
            line,
            format!("schema {text} is newer than 2.2, the newest that is known here: something may be missing"),
        );
    } else if old != (major == 1) {
        let says = format!("schema {text} does not belong to <{}>", root.name());
        draft.wrong(line, says);
    }
}
