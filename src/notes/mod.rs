//! Notes that several people write at once: a text that merges, in whatever order their updates come.
//! Owns what may be merged and what a reader is shown; must never know who writes, the clock, or the wire.
//!
//! The text is a Yjs document with one plain text named `notes`; every byte string here is encoding v1. Bytes of strangers are read
//! by [`wire`] and weighed by [`known`] first; yrs only ever sees what we wrote ourselves.

mod known;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use known::{Known, News};
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Transact, Uuid};

/// So many single updates are shown; then one whole update takes their place.
pub const PIECES: usize = 256;

/// New runs of text times all runs: in the worst case each is compared with every other when it finds its place (a quarter of a second).
/// Who types makes one run at a time, an hour without a network some hundred.
const COMPARISONS: usize = 2_000_000;

/// What a document may grow to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The text, in UTF-16 units (what a browser counts).
    pub longest: u32,
    /// One update, in bytes.
    pub update_bytes: u32,
    /// The whole document with what it remembers of deleted text, in bytes.
    pub doc_bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            longest: 10_000,
            // A whole text of `longest` signs in Georgian must fit: who is told `Unknown` sends everything.
            update_bytes: 40 * 1024,
            doc_bytes: 256 * 1024,
        }
    }
}

/// An update that may be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The text's length afterwards, in UTF-16 units.
    pub length: u32,
    /// Only what is new of the update, written by us: this is what should be stored and merged.
    pub update: Vec<u8>,
}

/// Why an update is not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not an update, or one that touches more than the plain text `notes`.
    #[error("not an update of the notes")]
    Malformed,
    /// It builds on updates that are not here; the writer should send everything it has.
    #[error("builds on updates that are not known")]
    Unknown,
    /// The update, the text or the document would be over its limit.
    #[error("too long")]
    TooBig,
    /// Everything in it is known: no error, and nothing to do.
    #[error("nothing new")]
    NothingNew,
}

/// The notes of one group. Equal when text and state vector are; a copy is independent.
#[derive(Clone, Default)]
pub struct Notes {
    /// Never changed while it is shared: a copy that is written to makes its own first.
    doc: Option<Arc<Doc>>,
    known: Known,
    text: String,
    /// UTF-16 units of `text`.
    length: u32,
    pieces: BTreeMap<u32, Arc<[u8]>>,
    /// The newest key of `pieces`.
    merged: u32,
    /// At least the bytes of the whole document.
    weight: usize,
    /// At least the runs of text in it.
    runs: usize,
}

impl Notes {
    /// Looks at an update without merging it.
    ///
    /// # Errors
    /// [`Refused`] says why it must not be merged, or that there is nothing to merge.
    pub fn check(&self, update: &[u8], limits: &Limits) -> Result<Weighed, Refused> {
        if update.len() > limits.update_bytes as usize {
            return Err(Refused::TooBig);
        }
        let update = wire::read(update).ok_or(Refused::Malformed)?;
        let news = self.known.news(&update)?;
        let new = news.runs();
        if new.saturating_mul(self.runs + new) > COMPARISONS {
            return Err(Refused::TooBig);
        }
        if !self.known.places(&news) {
            return Err(Refused::Malformed);
        }
        let length = u64::from(self.length) + news.added - news.removed;
        let update = wire::write(&news.update);
        // Who only deletes is always let through: it is the way back below the limits.
        if !news.update.runs.is_empty() {
            let longer = news.added > news.removed;
            if longer && length > u64::from(limits.longest) {
                return Err(Refused::TooBig);
            }
            self.check_weight(update.len(), limits.doc_bytes as usize)?;
        }
        Ok(Weighed {
            length: u32::try_from(length).unwrap_or(u32::MAX),
            update,
        })
    }

    /// Merges an update; what cannot be merged is passed over, whatever the limits of today are.
    pub fn merge(&mut self, update: &[u8]) {
        let news = wire::read(update).and_then(|update| self.known.news(&update).ok());
        if let Some(news) = news.filter(|news| self.known.places(news)) {
            self.take(&news);
        }
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text's length in UTF-16 units.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Which updates are here, as a Yjs state vector.
    pub fn state_vector(&self) -> Vec<u8> {
        wire::write_vector(self.known.clocks())
    }

    /// The difference that a reader with this state vector lacks. Nothing when that is not a state vector.
    pub fn since(&self, state_vector: &[u8]) -> Option<Vec<u8>> {
        let theirs = wire::read_vector(state_vector)?;
        let mut vector = StateVector::default();
        for (client, clock) in theirs {
            let clock = clock.min(self.known.clock(client));
            if clock > 0 {
                vector.set_max(ClientID::new(client), clock);
            }
        }
        Some(self.difference(&vector))
    }

    /// What a reader is shown, to be merged by growing key: single updates, or everything so far under the newest key.
    pub fn pieces(&self) -> &BTreeMap<u32, Arc<[u8]>> {
        &self.pieces
    }

    fn take(&mut self, news: &News) {
        let update = wire::write(&news.update);
        let doc = own(&mut self.doc, &self.pieces);
        if !apply(doc, &update) {
            return;
        }
        self.text = read_text(doc);
        self.known.learn(&news.update);
        self.weight += update.len();
        self.runs += news.runs();
        self.merged += 1;
        self.pieces.insert(self.merged, update.into());
        if self.pieces.len() > PIECES {
            self.gather();
        }
        self.length = u32::try_from(self.text.encode_utf16().count()).unwrap_or(u32::MAX);
    }

    /// Puts one whole update in the place of the pieces. The document is read anew from it, so that how it came about leaves no trace:
    /// equal histories have equal pieces, also when one of them went through a copy.
    fn gather(&mut self) {
        let doc = fresh();
        if !apply(&doc, &self.difference(&StateVector::default())) {
            return;
        }
        self.text = read_text(&doc);
        self.doc = Some(Arc::new(doc));
        let whole = self.difference(&StateVector::default());
        self.weight = whole.len();
        self.runs = wire::read(&whole).map_or(self.runs, |whole| wire::runs(&whole));
        self.pieces = BTreeMap::from([(self.merged, whole.into())]);
    }

    fn check_weight(&self, more: usize, limit: usize) -> Result<(), Refused> {
        if self.weight + more <= limit {
            return Ok(());
        }
        // `weight` also counts what single updates repeat of each other.
        let weight = self.difference(&StateVector::default()).len();
        if weight + more <= limit {
            Ok(())
        } else {
            Err(Refused::TooBig)
        }
    }

    fn difference(&self, since: &StateVector) -> Vec<u8> {
        self.doc.as_ref().map_or_else(
            || wire::write(&wire::Update::default()),
            |doc| doc.transact().encode_diff_v1(since),
        )
    }
}

impl PartialEq for Notes {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.known == other.known
    }
}

impl Eq for Notes {}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes")
            .field("text", &self.text)
            .field("merged", &self.merged)
            .finish_non_exhaustive()
    }
}

/// A document that nobody else holds. A copy is made as the first was, piece by piece, so that the two never differ.
fn own<'a>(doc: &'a mut Option<Arc<Doc>>, pieces: &BTreeMap<u32, Arc<[u8]>>) -> &'a Doc {
    let doc = doc.get_or_insert_with(|| Arc::new(fresh()));
    if Arc::get_mut(doc).is_none() {
        let copy = fresh();
        for piece in pieces.values() {
            apply(&copy, piece);
        }
        *doc = Arc::new(copy);
    }
    doc
}

/// An empty document. It never writes itself, so its own client id is nobody's, and nothing in it is left to chance.
fn fresh() -> Doc {
    let doc = Doc::with_options(Options {
        client_id: ClientID::new(0),
        guid: Uuid::from("notes"),
        collection_id: None,
        offset_kind: OffsetKind::Utf16,
        skip_gc: false,
        auto_load: false,
        should_load: false,
        cleanup_formatting: false,
    });
    doc.get_or_insert_text("notes");
    doc
}

/// Whether it could be done; with updates that [`wire`] wrote and [`known`] let through it always can.
fn apply(doc: &Doc, update: &[u8]) -> bool {
    let Ok(update) = yrs::Update::decode_v1(update) else {
        return false;
    };
    doc.transact_mut().apply_update(update).is_ok()
}

fn read_text(doc: &Doc) -> String {
    let text = doc.get_or_insert_text("notes");
    text.get_string(&doc.transact())
}
