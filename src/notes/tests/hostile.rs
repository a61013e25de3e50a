//! Bytes of strangers: whatever they are, looking at them and merging them ends well.

use super::wire::{Content, Id, Run, Update, write};
use super::*;

fn begun() -> Notes {
    let mut notes = Notes::default();
    yjs::updates().iter().for_each(|update| notes.merge(update));
    notes
}

/// Looks, merges, and holds that nothing was left half done. Who lies about places (to the right of one sign and to the left of
/// another that stands before it) gets a text that depends on the order of the updates, in Yjs too; here that order is always one.
fn survives(notes: &mut Notes, update: &[u8]) {
    let checked = notes.check(update, &LIMITS);
    let before = notes.clone();
    notes.merge(update);
    match checked {
        Ok(weighed) => {
            assert_eq!(weighed.length, notes.length());
            assert!(weighed.update.len() <= update.len() + 16);
            let mut trimmed = before;
            trimmed.merge(&weighed.update);
            assert_eq!(&trimmed, notes);
        }
        Err(Refused::TooBig) => {}
        Err(_) => assert_eq!(&before, notes),
    }
    let [by_pieces, at_once] = [Writer::new(8_888), Writer::new(8_889)];
    notes
        .pieces()
        .values()
        .for_each(|piece| by_pieces.read(piece));
    at_once.read(&notes.since(&[0]).unwrap());
    assert_eq!(by_pieces.text(), notes.text());
    assert_eq!(
        at_once.text().encode_utf16().count(),
        by_pieces.text().encode_utf16().count()
    );
}

/// Well-formed updates whose places and clocks are anything.
fn crafted() -> impl Strategy<Value = Update> {
    let client = || prop_oneof![Just(77u64), Just(2001), Just(4_294_967_295), 1..4u64];
    let id = move || {
        proptest::option::of((client(), 0..25u32).prop_map(|(client, clock)| Id { client, clock }))
    };
    let content = prop_oneof![
        "[aəბ🌳\u{fffd}]{1,4}".prop_map(Content::Text),
        (1..4u32).prop_map(Content::Gone),
    ];
    let run = (id(), id(), content).prop_map(|(left, right, content)| {
        let len = match &content {
            Content::Gone(len) => *len,
            Content::Text(text) => text.encode_utf16().count() as u32,
        };
        Run {
            clock: 0,
            len,
            left,
            right,
            content,
        }
    });
    let runs = (client(), 0..22u32, proptest::collection::vec(run, 1..5)).prop_map(
        |(client, clock, mut runs)| {
            let mut next = clock;
            for run in &mut runs {
                run.clock = next;
                next = run.end();
            }
            (client, runs)
        },
    );
    let ranges = (
        client(),
        proptest::collection::vec(
            (0..25u32, 1..6u32).prop_map(|(from, len)| (from, from + len)),
            1..4,
        ),
    );
    (
        proptest::collection::vec(runs, 0..3),
        proptest::collection::vec(ranges, 0..3),
    )
        .prop_map(|(runs, deleted)| Update { runs, deleted })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn noise_is_survived(noise in proptest::collection::vec(any::<u8>(), 0..80)) {
        survives(&mut begun(), &noise);
        let _ = begun().since(&noise);
    }

    #[test]
    fn updates_with_flipped_bytes_are_survived(
        which in 0..9usize,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        seen in 0..9usize,
    ) {
        let updates = yjs::updates();
        let mut notes = Notes::default();
        updates[..seen].iter().for_each(|update| notes.merge(update));
        let mut update = updates[which].clone();
        for (place, byte) in flips {
            let place = place.index(update.len());
            update[place] = byte;
        }
        survives(&mut notes, &update);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn well_formed_lies_are_survived(updates in proptest::collection::vec(crafted(), 1..6)) {
        let mut notes = begun();
        for update in updates {
            survives(&mut notes, &write(&update));
        }
    }
}

#[test]
fn great_numbers_cost_nothing() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f];
    let text = |len: &[u8]| [&[1, 1, 5, 0, 4, 1, 5][..], b"notes", len, b"x\0"].concat();
    let gone = |len: &[u8]| [&[1, 1, 5, 0, 1, 1, 5][..], b"notes", len, b"\0"].concat();
    let lies = [
        huge.to_vec(),
        [&[1][..], &huge].concat(),
        [&[0][..], &huge].concat(),
        [&[0, 1, 5][..], &huge].concat(),
        [&[0, 1, 5, 1, 0][..], &huge].concat(),
        [&[1, 1, 5][..], &huge, &[4]].concat(),
        text(&huge),
        gone(&huge),
        gone(&[0]),
        text(&[0]),
        gone(&[0xff, 0xff, 0xff, 0xff, 0x0f]),
        vec![0xff; 40],
    ];
    for lie in lies {
        assert_eq!(
            Notes::default().check(&lie, &LIMITS),
            Err(Refused::Malformed),
            "{lie:?}"
        );
    }
    // A thousand million units that nobody saw are a number, nothing more.
    let mut notes = Notes::default();
    survives(&mut notes, &gone(&[0x80, 0x80, 0x80, 0x80, 0x04]));
    assert_eq!(notes.length(), 0);
}

#[test]
fn an_update_that_leans_on_itself_in_a_circle_is_malformed() {
    let run = |left| Run {
        clock: 0,
        len: 1,
        left: Some(left),
        right: None,
        content: Content::Text("x".to_owned()),
    };
    let [one, other] = [1, 2].map(|client| Id { client, clock: 0 });
    let circle = Update {
        runs: vec![(1, vec![run(other)]), (2, vec![run(one)])],
        deleted: Vec::new(),
    };
    assert_eq!(
        Notes::default().check(&write(&circle), &LIMITS),
        Err(Refused::Malformed)
    );
}

#[test]
fn strangers_that_all_want_one_place_are_too_much_at_some_time() {
    // Each run is compared with every other, so that what an update costs grows with what is there.
    let mut notes = Notes::default();
    let runs = |from: u64| {
        let content = || Content::Text("x".to_owned());
        (from..from + 1_000)
            .map(|client| {
                (
                    client,
                    vec![Run {
                        clock: 0,
                        len: 1,
                        left: None,
                        right: None,
                        content: content(),
                    }],
                )
            })
            .collect()
    };
    let taken = [1, 1_001, 2_001].map(|from| {
        let update = write(&Update {
            runs: runs(from),
            deleted: Vec::new(),
        });
        let checked = notes.check(&update, &LIMITS);
        if let Ok(weighed) = &checked {
            notes.merge(&weighed.update);
        }
        checked.is_ok()
    });
    assert_eq!(taken, [true, true, false]);
    notes.merge(&written(9_999, "one more is nothing"));
    assert!(notes.text().contains("one more"));
}
