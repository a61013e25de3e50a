//! How people behave at a table: they follow their group, write into the notes, post cards, give dots, and now and then call
//! for help. The notes are a real shared text, so that what comes together at the server is what phones would make.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update};

use crate::wire::sync;

use super::chance::Chance;
use super::phone::Phone;
use super::phrases;

/// Signs of notes after which a person lets others write.
const ENOUGH: u32 = 1_500;

/// A person's place at a table.
#[derive(Debug)]
pub struct AtTable {
    activity: String,
    group: String,
    notes: Doc,
    cards: Vec<String>,
    dots: BTreeMap<String, u8>,
    calls: bool,
}

impl AtTable {
    /// The table a phone was told to go to, if it is another than `known`.
    #[must_use]
    pub fn of(phone: &Phone, known: Option<&Self>) -> Option<Self> {
        let groups = phone.mine["groups"].as_object()?;
        let (activity, mine) = groups.iter().next_back()?;
        let group = mine["group"].as_str()?;
        if known.is_some_and(|known| known.group == group) {
            return None;
        }
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        };
        Some(Self {
            activity: activity.clone(),
            group: group.to_owned(),
            notes: Doc::with_options(options),
            cards: Vec::new(),
            dots: BTreeMap::new(),
            calls: false,
        })
    }

    /// Follows the table's document from now on.
    pub fn begin(&self, phone: &mut Phone) {
        phone.follow(&format!("group/{}", self.group));
    }

    /// Does one of the things that people do at a table.
    pub fn act(&mut self, phone: &mut Phone, chance: &mut Chance) {
        match chance.below(100) {
            0..45 => self.write(phone, chance),
            45..65 => self.post(phone, chance),
            65..82 => self.dot(phone, chance),
            82..86 => self.stack(phone),
            86..90 => self.answer(phone, chance),
            90..93 => self.call(phone),
            93..95 => phone_says(phone, "ready", json!({"group": self.group, "on": true})),
            _ => {}
        }
    }

    /// Types a few words, until there is enough.
    fn write(&mut self, phone: &mut Phone, chance: &mut Chance) {
        let notes = self.notes.get_or_insert_text("notes");
        if notes.len(&self.notes.transact()) < ENOUGH {
            self.type_words(phone, &phrases::ask(chance).text);
        }
    }

    /// Types these words at the end of what this person wrote, and sends what the server may not have yet.
    pub fn type_words(&mut self, phone: &mut Phone, words: &str) {
        let notes = self.notes.get_or_insert_text("notes");
        if !words.is_empty() {
            let mut edit = self.notes.transact_mut();
            let end = notes.len(&edit);
            notes.insert(&mut edit, end, &format!("{words}\n"));
        }
        let known = phone
            .noted
            .get(&self.group)
            .and_then(|vector| StateVector::decode_v1(&STANDARD.decode(vector).ok()?).ok())
            .unwrap_or_default();
        let update = self.notes.transact().encode_diff_v1(&known);
        phone.say(json!({"notes": [self.group, sync::update(&update)]}));
    }

    fn post(&mut self, phone: &mut Phone, chance: &mut Chance) {
        if self.cards.len() >= 6 {
            return;
        }
        let id = Uuid::new_v4().to_string();
        let text: String = phrases::ask(chance).text.chars().take(120).collect();
        let card = json!({"id": id, "group": self.group, "text": text});
        phone_says(phone, "post_card", card);
        self.cards.push(id);
    }

    /// One dot on any card of the table, within a budget of three.
    fn dot(&mut self, phone: &mut Phone, chance: &mut Chance) {
        let document = phone.documents.get(&format!("group/{}", self.group));
        let there: Vec<String> = document
            .and_then(|document| document.view["cards"].as_object())
            .map(|cards| cards.keys().cloned().collect())
            .unwrap_or_else(|| self.cards.clone());
        let spent: u8 = self.dots.values().sum();
        let Some(card) = chance.pick(&there).cloned() else {
            return;
        };
        if spent >= 3 {
            return;
        }
        let dots = self.dots.entry(card.clone()).or_default();
        *dots += 1;
        phone_says(phone, "dot_card", json!({"card": card, "dots": *dots}));
    }

    fn stack(&mut self, phone: &mut Phone) {
        if let [one, .., other] = self.cards.as_slice() {
            phone_says(phone, "stack_card", json!({"card": other, "onto": one}));
        }
    }

    fn answer(&mut self, phone: &mut Phone, chance: &mut Chance) {
        let document = phone.documents.get(&format!("group/{}", self.group));
        let lines = document.and_then(|document| document.view["lines"].as_object());
        let Some(line) = lines.and_then(|lines| lines.keys().next()) else {
            return;
        };
        let Ok(line) = line.parse::<u8>() else { return };
        let text: String = phrases::ask(chance).text.chars().take(50).collect();
        let written = json!({"group": self.group, "line": line, "text": text});
        phone_says(phone, "write_line", written);
    }

    /// Calls for help, or says that it came.
    fn call(&mut self, phone: &mut Phone) {
        self.calls = !self.calls;
        phone_says(
            phone,
            "need_help",
            json!({"group": self.group, "on": self.calls}),
        );
    }

    /// Whether the server has said that it has everything this person typed.
    #[must_use]
    pub fn is_noted(&self, phone: &Phone) -> bool {
        let known = phone.noted.get(&self.group);
        let known = known.and_then(|known| STANDARD.decode(known).ok());
        let known = known.and_then(|known| StateVector::decode_v1(&known).ok());
        let typed = self.notes.transact().state_vector();
        typed.iter().all(|(client, clock)| {
            known
                .as_ref()
                .is_some_and(|known| known.get(client) >= *clock)
        })
    }

    /// The text of the notes in a group's document.
    #[must_use]
    pub fn read(group: &Value) -> String {
        let notes = Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::default()
        });
        let text = notes.get_or_insert_text("notes");
        for piece in group["notes"]
            .as_object()
            .into_iter()
            .flat_map(|pieces| pieces.values())
        {
            let update = piece.as_str().and_then(|piece| STANDARD.decode(piece).ok());
            let update = update.and_then(|update| Update::decode_v1(&update).ok());
            if let Some(update) = update {
                let _unfit = notes.transact_mut().apply_update(update);
            }
        }
        text.get_string(&notes.transact())
    }

    /// The group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Which activity it belongs to.
    #[must_use]
    pub fn activity(&self) -> &str {
        &self.activity
    }
}

fn phone_says(phone: &mut Phone, name: &str, wish: Value) {
    phone.send(json!({ name: wish }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_travels_in_its_envelope() {
        let read = STANDARD.decode(sync::update(&[7; 300])).unwrap();
        assert_eq!(&read[..3], &[2, 0xac, 2]);
        assert_eq!(read.len(), 303);
    }
}
