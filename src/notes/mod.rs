//! STUB
use std::collections::BTreeMap;
use std::sync::Arc;
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    text: String,
    pieces: BTreeMap<u32, Arc<[u8]>>,
}
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {}
pub struct Weighed {}
pub enum Refused {
    Malformed,
    Unknown,
    TooBig,
    NothingNew,
}
impl Notes {
    pub fn check(&self, _update: &[u8], _limits: &Limits) -> Result<Weighed, Refused> {
        Ok(Weighed {})
    }
    pub fn merge(&mut self, _update: &[u8]) {}
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn state_vector(&self) -> Vec<u8> {
        vec![0]
    }
    pub fn since(&self, _sv: &[u8]) -> Option<Vec<u8>> {
        None
    }
    pub fn pieces(&self) -> &BTreeMap<u32, Arc<[u8]>> {
        &self.pieces
    }
}
