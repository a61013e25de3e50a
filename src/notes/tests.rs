//! Stories of notes: writers are yrs documents that know nothing of ours; some updates were written by Yjs itself.

use proptest::prelude::*;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, ReadTxn, StateVector, Text, Transact};

use super::*;

mod hostile;
mod yjs;

const LIMITS: Limits = Limits {
    longest: 10_000,
    update_bytes: 16 * 1024,
    doc_bytes: 256 * 1024,
};

/// One writer's page.
struct Writer {
    doc: Doc,
    /// What the server is known to have.
    sent: StateVector,
}

impl Writer {
    fn new(client: u64) -> Self {
        let mut options = Options::with_client_id(ClientID::new(client));
        options.offset_kind = OffsetKind::Utf16;
        let doc = Doc::with_options(options);
        doc.get_or_insert_text("notes");
        Self {
            doc,
            sent: StateVector::default(),
        }
    }

    fn text(&self) -> String {
        read_text(&self.doc)
    }

    /// Puts `put` in the place of `cut` signs from sign `at` on, both taken modulo what is there.
    fn write(&self, at: usize, cut: usize, put: &str) {
        let now = self.text();
        let starts: Vec<u32> = now
            .chars()
            .scan(0, |units, sign| {
                let here = *units;
                *units += sign.len_utf16() as u32;
                Some(here)
            })
            .chain([now.encode_utf16().count() as u32])
            .collect();
        let from = at % starts.len();
        let to = (from + cut).min(starts.len() - 1);
        let text = self.doc.get_or_insert_text("notes");
        let mut transaction = self.doc.transact_mut();
        text.remove_range(&mut transaction, starts[from], starts[to] - starts[from]);
        text.insert(&mut transaction, starts[from], put);
    }

    fn unsent(&mut self) -> Vec<u8> {
        let update = self.doc.transact().encode_diff_v1(&self.sent);
        self.sent = self.doc.transact().state_vector();
        update
    }

    fn read(&self, update: &[u8]) {
        let update = yrs::Update::decode_v1(update).unwrap();
        self.doc.transact_mut().apply_update(update).unwrap();
    }

    fn vector(&self) -> Vec<u8> {
        use yrs::updates::encoder::Encode;
        self.doc.transact().state_vector().encode_v1()
    }

    /// Sends and reads, as a phone with a connection does.
    fn meet(&mut self, notes: &mut Notes) {
        let update = self.unsent();
        match notes.check(&update, &LIMITS) {
            Ok(weighed) => notes.merge(&weighed.update),
            Err(refused) => assert_eq!(refused, Refused::NothingNew),
        }
        self.read(&notes.since(&self.vector()).unwrap());
    }
}

fn written(client: u64, text: &str) -> Vec<u8> {
    let mut writer = Writer::new(client);
    writer.write(0, 0, text);
    writer.unsent()
}

#[test]
fn empty_notes_have_no_document() {
    let notes = Notes::default();
    assert!(notes.doc.is_none());
    assert_eq!((notes.text(), notes.length()), ("", 0));
    assert_eq!(notes.state_vector(), [0]);
    assert_eq!(notes.since(&[0]).unwrap(), yrs::Update::EMPTY_V1);
    assert!(notes.pieces().is_empty());
    assert_eq!(
        notes.check(yrs::Update::EMPTY_V1, &LIMITS),
        Err(Refused::NothingNew)
    );
}

#[test]
fn the_same_update_twice_is_nothing_new() {
    let mut notes = Notes::default();
    let update = written(1, "Dərs");
    assert_eq!(notes.check(&update, &LIMITS).unwrap().length, 4);
    notes.merge(&update);
    assert_eq!(notes.check(&update, &LIMITS), Err(Refused::NothingNew));
    let before = notes.clone();
    notes.merge(&update);
    assert_eq!(notes, before);
    assert_eq!(notes.pieces(), before.pieces());
}

#[test]
fn an_update_that_builds_on_missing_ones_is_unknown() {
    let mut writer = Writer::new(1);
    writer.write(0, 0, "one");
    let first = writer.unsent();
    writer.write(3, 0, " two");
    let second = writer.unsent();
    let mut notes = Notes::default();
    assert_eq!(notes.check(&second, &LIMITS), Err(Refused::Unknown));
    notes.merge(&second);
    assert_eq!(notes, Notes::default());
    notes.merge(&first);
    notes.merge(&second);
    assert_eq!(notes.text(), "one two");
}

#[test]
fn deleting_what_is_missing_is_unknown() {
    let notes = Notes::default();
    assert_eq!(
        notes.check(&[0, 1, 7, 1, 0, 1], &LIMITS),
        Err(Refused::Unknown)
    );
}

#[test]
fn a_text_at_its_limit_can_be_changed_and_shortened_but_not_made_longer() {
    let limits = Limits {
        longest: 10,
        ..LIMITS
    };
    let mut notes = Notes::default();
    let mut writer = Writer::new(1);
    writer.write(0, 0, "0123456789");
    notes.merge(&notes.check(&writer.unsent(), &limits).unwrap().update);
    writer.write(0, 2, "ab");
    let weighed = notes.check(&writer.unsent(), &limits).unwrap();
    assert_eq!(weighed.length, 10);
    notes.merge(&weighed.update);
    assert_eq!(notes.text(), "ab23456789");
    writer.write(3, 0, "!");
    assert_eq!(notes.check(&writer.unsent(), &limits), Err(Refused::TooBig));
}

#[test]
fn an_update_over_its_bytes_and_a_document_over_its_weight_are_too_big() {
    let mut notes = Notes::default();
    let update = written(1, &"ა".repeat(6_000));
    assert_eq!(notes.check(&update, &LIMITS), Err(Refused::TooBig));
    let limits = Limits {
        doc_bytes: 500,
        ..LIMITS
    };
    let mut writer = Writer::new(2);
    let mut refused = None;
    for at in 0..400 {
        writer.write(at * 7, 0, "ə");
        match notes.check(&writer.unsent(), &limits) {
            Ok(weighed) => notes.merge(&weighed.update),
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    assert_eq!(refused, Some(Refused::TooBig));
    assert!(notes.difference(&StateVector::default()).len() <= 520);
}

#[test]
fn typing_for_long_is_weighed_by_what_it_leaves() {
    let limits = Limits {
        doc_bytes: 2_000,
        ..LIMITS
    };
    let mut notes = Notes::default();
    let mut writer = Writer::new(1);
    for at in 0..1_000 {
        writer.write(at, 0, "a");
        notes.merge(&notes.check(&writer.unsent(), &limits).unwrap().update);
    }
    assert_eq!(notes.length(), 1_000);
}

#[test]
fn pieces_are_gathered_into_one_and_a_late_reader_gets_the_text() {
    let mut notes = Notes::default();
    let mut writer = Writer::new(1);
    for at in 0..PIECES {
        writer.write(at, 0, "ə");
        notes.merge(&writer.unsent());
    }
    assert_eq!(notes.pieces().len(), PIECES);
    writer.write(0, 1, "Ə");
    notes.merge(&writer.unsent());
    assert_eq!(
        notes.pieces().keys().copied().collect::<Vec<_>>(),
        [PIECES as u32 + 1]
    );
    writer.write(0, 0, "–");
    notes.merge(&writer.unsent());
    assert_eq!(notes.pieces().len(), 2);
    let late = Writer::new(9);
    for piece in notes.pieces().values() {
        late.read(piece);
    }
    assert_eq!(late.text(), notes.text());
}

#[test]
fn a_copy_is_independent() {
    let mut notes = Notes::default();
    let mut writer = Writer::new(1);
    writer.write(0, 0, "one");
    notes.merge(&writer.unsent());
    let copy = notes.clone();
    writer.write(3, 0, " two");
    notes.merge(&writer.unsent());
    assert_eq!((copy.text(), notes.text()), ("one", "one two"));
    assert_ne!(copy, notes);
    let reader = Writer::new(2);
    reader.read(&copy.since(&[0]).unwrap());
    assert_eq!(reader.text(), "one");
}

#[test]
fn notes_can_be_read_from_any_thread() {
    fn shared<T: Send + Sync>() {}
    shared::<Notes>();
}

const WORDS: &[&str] = &[
    "ə",
    "Şagird ",
    "məktəb",
    "ç\n",
    "სკოლა",
    "ძალიან ",
    "ღ",
    "👩🏽‍🏫",
    "👨‍👩‍👧",
    "🌳",
    "e\u{301}",
    "x",
    "",
];

#[derive(Debug, Clone)]
enum Step {
    Write(usize, usize, usize, usize),
    Meet(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let write = (0..3usize, 0..60usize, 0..4usize, 0..WORDS.len())
        .prop_map(|(who, at, cut, word)| Step::Write(who, at, cut, word));
    proptest::collection::vec(
        prop_oneof![4 => write, 1 => (0..3usize).prop_map(Step::Meet)],
        0..60,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn three_writers_converge_whoever_was_offline(steps in steps()) {
        let mut writers = [Writer::new(11), Writer::new(5), Writer::new((1 << 32) - 1)];
        let mut notes = Notes::default();
        for step in steps {
            match step {
                Step::Write(who, at, cut, word) => writers[who].write(at, cut, WORDS[word]),
                Step::Meet(who) => writers[who].meet(&mut notes),
            }
        }
        for _ in 0..2 {
            for writer in &mut writers {
                writer.meet(&mut notes);
            }
        }
        for writer in &writers {
            prop_assert_eq!(writer.text(), notes.text());
            prop_assert_eq!(&writer.vector().len(), &notes.state_vector().len());
        }
        prop_assert_eq!(notes.length() as usize, notes.text().encode_utf16().count());

        let mut again = Notes::default();
        for (place, piece) in notes.pieces().values().enumerate() {
            if place % 3 == 0 {
                again = again.clone();
            }
            again.merge(piece);
        }
        prop_assert_eq!(&again, &notes);
        prop_assert_eq!(again.pieces(), notes.pieces());
        prop_assert_eq!(again.since(&[0]), notes.since(&[0]));
    }

    #[test]
    fn branches_merged_in_any_order_give_one_text(
        first in steps(), order in Just([0usize, 1, 2]).prop_shuffle(),
    ) {
        let mut base = Notes::default();
        base.merge(&written(99, "Birinci ბრინჯი 🌳"));
        let mut writers = [Writer::new(11), Writer::new(5), Writer::new(7)];
        for writer in &mut writers {
            writer.read(&base.since(&[0]).unwrap());
        }
        for step in first {
            if let Step::Write(who, at, cut, word) = step {
                writers[who].write(at, cut, WORDS[word]);
            }
        }
        let branches: Vec<_> = writers.iter_mut().map(Writer::unsent).collect();
        let mut straight = base.clone();
        branches.iter().for_each(|branch| straight.merge(branch));
        let mut shuffled = base.clone();
        order.iter().for_each(|place| shuffled.merge(&branches[*place]));
        prop_assert_eq!(straight, shuffled);
    }

    #[test]
    fn what_check_says_is_what_merge_does(steps in steps()) {
        let mut writer = Writer::new(3);
        let mut notes = Notes::default();
        for step in steps {
            if let Step::Write(_, at, cut, word) = step {
                writer.write(at, cut, WORDS[word]);
                if let Ok(weighed) = notes.check(&writer.unsent(), &LIMITS) {
                    notes.merge(&weighed.update);
                    prop_assert_eq!(weighed.length, notes.length());
                }
                prop_assert_eq!(writer.text(), notes.text());
            }
        }
    }
}
