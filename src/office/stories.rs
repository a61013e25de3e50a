//! Stories of a server's meetings, and the property that codes are unique.

use super::meetings::{CODE_MS, TRY_MS};
use super::{Entry, Fact, OFFICE, Office, Opening, Phase, Refusal, Wish, code, decide};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn meeting(n: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// Decides, stores, reads back and applies.
fn wish(office: &mut Office, now: i64, wish: Wish) -> Result<usize, Refusal> {
    let facts = decide(office, &wish, now)?;
    let entry = Entry::decode(&Entry { facts }.encode()).unwrap();
    office.apply(now, &entry);
    Ok(entry.facts.len())
}

fn open(office: &mut Office, now: i64, n: u128, tried: Option<&str>) -> Uuid {
    match office.opening(tried, now, u64::try_from(n).unwrap()) {
        Opening::Same(meeting) => meeting,
        Opening::New { code } => {
            let meeting = meeting(n);
            let enter = Wish::Enter {
                meeting,
                code,
                title: "Our park".into(),
                tried: tried.map(str::to_owned),
            };
            wish(office, now, enter).unwrap();
            meeting
        }
        Opening::Full => panic!("full"),
    }
}

#[test]
fn the_same_try_makes_one_meeting_a_day() {
    let mut office = Office::new();
    let first = open(&mut office, 0, 1, Some("try"));
    assert_eq!(open(&mut office, TRY_MS - 1, 2, Some("try")), first);
    assert_ne!(open(&mut office, TRY_MS, 3, Some("try")), first);
    assert_ne!(open(&mut office, TRY_MS, 4, None), first);
}

#[test]
fn a_code_is_free_thirty_days_after_the_end_and_then_leads_to_the_next_meeting() {
    let mut office = Office::new();
    let old = open(&mut office, 0, 1, None);
    let code = office.meeting(old).unwrap().code.clone();
    let again = |n| Wish::Enter {
        meeting: meeting(n),
        code: code.clone(),
        title: String::new(),
        tried: None,
    };
    assert_eq!(
        decide(&office, &again(2), i64::MAX),
        Err(Refusal::CodeTaken),
        "it has not ended"
    );
    wish(&mut office, 10, Wish::Start { meeting: old }).unwrap();
    wish(&mut office, 20, Wish::End { meeting: old }).unwrap();
    assert_eq!(office.by_code(&code).unwrap().meeting, old);
    assert_eq!(
        decide(&office, &again(2), 19 + CODE_MS),
        Err(Refusal::CodeTaken)
    );
    assert_eq!(wish(&mut office, 20 + CODE_MS, again(2)), Ok(1));
    let spaced = format!("{} {}", &code[..2], &code[2..]);
    assert_eq!(office.by_code(&spaced).unwrap().meeting, meeting(2));
    assert_eq!(
        wish(&mut office, 21 + CODE_MS, Wish::Reopen { meeting: old }),
        Err(Refusal::CodeGone)
    );
}

#[test]
fn a_meeting_is_prepared_then_live_then_ended_and_may_go_on() {
    let mut office = Office::new();
    let id = open(&mut office, 0, 1, None);
    let phase = |office: &Office| office.meeting(id).unwrap().phase;
    assert_eq!((phase(&office), office.live_count()), (Phase::Prepared, 0));
    assert_eq!(wish(&mut office, 1, Wish::Start { meeting: id }), Ok(1));
    assert_eq!(wish(&mut office, 2, Wish::Start { meeting: id }), Ok(0));
    assert_eq!((phase(&office), office.live_count()), (Phase::Live, 1));
    assert_eq!(wish(&mut office, 3, Wish::End { meeting: id }), Ok(1));
    assert_eq!((phase(&office), office.live_count()), (Phase::Ended, 0));
    assert_eq!(wish(&mut office, 4, Wish::Reopen { meeting: id }), Ok(1));
    assert_eq!(office.live_count(), 1);
    let title = || "Their park".to_owned();
    assert_eq!(
        wish(
            &mut office,
            5,
            Wish::Rename {
                meeting: id,
                title: title()
            }
        ),
        Ok(1)
    );
    assert_eq!(
        wish(
            &mut office,
            5,
            Wish::Rename {
                meeting: id,
                title: title()
            }
        ),
        Ok(0)
    );
    assert_eq!(office.meeting(id).unwrap().title, title());
    assert_eq!(wish(&mut office, 6, Wish::Delete { meeting: id }), Ok(1));
    assert_eq!(
        wish(&mut office, 7, Wish::Reopen { meeting: id }),
        Err(Refusal::NotFound)
    );
    assert_eq!(
        office.meeting(id).unwrap().title,
        "",
        "a deleted meeting leaves no words"
    );
}

#[test]
fn more_than_twenty_live_meetings_have_longer_codes() {
    let mut office = Office::new();
    for n in 1..=21 {
        let id = open(&mut office, 0, n, None);
        assert_eq!(office.meeting(id).unwrap().code.len(), code::SHORT);
        wish(&mut office, 0, Wish::Start { meeting: id }).unwrap();
    }
    let id = open(&mut office, 0, 22, None);
    assert_eq!(office.meeting(id).unwrap().code.len(), code::LONG);
}

#[test]
fn what_fell_between_the_two_entries_is_found() {
    let mut office = Office::new();
    let (kept, lost, gone) = (
        open(&mut office, 0, 1, None),
        open(&mut office, 0, 2, None),
        open(&mut office, 0, 3, None),
    );
    wish(&mut office, 1, Wish::Delete { meeting: gone }).unwrap();
    let journals = [OFFICE, kept, gone, meeting(9)];
    assert_eq!(office.orphans(journals), [gone, meeting(9)]);
    assert_eq!(office.lost(&journals.into()), [lost]);
}

#[test]
fn what_is_no_code_is_not_entered() {
    let office = Office::new();
    for wrong in ["47 30 96", "12345", "abcdef"] {
        let enter = Wish::Enter {
            meeting: meeting(1),
            code: wrong.into(),
            title: String::new(),
            tried: None,
        };
        assert_eq!(decide(&office, &enter, 0), Err(Refusal::NoCode));
    }
}

#[derive(Debug, Clone)]
enum Step {
    Open {
        n: u128,
        entropy: u64,
        tried: Option<u8>,
    },
    Start(u128),
    End(u128),
    Reopen(u128),
    Delete(u128),
    Rename(u128),
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let n = 1..30u128;
    // Few draws, so that codes collide.
    let open = (n.clone(), 0..6u64, proptest::option::of(0..4u8))
        .prop_map(|(n, entropy, tried)| Step::Open { n, entropy, tried });
    let step = prop_oneof![
        4 => open,
        2 => n.clone().prop_map(Step::Start),
        2 => n.clone().prop_map(Step::End),
        1 => n.clone().prop_map(Step::Reopen),
        1 => n.clone().prop_map(Step::Delete),
        1 => n.prop_map(Step::Rename),
        1 => (0..CODE_MS).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 0..60)
}

fn carry_out(office: &mut Office, now: &mut i64, step: &Step) -> Vec<Fact> {
    let wished = match step {
        Step::Open { n, entropy, tried } => {
            let tried = tried.map(|tried| format!("try {tried}"));
            let Opening::New { code } = office.opening(tried.as_deref(), *now, *entropy) else {
                return Vec::new();
            };
            Wish::Enter {
                meeting: meeting(*n),
                code,
                title: "Our park".into(),
                tried,
            }
        }
        Step::Start(n) => Wish::Start {
            meeting: meeting(*n),
        },
        Step::End(n) => Wish::End {
            meeting: meeting(*n),
        },
        Step::Reopen(n) => Wish::Reopen {
            meeting: meeting(*n),
        },
        Step::Delete(n) => Wish::Delete {
            meeting: meeting(*n),
        },
        Step::Rename(n) => Wish::Rename {
            meeting: meeting(*n),
            title: n.to_string(),
        },
        Step::Wait(ms) => {
            *now += ms;
            return Vec::new();
        }
    };
    let facts = decide(office, &wished, *now).unwrap_or_default();
    office.apply(
        *now,
        &Entry {
            facts: facts.clone(),
        },
    );
    facts
}

proptest! {
    #[test]
    fn no_two_meetings_that_can_be_joined_have_the_same_code(steps in steps()) {
        let (mut office, mut again, mut now) = (Office::new(), Office::new(), 0);
        for step in &steps {
            let facts = carry_out(&mut office, &mut now, step);
            again.apply(now, &Entry { facts });
            let mut codes = BTreeMap::new();
            for listed in office.meetings().filter(|listed| !listed.is_code_free(now)) {
                prop_assert_eq!(codes.insert(&listed.code, listed.meeting), None);
                if listed.phase != Phase::Deleted {
                    prop_assert_eq!(office.by_code(&listed.code).map(|found| found.meeting), Some(listed.meeting));
                }
            }
            let live: BTreeSet<_> =
                office.meetings().filter(|listed| listed.phase == Phase::Live).map(|listed| listed.meeting).collect();
            prop_assert_eq!(live.len(), office.live_count());
        }
        prop_assert_eq!(again, office, "the same journal is the same office");
    }
}
