//! The bytes of a Yjs update (encoding v1), read strictly: one plain text, nothing else.
//! Knows neither the document nor its limits; whatever it lets through is well-formed, bounded by its own length, and can be written again.

/// The only root a document of notes has.
const ROOT: &str = "notes";

/// Clocks and lengths above this are nobody's handwriting (2³⁰ units typed by one page), and leave room to add without overflow.
const HIGHEST_CLOCK: u64 = 1 << 30;

/// Client ids are integers a browser can hold exactly.
const HIGHEST_CLIENT: u64 = (1 << 53) - 1;

const DELETED: u8 = 1;
const STRING: u8 = 4;
const KIND: u8 = 0b0001_1111;
const UNDER_KEY: u8 = 0b0010_0000;
const HAS_RIGHT: u8 = 0b0100_0000;
const HAS_LEFT: u8 = 0b1000_0000;

/// One UTF-16 unit that was ever typed: by which client, as its how-manieth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id {
    pub client: u64,
    pub clock: u32,
}

/// What a run of units is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text(String),
    /// Typed and deleted before anybody saw it: only its length is left, in UTF-16 units.
    Gone(u32),
}

/// A run of units typed by one client in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub clock: u32,
    /// UTF-16 units, at least 1.
    pub len: u32,
    pub left: Option<Id>,
    pub right: Option<Id>,
    pub content: Content,
}

impl Run {
    pub fn end(&self) -> u32 {
        self.clock + self.len
    }

    /// What is left of the run when its first `units` are known. Half of a surrogate pair becomes U+FFFD, as in Yjs.
    pub fn without_first(&self, client: u64, units: u32) -> Self {
        let content = match &self.content {
            Content::Gone(len) => Content::Gone(len - units),
            Content::Text(text) => Content::Text(after_units(text, units)),
        };
        Self {
            clock: self.clock + units,
            len: self.len - units,
            left: Some(Id {
                client,
                clock: self.clock + units - 1,
            }),
            right: self.right,
            content,
        }
    }
}

fn after_units(text: &str, units: u32) -> String {
    let mut passed = 0;
    for (place, sign) in text.char_indices() {
        if passed == units {
            return text[place..].to_owned();
        }
        passed += if sign.len_utf16() == 2 { 2 } else { 1 };
        if passed > units {
            return format!("\u{FFFD}{}", &text[place + sign.len_utf8()..]);
        }
    }
    String::new()
}

/// Clocks `from..to` of one client.
pub type Range = (u32, u32);

/// An update in its parts. Runs of one client follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Update {
    pub runs: Vec<(u64, Vec<Run>)>,
    pub deleted: Vec<(u64, Vec<Range>)>,
}

/// How many runs of text an update holds.
pub fn runs(update: &Update) -> usize {
    update.runs.iter().map(|(_, runs)| runs.len()).sum()
}

/// Reads an update; nothing when it is not one, or holds more than the plain text `notes`.
pub fn read(update: &[u8]) -> Option<Update> {
    let mut bytes = Bytes(update);
    let mut read = Update::default();
    for _ in 0..bytes.count()? {
        let client = read_runs(&mut bytes)?;
        if read.runs.iter().any(|(other, _)| *other == client.0) {
            return None;
        }
        read.runs.push(client);
    }
    for _ in 0..bytes.count()? {
        let client = bytes.client()?;
        let mut ranges = Vec::new();
        for _ in 0..bytes.count()? {
            let from = bytes.clock()?;
            ranges.push((from, end(from, bytes.clock()?)?));
        }
        read.deleted.push((client, ranges));
    }
    bytes.0.is_empty().then_some(read)
}

/// Reads a state vector; nothing when it is not one.
pub fn read_vector(vector: &[u8]) -> Option<Vec<(u64, u32)>> {
    let mut bytes = Bytes(vector);
    let mut read = Vec::new();
    for _ in 0..bytes.count()? {
        read.push((bytes.client()?, bytes.clock()?));
    }
    bytes.0.is_empty().then_some(read)
}

fn read_runs(bytes: &mut Bytes<'_>) -> Option<(u64, Vec<Run>)> {
    let count = bytes.count()?;
    let client = bytes.client()?;
    let mut clock = bytes.clock()?;
    let mut runs = Vec::new();
    for _ in 0..count {
        let run = read_run(bytes, clock)?;
        clock = run.end();
        runs.push(run);
    }
    (!runs.is_empty()).then_some((client, runs))
}

fn read_run(bytes: &mut Bytes<'_>, clock: u32) -> Option<Run> {
    let sign = bytes.byte()?;
    if sign & UNDER_KEY != 0 {
        return None;
    }
    let left = (sign & HAS_LEFT != 0).then(|| bytes.id());
    let right = (sign & HAS_RIGHT != 0).then(|| bytes.id());
    if left.is_none() && right.is_none() && (bytes.number()? != 1 || bytes.text()? != ROOT) {
        return None;
    }
    let content = match sign & KIND {
        DELETED => Content::Gone(bytes.clock()?),
        STRING => Content::Text(bytes.text()?.to_owned()),
        _ => return None,
    };
    let len = match &content {
        Content::Gone(len) => *len,
        Content::Text(text) => u32::try_from(text.encode_utf16().count()).ok()?,
    };
    end(clock, len)?;
    Some(Run {
        clock,
        len,
        left: flatten(left)?,
        right: flatten(right)?,
        content,
    })
}

/// Absent is fine, unreadable is not.
fn flatten(id: Option<Option<Id>>) -> Option<Option<Id>> {
    id.map_or(Some(None), |id| id.map(Some))
}

fn end(from: u32, len: u32) -> Option<u32> {
    (len > 0 && u64::from(from) + u64::from(len) <= HIGHEST_CLOCK).then(|| from + len)
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..56).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// How many things follow; each takes a byte at least, so a number beyond the bytes at hand is a lie.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    fn client(&mut self) -> Option<u64> {
        self.number().filter(|client| *client <= HIGHEST_CLIENT)
    }

    fn clock(&mut self) -> Option<u32> {
        let clock = self.number().filter(|clock| *clock <= HIGHEST_CLOCK)?;
        u32::try_from(clock).ok()
    }

    fn id(&mut self) -> Option<Id> {
        let (client, clock) = (self.client()?, self.clock()?);
        Some(Id { client, clock })
    }

    fn text(&mut self) -> Option<&'a str> {
        let (text, rest) = {
            let len = self.count()?;
            self.0.split_at_checked(len)?
        };
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

/// Writes an update; clients in the order Yjs writes them, highest first.
pub fn write(update: &Update) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, update.runs.len() as u64);
    let mut runs: Vec<_> = update.runs.iter().collect();
    runs.sort_by_key(|(client, _)| std::cmp::Reverse(*client));
    for (client, runs) in runs {
        put(&mut out, runs.len() as u64);
        put(&mut out, *client);
        put(&mut out, runs.first().map_or(0, |run| u64::from(run.clock)));
        for run in runs {
            write_run(&mut out, run);
        }
    }
    put(&mut out, update.deleted.len() as u64);
    for (client, ranges) in &update.deleted {
        put(&mut out, *client);
        put(&mut out, ranges.len() as u64);
        for (from, to) in ranges {
            put(&mut out, u64::from(*from));
            put(&mut out, u64::from(to - from));
        }
    }
    out
}

/// Writes a state vector, clients in the order given.
pub fn write_vector(clocks: impl ExactSizeIterator<Item = (u64, u32)>) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, clocks.len() as u64);
    for (client, clock) in clocks {
        put(&mut out, client);
        put(&mut out, u64::from(clock));
    }
    out
}

fn write_run(out: &mut Vec<u8>, run: &Run) {
    let kind = match run.content {
        Content::Gone(_) => DELETED,
        Content::Text(_) => STRING,
    };
    let left = if run.left.is_some() { HAS_LEFT } else { 0 };
    let right = if run.right.is_some() { HAS_RIGHT } else { 0 };
    out.push(kind | left | right);
    for id in [run.left, run.right].into_iter().flatten() {
        put(out, id.client);
        put(out, u64::from(id.clock));
    }
    if left | right == 0 {
        put(out, 1);
        put_text(out, ROOT);
    }
    match &run.content {
        Content::Gone(len) => put(out, u64::from(*len)),
        Content::Text(text) => put_text(out, text),
    }
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}
