//! Formats of debates for the desk's editor: those built in, and reading and writing of files. Holds nothing and knows no meeting.

use axum::Json as Answer;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;

use crate::format::{self, Format, debatekeeper, file};
use crate::results;
use crate::wire::body::{FormatKind, FormatProblem, FormatRead, FormatText, FormatWritten};

use super::body::Json;

/// `GET /api/formats`: the built-in formats.
pub async fn list() -> Answer<&'static [Format]> {
    Answer(format::built_in())
}

/// `GET /api/scoring`: the rules that judges score by.
pub async fn scoring() -> Answer<Vec<results::Rules>> {
    Answer(results::presets())
}

/// `POST /api/formats/read`: a file's text, TOML or Debatekeeper's XML by its content. What is sound comes back with a list of
/// what is not.
pub async fn read(Json(sent): Json<FormatText>) -> Answer<FormatRead> {
    let (format, problems) = format::read(&sent.text);
    let problems: Vec<FormatProblem> = problems
        .into_iter()
        .map(|problem| FormatProblem {
            line: problem.line,
            error: problem.is_error(),
            says: problem.says,
        })
        .collect();
    let sound = !format.segments.is_empty();
    Answer(FormatRead {
        format: sound.then_some(format),
        problems,
    })
}

/// `POST /api/formats/write`: the format as a file's text.
pub async fn write(Json(sent): Json<FormatWritten>) -> Response {
    let (kind, text) = match sent.kind {
        FormatKind::Toml => ("application/toml; charset=utf-8", file::write(&sent.format)),
        FormatKind::Xml => (
            "application/xml; charset=utf-8",
            debatekeeper::write(&sent.format).0,
        ),
    };
    ([(CONTENT_TYPE, kind)], text).into_response()
}
