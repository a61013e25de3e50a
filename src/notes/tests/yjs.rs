//! Updates written by Yjs 13.6.33, three pages (clients 2001, 4294967295 and 77) that wrote at once.

use super::*;

const TEXT: &str = "ş👩\u{200d}əქართული👧 Məkb bağı 🌳 სკოლის ბაღი 👩🏽\u{200d}🏫";
const UPDATES: &[&str] = &[
    "0101d10f000401056e6f746573144dc9996b74c99962206261c49fc4b120f09f8cb300",
    "0101ffffffff0f0084d10f0d2020e183a1e18399e1839de1839ae18398e183a120e18391e18390e183a6e1839800",
    "01014d0044d10f0013f09f91a8e2808df09f91a9e2808df09f91a72000",
    "0001d10f010302",
    "0101d10f0ec44d054d0602c99900",
    "0101ffffffff0f0cc44d054d0615e183a5e18390e183a0e18397e183a3e1839ae1839800",
    "00014d010003",
    "01014d0984ffffffff0f0b1020f09f91a9f09f8fbde2808df09f8fab00",
    "0102d10f0fc14d024d0301c4d10f0f4d0302c59f01d10f010f01",
];
const WHOLE: &str = "0302ffffffff0f0084d10f0d2020e183a1e18399e1839de1839ae18398e183a120e18391e18390e183a6e18398c44d054d0615e183a5e18390e183a0e18397e183a3e1839ae1839806d10f000401056e6f746573044dc9996b81d10f020284d10f040d62206261c49fc4b120f09f8cb3c44d054d0602c999c14d024d0301c4d10f0f4d0302c59f044d0041d10f0003c44d02d10f0007f09f91a9e2808dc44d05d10f0005f09f91a72084ffffffff0f0b1020f09f91a9f09f8fbde2808df09f8fab02d10f0203020f014d010003";

/// What is more than plain text named `notes`, each written by Yjs.
const FOREIGN: &[(&str, &str)] = &[
    ("a map", "010105002801056e6f7465730161017d0100"),
    ("another text", "010105000401056f74686572017800"),
    (
        "formatting",
        "010305000601056e6f74657304626f6c640474727565840500017886050104626f6c64046e756c6c00",
    ),
    ("an embed", "010105000501056e6f746573077b2261223a317d00"),
    ("an array", "010105000801056e6f746573017d0100"),
    ("a document inside", "010105000901056e6f7465730167760000"),
    (
        "a text inside a map",
        "010305000701056e6f7465730127000500016b0204000501017800",
    ),
    ("xml", "010205000701056e6f7465730604000500017800"),
];

pub fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

pub fn updates() -> Vec<Vec<u8>> {
    UPDATES.iter().map(|hex| bytes(hex)).collect()
}

#[test]
fn three_pages_in_az_ka_and_emoji_give_the_text_they_saw() {
    let mut notes = Notes::default();
    for update in updates() {
        let weighed = notes.check(&update, &LIMITS).unwrap();
        assert!(weighed.update.len() <= update.len());
        notes.merge(&weighed.update);
    }
    assert_eq!((notes.text(), notes.length()), (TEXT, 47));
    let vector = wire::read_vector(&notes.state_vector()).unwrap();
    assert_eq!(vector, [(77, 17), (2001, 17), (4_294_967_295, 19)]);
    let [ours, theirs] = [notes.since(&[0]).unwrap(), bytes(WHOLE)].map(|whole| {
        let mut whole = wire::read(&whole).unwrap();
        whole.deleted.sort();
        whole
    });
    assert_eq!(ours, theirs, "run for run what Yjs would send");
}

#[test]
fn a_whole_document_is_one_update() {
    let mut notes = Notes::default();
    notes.merge(&bytes(WHOLE));
    assert_eq!((notes.text(), notes.length()), (TEXT, 47));
    assert!(
        updates()
            .iter()
            .all(|update| notes.check(update, &LIMITS) == Err(Refused::NothingNew))
    );
}

#[test]
fn only_what_is_new_of_an_update_is_taken() {
    let mut notes = Notes::default();
    let all = updates();
    all[..3].iter().for_each(|update| notes.merge(update));
    let weighed = notes.check(&bytes(WHOLE), &LIMITS).unwrap();
    assert!(weighed.update.len() < bytes(WHOLE).len());
    notes.merge(&weighed.update);
    assert_eq!((notes.text(), weighed.length), (TEXT, 47));
}

#[test]
fn half_of_a_pair_deleted_becomes_the_sign_yjs_puts_there() {
    let mut notes = Notes::default();
    for hex in [
        "010109000401056e6f7465730661f09f8cb36200",
        "000109010201",
        "01010904c40902090302c99900",
    ] {
        let weighed = notes.check(&bytes(hex), &LIMITS).unwrap();
        notes.merge(&weighed.update);
        assert_eq!(weighed.length, notes.length());
    }
    assert_eq!(notes.text(), "a\u{FFFD}əb");
}

#[test]
fn more_than_plain_text_is_malformed() {
    for (what, hex) in FOREIGN {
        let update = bytes(hex);
        let mut notes = Notes::default();
        assert_eq!(
            notes.check(&update, &LIMITS),
            Err(Refused::Malformed),
            "{what}"
        );
        notes.merge(&update);
        assert_eq!(notes, Notes::default(), "{what}");
    }
}
