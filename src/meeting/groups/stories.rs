//! Group work as it goes in a hall: planned, published, worked, moved about, reported.

use uuid::Uuid;

use crate::meeting::command::{ActivityKind, Call, Command, Duty, GroupCommand as C, How};
use crate::meeting::fact::{Fact, GroupFact};
use crate::meeting::groups::state::{Group, Plan, Work};
use crate::meeting::hall::{Hall, person, seat};
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, Timestamp};
use crate::meeting::refusal::Code;
use crate::meeting::role::Actor;
use crate::meeting::wish::Wish;

const WORK: ActivityId = ActivityId(Uuid::from_u128(0xA9));

fn group(n: u128) -> GroupId {
    GroupId(Uuid::from_u128(0x6000 + n))
}

fn card(n: u128) -> CardId {
    CardId(Uuid::from_u128(0xCA00 + n))
}

/// Seats 10–15 in a hall with a groups activity of two tables, two rounds.
fn planned() -> Hall {
    let mut hall = Hall::new();
    hall.lead(Command::AddActivity {
        id: WORK,
        kind: ActivityKind::Groups,
        title: "Tables".to_owned(),
        minutes: None,
        before: None,
    });
    for n in 10..16 {
        hall.sit(n, None);
    }
    lead(&mut hall, settings(|_| ()));
    let plan = Plan {
        groups: vec![group(1), group(2)],
        seats: (10..16).map(seat).collect(),
        rounds: vec![
            vec![vec![0, 1, 2], vec![3, 4, 5]],
            vec![vec![0, 3, 4], vec![1, 2, 5]],
        ],
        repeats: 2,
        account: vec![],
    };
    let wish = Wish::Plan {
        activity: WORK,
        plan,
    };
    hall.wish(hall.facilitator, &wish).unwrap();
    hall
}

fn settings(change: impl FnOnce(&mut C)) -> C {
    let mut command = C::SetGroups {
        activity: WORK,
        how: None,
        tables: None,
        size: None,
        rounds: Some(2),
        hosts: None,
        balance: None,
        from: None,
        task: Some("Name three barriers".to_owned()),
        lines: Some(vec!["Barrier 1".to_owned(), "Barrier 2".to_owned()]),
        seconds: Some(600),
        dots: Some(3),
        turn_s: Some(60),
    };
    change(&mut command);
    command
}

fn published() -> Hall {
    let mut hall = planned();
    lead(&mut hall, C::PublishGroups { activity: WORK });
    hall
}

fn lead(hall: &mut Hall, command: C) -> Vec<Fact> {
    hall.lead(Command::Group(command))
}

fn send(hall: &mut Hall, actor: Actor, command: C) -> Result<Vec<Fact>, Code> {
    hall.send(actor, Command::Group(command))
}

fn work(hall: &Hall) -> &Work {
    &hall.meeting.works[&WORK]
}

fn table(hall: &Hall, n: u128) -> &Group {
    &hall.meeting.groups[&group(n)]
}

fn at(hall: &Hall, n: u128) -> Vec<u128> {
    let places = table(hall, n).places.keys();
    places.map(|seat| seat.0.as_u128() - 0x5000).collect()
}

/// Both ways round, every seat stands where the other map says.
fn is_sound(hall: &Hall) {
    let work = work(hall);
    for (seat, group) in &work.seats {
        assert!(hall.meeting.groups[group].places.contains_key(seat));
    }
    for (id, group) in &hall.meeting.groups {
        for seat in group.places.keys() {
            assert_eq!(work.seats.get(seat), Some(id));
        }
        for seat in group.duties.values() {
            assert!(group.places.contains_key(seat));
        }
    }
}

#[test]
fn a_plan_is_the_desks_alone_until_it_is_published_and_then_opens_the_activity() {
    let mut hall = planned();
    assert!(work(&hall).draft.is_some() && work(&hall).seats.is_empty());
    let facts = lead(&mut hall, C::PublishGroups { activity: WORK });
    assert!(facts.contains(&Fact::ActivityOpened { activity: WORK }));
    assert_eq!(hall.meeting.stage.activity, Some(WORK));
    assert_eq!(
        (at(&hall, 1), at(&hall, 2)),
        (vec![10, 11, 12], vec![13, 14, 15])
    );
    assert_eq!((table(&hall, 1).number, table(&hall, 2).number), (1, 2));
    assert_eq!(table(&hall, 1).duties.len(), 3);
    is_sound(&hall);
    assert_eq!(
        send(&mut hall, person(1), C::PublishGroups { activity: WORK }),
        Err(Code::WrongState)
    );
}

#[test]
fn a_round_moves_everybody_and_deals_the_duties_to_those_who_served_least() {
    let mut hall = published();
    let reporters = |hall: &Hall| -> Vec<_> {
        [1, 2]
            .map(|n| table(hall, n).duties[&Duty::Reporter])
            .to_vec()
    };
    let first = reporters(&hall);
    lead(&mut hall, C::NextRound { activity: WORK });
    assert_eq!(
        (at(&hall, 1), at(&hall, 2)),
        (vec![10, 13, 14], vec![11, 12, 15])
    );
    assert_eq!(work(&hall).round, 2);
    is_sound(&hall);
    // In groups of three everybody has one duty each round, so nobody has two before all have one.
    assert!(work(&hall).served.values().all(|times| *times == 2));
    assert_eq!(first.len(), 2);
    assert_eq!(
        send(&mut hall, person(1), C::NextRound { activity: WORK }),
        Err(Code::WrongState)
    );
}

#[test]
fn whoever_comes_late_sits_at_once_and_nobody_is_moved() {
    let mut hall = published();
    let before = (at(&hall, 1), at(&hall, 2));
    lead(
        &mut hall,
        C::MoveSeats {
            activity: WORK,
            seats: vec![seat(15)],
            to: Some(group(1)),
        },
    );
    hall.sit(20, None);
    assert_eq!(at(&hall, 2), vec![13, 14, 20]);
    assert_eq!(before.0, vec![10, 11, 12]);
    hall.sit(21, None);
    lead(
        &mut hall,
        C::ChangeGroup {
            group: group(2),
            name: None,
            place: None,
            step_free: None,
            task: None,
            locked: Some(true),
            most: None,
        },
    );
    hall.sit(22, None);
    assert!(at(&hall, 1).contains(&22), "a locked table takes nobody");
    lead(&mut hall, C::NextRound { activity: WORK });
    assert!(
        work(&hall).seats.contains_key(&seat(20)),
        "and has a place in the next round too"
    );
    is_sound(&hall);
}

#[test]
fn people_are_moved_swapped_merged_and_split_and_duties_follow() {
    let mut hall = published();
    lead(
        &mut hall,
        C::SwapSeats {
            activity: WORK,
            one: seat(10),
            other: seat(13),
        },
    );
    assert_eq!(
        (at(&hall, 1), at(&hall, 2)),
        (vec![11, 12, 13], vec![10, 14, 15])
    );
    is_sound(&hall);
    lead(
        &mut hall,
        C::SplitGroup {
            group: group(2),
            id: group(3),
            seats: vec![seat(14), seat(15)],
        },
    );
    assert_eq!(at(&hall, 3), vec![14, 15]);
    assert!(table(&hall, 2).duties.values().all(|who| *who == seat(10)));
    send(
        &mut hall,
        person(14),
        C::PostCard {
            id: card(1),
            group: group(3),
            text: "Stairs".to_owned(),
        },
    )
    .unwrap();
    send(
        &mut hall,
        person(14),
        C::WriteLine {
            group: group(3),
            line: 1,
            text: "Stairs".to_owned(),
        },
    )
    .unwrap();
    lead(
        &mut hall,
        C::MergeGroups {
            from: group(3),
            into: group(2),
        },
    );
    assert_eq!(at(&hall, 2), vec![10, 14, 15]);
    assert_eq!(hall.meeting.cards[&card(1)].group, group(2));
    assert_eq!(table(&hall, 2).lines[&1], "Stairs");
    assert!(!hall.meeting.groups.contains_key(&group(3)));
    is_sound(&hall);
    assert_eq!(
        send(&mut hall, person(1), C::RemoveGroup { group: group(2) }),
        Err(Code::WrongState)
    );
}

#[test]
fn people_choose_within_the_places_there_are() {
    let mut hall = planned();
    lead(
        &mut hall,
        settings(|command| {
            if let C::SetGroups { how, .. } = command {
                *how = Some(How::SelfChosen);
            }
        }),
    );
    let plan = Plan {
        groups: vec![group(1), group(2)],
        ..Plan::default()
    };
    hall.wish(
        hall.facilitator,
        &Wish::Plan {
            activity: WORK,
            plan,
        },
    )
    .unwrap();
    lead(
        &mut hall,
        C::ChangeGroup {
            group: group(1),
            name: None,
            place: Some("By the window".to_owned()),
            step_free: None,
            task: None,
            locked: None,
            most: Some(1),
        },
    );
    assert_eq!(
        send(&mut hall, person(10), C::JoinGroup { group: group(1) }),
        Err(Code::WrongState)
    );
    lead(&mut hall, C::PublishGroups { activity: WORK });
    send(&mut hall, person(10), C::JoinGroup { group: group(1) }).unwrap();
    assert_eq!(
        send(&mut hall, person(11), C::JoinGroup { group: group(1) }),
        Err(Code::TooMany)
    );
    assert_eq!(table(&hall, 1).duties[&Duty::Reporter], seat(10));
    send(&mut hall, person(10), C::JoinGroup { group: group(2) }).unwrap();
    assert_eq!((at(&hall, 1), at(&hall, 2)), (vec![], vec![10]));
    send(&mut hall, person(10), C::LeaveGroup { group: group(2) }).unwrap();
    assert!(work(&hall).seats.is_empty());
    hall.sit(20, None);
    assert!(
        work(&hall).seats.is_empty(),
        "nobody is put where people choose"
    );
}

#[test]
fn time_runs_for_one_or_all_and_the_end_comes_after_its_count_down() {
    let mut hall = published();
    lead(
        &mut hall,
        C::SetTimer {
            activity: WORK,
            group: None,
            seconds: 600,
        },
    );
    let end = hall.now.plus_ms(600_000);
    assert_eq!(table(&hall, 1).ends_at, Some(end));
    lead(
        &mut hall,
        C::AddTime {
            activity: WORK,
            group: Some(group(1)),
            seconds: 120,
        },
    );
    assert_eq!(
        (table(&hall, 1).ends_at, table(&hall, 2).ends_at),
        (Some(end.plus_ms(120_000)), Some(end))
    );
    hall.pass(700_000);
    lead(
        &mut hall,
        C::AddTime {
            activity: WORK,
            group: Some(group(2)),
            seconds: 60,
        },
    );
    assert_eq!(table(&hall, 2).ends_at, Some(hall.now.plus_ms(60_000)));
    lead(
        &mut hall,
        C::EndGroups {
            activity: WORK,
            group: None,
            in_s: Some(60),
        },
    );
    assert_eq!(hall.meeting.next_deadline(), Some(hall.now.plus_ms(60_000)));
    assert_eq!(hall.deadline(), vec![]);
    lead(
        &mut hall,
        C::ResumeGroups {
            activity: WORK,
            group: Some(group(1)),
        },
    );
    hall.pass(60_000);
    let ended = hall.deadline();
    assert_eq!(
        ended,
        vec![Fact::Group(GroupFact::Ended { group: group(2) })]
    );
    let post = |text: &str, n| C::PostCard {
        id: card(n),
        group: group(2),
        text: text.to_owned(),
    };
    assert!(send(&mut hall, person(14), post("typed before", 1)).is_ok());
    hall.pass(60_001);
    assert_eq!(
        send(&mut hall, person(14), post("too late", 2)),
        Err(Code::Closed)
    );
}

#[test]
fn dots_stay_within_the_budget_and_are_shown_by_the_reporter() {
    let mut hall = published();
    for (n, text) in [(1, "Stairs"), (2, "Steps"), (3, "Toilets")] {
        let post = C::PostCard {
            id: card(n),
            group: group(1),
            text: text.to_owned(),
        };
        send(&mut hall, person(10), post).unwrap();
    }
    let dot = |n, dots| C::DotCard {
        card: card(n),
        dots,
    };
    send(&mut hall, person(11), dot(1, 2)).unwrap();
    assert_eq!(send(&mut hall, person(11), dot(2, 2)), Err(Code::TooMany));
    send(&mut hall, person(11), dot(2, 1)).unwrap();
    assert_eq!(
        send(&mut hall, person(14), dot(2, 1)),
        Err(Code::NotAllowed)
    );
    let stack = |n, onto: Option<u128>| C::StackCard {
        card: card(n),
        onto: onto.map(card),
    };
    send(&mut hall, person(12), stack(2, Some(1))).unwrap();
    assert_eq!(hall.meeting.dots_of(group(1))[&card(1)], 3);
    assert_eq!(
        send(&mut hall, person(12), stack(1, Some(2))),
        Err(Code::WrongState)
    );
    send(&mut hall, person(12), stack(1, Some(3))).unwrap();
    assert_eq!(
        hall.meeting.cards[&card(2)].onto,
        Some(card(3)),
        "what lies under it comes along"
    );
    send(&mut hall, person(12), stack(2, None)).unwrap();
    let reporter = table(&hall, 1).duties[&Duty::Reporter];
    let show = C::ShowDots {
        activity: WORK,
        group: Some(group(1)),
        on: true,
    };
    let other = [10, 11, 12]
        .into_iter()
        .map(seat)
        .find(|seat| *seat != reporter)
        .unwrap();
    assert_eq!(
        send(&mut hall, Actor::Seat(other), show.clone()),
        Err(Code::NotAllowed)
    );
    send(&mut hall, Actor::Seat(reporter), show).unwrap();
    assert!(table(&hall, 1).dots_shown);
    send(&mut hall, person(10), C::RemoveCard { card: card(3) }).unwrap();
    assert_eq!(hall.meeting.cards[&card(1)].onto, None);
}

#[test]
fn a_call_for_help_waits_until_somebody_comes_and_letters_are_read() {
    let mut hall = published();
    let help = |on, call| C::NeedHelp {
        group: group(1),
        on,
        call,
    };
    send(&mut hall, person(10), help(true, Some(Call::Fetch))).unwrap();
    assert_eq!(
        send(&mut hall, person(10), help(true, Some(Call::Fetch))),
        Ok(vec![])
    );
    assert_eq!(table(&hall, 1).help.unwrap().at, hall.now);
    send(
        &mut hall,
        person(2),
        C::Visit {
            group: group(1),
            on: true,
        },
    )
    .unwrap();
    assert!(table(&hall, 1).help.unwrap().visited);
    send(&mut hall, person(2), help(false, None)).unwrap();
    assert_eq!(table(&hall, 1).help, None);
    assert_eq!(
        send(
            &mut hall,
            person(2),
            C::Visit {
                group: group(1),
                on: true
            }
        ),
        Err(Code::WrongState)
    );
    let id = LetterId(Uuid::from_u128(1));
    let letter = C::WriteTo {
        id,
        activity: WORK,
        group: None,
        text: "Coffee is here".to_owned(),
    };
    send(&mut hall, person(2), letter).unwrap();
    send(
        &mut hall,
        person(13),
        C::Acknowledge {
            letter: id,
            group: group(2),
        },
    )
    .unwrap();
    let read = &work(&hall).letters[&id].read;
    assert_eq!(read.iter().copied().collect::<Vec<_>>(), [group(2)]);
    assert_eq!(
        send(
            &mut hall,
            person(13),
            C::Ready {
                group: group(1),
                on: true
            }
        ),
        Err(Code::NotAllowed)
    );
}

#[test]
fn groups_report_one_by_one_on_the_same_clock() {
    let mut hall = published();
    hall.lead(Command::Stage {
        activity: None,
        in_s: None,
    });
    let report = |n: Option<u128>| C::Report {
        activity: WORK,
        group: n.map(group),
    };
    lead(
        &mut hall,
        C::OrderReports {
            activity: WORK,
            groups: vec![group(2), group(1)],
        },
    );
    let facts = lead(&mut hall, report(Some(2)));
    assert!(facts.contains(&Fact::StageSet {
        activity: Some(WORK)
    }));
    let ends = |hall: &Hall| work(hall).reporting.unwrap().ends_at;
    assert_eq!(ends(&hall), hall.now.plus_ms(60_000));
    hall.pass(20_000);
    lead(
        &mut hall,
        C::PauseReport {
            activity: WORK,
            on: true,
        },
    );
    hall.pass(5_000);
    lead(
        &mut hall,
        C::AddReportTime {
            activity: WORK,
            seconds: 30,
        },
    );
    lead(
        &mut hall,
        C::PauseReport {
            activity: WORK,
            on: false,
        },
    );
    assert_eq!(ends(&hall), hall.now.plus_ms(70_000));
    lead(&mut hall, report(Some(1)));
    assert!(work(&hall).reported.contains(&group(2)));
    lead(&mut hall, report(None));
    assert_eq!(
        (work(&hall).reported.len(), work(&hall).reporting),
        (2, None)
    );
    assert_eq!(
        send(
            &mut hall,
            person(1),
            C::PauseReport {
                activity: WORK,
                on: true
            }
        ),
        Err(Code::WrongState)
    );
}

#[test]
fn an_activity_that_is_closed_ends_its_tables_and_one_removed_takes_them_along() {
    let mut hall = published();
    hall.lead(Command::Close { activity: WORK });
    assert!(table(&hall, 1).ended() && table(&hall, 2).ended());
    let mut hall = planned();
    hall.lead(Command::RemoveActivity { activity: WORK });
    assert!(hall.meeting.groups.is_empty() && hall.meeting.works.is_empty());
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut hall = published();
    let too_long = C::PostCard {
        id: card(1),
        group: group(1),
        text: "a".repeat(201),
    };
    assert_eq!(send(&mut hall, person(10), too_long), Err(Code::TooLong));
    let line = |line| C::WriteLine {
        group: group(1),
        line,
        text: "x".to_owned(),
    };
    assert_eq!(send(&mut hall, person(10), line(3)), Err(Code::OutOfRange));
    assert_eq!(send(&mut hall, person(10), line(0)), Err(Code::OutOfRange));
    assert_eq!(send(&mut hall, person(14), line(1)), Err(Code::NotAllowed));
    assert_eq!(
        send(
            &mut hall,
            person(10),
            C::SetTimer {
                activity: WORK,
                group: None,
                seconds: 1
            }
        ),
        Err(Code::NotAllowed)
    );
    let nowhere = C::SetTimer {
        activity: WORK,
        group: Some(group(9)),
        seconds: 1,
    };
    assert_eq!(send(&mut hall, person(1), nowhere), Err(Code::NotFound));
    assert!(hall.now > Timestamp(0));
}
