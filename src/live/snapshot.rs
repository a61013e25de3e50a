//! A view at one revision as the bytes that every reader gets: encoded and compressed at most once, shared by all.
//! Knows no meeting; it is given the view's value.

use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use serde::Serialize;

/// 4 or 5 is where brotli is still quick; a snapshot is made while people wait for it.
const BROTLI_QUALITY: u32 = 5;

/// A view at one revision.
#[derive(Debug)]
pub struct Snapshot {
    /// Changes when the server starts anew.
    pub epoch: u64,
    /// Grows by one with every change of the view.
    pub revision: u64,
    /// `{"at":[epoch, revision],"view":{…}}`.
    pub plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl Snapshot {
    pub(super) fn new(epoch: u64, revision: u64, view: &impl Serialize) -> Self {
        // Views hold strings and numbers under string keys: writing them into memory does not fail.
        let view = serde_json::to_string(view).unwrap_or_else(|_| "{}".to_owned());
        let plain = format!("{{\"at\":[{epoch},{revision}],\"view\":{view}}}");
        Self {
            epoch,
            revision,
            plain: plain.into(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// `plain`, as gzip.
    pub fn gzip(&self) -> Bytes {
        let make = || {
            let mut writer =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            let done = writer.write_all(&self.plain).and_then(|()| writer.finish());
            // Writing into memory does not fail.
            done.unwrap_or_default().into()
        };
        self.gzip.get_or_init(make).clone()
    }

    /// `plain`, as brotli.
    pub fn brotli(&self) -> Bytes {
        let make = || {
            let mut out = Vec::new();
            let mut writer = brotli::CompressorWriter::new(&mut out, 4096, BROTLI_QUALITY, 20);
            let _into_memory = writer.write_all(&self.plain);
            drop(writer);
            out.into()
        };
        self.brotli.get_or_init(make).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::io::Read;

    #[test]
    fn every_encoding_holds_the_same_view() {
        let view = serde_json::json!({"here": 12, "questions": {"a": {"text": "Why?"}}});
        let snapshot = Snapshot::new(9, 3, &view);
        let plain: Value = serde_json::from_slice(&snapshot.plain).unwrap();
        assert_eq!(plain, serde_json::json!({"at": [9, 3], "view": view}));
        let mut gzip = Vec::new();
        flate2::read::GzDecoder::new(&snapshot.gzip()[..])
            .read_to_end(&mut gzip)
            .unwrap();
        assert_eq!(gzip, snapshot.plain);
        let mut brotli = Vec::new();
        brotli::Decompressor::new(&snapshot.brotli()[..], 4096)
            .read_to_end(&mut brotli)
            .unwrap();
        assert_eq!(brotli, snapshot.plain);
    }
}
