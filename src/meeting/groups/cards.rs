//! Idea cards: post, edit, stack, give dots within a budget while nobody sees how they fall, and link what several tables said.

use super::{Facts, change, find_work, meant, setting, writing_at};
use crate::meeting::authority;
use crate::meeting::command::Duty;
use crate::meeting::fact::GroupFact;
use crate::meeting::fitting;
use crate::meeting::groups::state::Card;
use crate::meeting::ids::{ActivityId, CardId, GroupId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// Longest card in graphemes.
const CARD: usize = 200;
/// Most cards of one group.
const CARDS: usize = 200;
/// Most cards linked at once.
const LINKED: usize = 200;

fn find(meeting: &Meeting, card: CardId) -> Result<&Card, Refusal> {
    meeting
        .cards
        .get(&card)
        .ok_or_else(|| Code::NotFound.into())
}

/// Refusals: `not_found`, `not_allowed`, `closed`, `exists`, `empty`, `too_long`, `too_many`.
pub fn post(meeting: &Meeting, id: CardId, group: GroupId, text: &str, ctx: &Context) -> Facts {
    if let Some(there) = meeting.cards.get(&id) {
        return if there.group == group {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    writing_at(meeting, group, ctx)?;
    fitting::room(meeting.cards_of(group).count(), CARDS)?;
    Ok(vec![GroupFact::CardPosted {
        card: id,
        group,
        text: fitting::lines(text, CARD)?,
    }])
}

/// Refusals: `not_found`, `not_allowed`, `closed`, `empty`, `too_long`.
pub fn edit(meeting: &Meeting, id: CardId, text: &str, ctx: &Context) -> Facts {
    let card = find(meeting, id)?;
    writing_at(meeting, card.group, ctx)?;
    let text = fitting::lines(text, CARD)?;
    Ok(if card.text == text {
        vec![]
    } else {
        vec![GroupFact::CardEdited { card: id, text }]
    })
}

/// Cards that lie under it come out. Refusals: `not_found`, `not_allowed`, `closed`.
pub fn remove(meeting: &Meeting, id: CardId, ctx: &Context) -> Facts {
    let card = find(meeting, id)?;
    writing_at(meeting, card.group, ctx)?;
    Ok(vec![GroupFact::CardRemoved {
        card: id,
        group: card.group,
    }])
}

/// Puts a card, and what lies under it, under another of its group; or takes it out.
///
/// Refusals: `not_found`, `not_allowed`, `closed`, `wrong_state` (itself, or of another group).
pub fn stack(meeting: &Meeting, id: CardId, onto: Option<CardId>, ctx: &Context) -> Facts {
    let card = find(meeting, id)?;
    writing_at(meeting, card.group, ctx)?;
    let Some(onto) = onto else {
        return Ok(if card.onto.is_some() {
            vec![GroupFact::CardStacked {
                card: id,
                onto: None,
            }]
        } else {
            vec![]
        });
    };
    let top = find(meeting, onto)?;
    let onto = top.onto.unwrap_or(onto);
    if onto == id || top.group != card.group {
        return Err(Refusal::because(
            Code::WrongState,
            "a card lies under another of its table",
        ));
    }
    let under = meeting
        .cards_of(card.group)
        .filter(|(other, card)| (*other == id && card.onto != Some(onto)) || card.onto == Some(id));
    Ok(under
        .map(|(card, _)| GroupFact::CardStacked {
            card,
            onto: Some(onto),
        })
        .collect())
}

/// Refusals: `not_found`, `not_allowed` (no member), `closed`, `votes_off`, `too_many` (more than the budget).
pub fn dot(meeting: &Meeting, id: CardId, dots: u8, ctx: &Context) -> Facts {
    let card = find(meeting, id)?;
    let (group, seat) = writing_at(meeting, card.group, ctx)?;
    if !group.places.contains_key(&seat) {
        return Err(Code::NotAllowed.into());
    }
    let budget = find_work(meeting, group.activity)?.settings.dots;
    if budget == 0 {
        return Err(Code::VotesOff.into());
    }
    let others: u32 = meeting
        .cards_of(card.group)
        .filter(|(other, _)| *other != id)
        .filter_map(|(_, card)| card.dots.get(&seat))
        .map(|dots| u32::from(*dots))
        .sum();
    if others + u32::from(dots) > u32::from(budget) {
        return Err(Refusal::because(
            Code::TooMany,
            format!("at most {budget} dots"),
        ));
    }
    if card.dots.get(&seat).copied().unwrap_or_default() == dots {
        return Ok(vec![]);
    }
    Ok(vec![GroupFact::CardDotted {
        card: id,
        seat,
        dots,
    }])
}

/// Shows how the dots fell. Refusals: `not_found`, `not_allowed` (neither facilitator nor this table's reporter).
pub fn show_dots(
    meeting: &Meeting,
    activity: ActivityId,
    group: Option<GroupId>,
    on: bool,
    ctx: &Context,
) -> Facts {
    let groups = meant(meeting, activity, group)?;
    let Actor::Seat(seat) = ctx.actor else {
        return Err(Code::NotAllowed.into());
    };
    let reports = group.is_some()
        && groups
            .iter()
            .all(|(_, group)| group.duties.get(&Duty::Reporter) == Some(&seat));
    if !reports && !authority::leads(meeting, seat) {
        return Err(Refusal::because(
            Code::NotAllowed,
            "the reporter of the table shows its dots",
        ));
    }
    Ok(groups
        .into_iter()
        .filter(|(_, group)| group.dots_shown != on)
        .map(|(group, _)| GroupFact::DotsShown { group, on })
        .collect())
}

/// These cards say the same: the first stands for all. Refusals: `not_found`, `too_many`, `wrong_state` (fewer than two).
pub fn link(meeting: &Meeting, cards: &[CardId], on: bool) -> Facts {
    fitting::within(cards.len(), 0, LINKED)?;
    for card in cards {
        find(meeting, *card)?;
    }
    if on && cards.len() < 2 {
        return Err(Refusal::because(Code::WrongState, "two cards at least"));
    }
    let first = cards.first().copied();
    let changes = cards.iter().any(|id| {
        let linked = meeting.cards.get(id).and_then(|card| card.linked);
        let wished = first.filter(|first| on && first != id);
        linked != wished
    });
    Ok(if changes {
        vec![GroupFact::CardsLinked {
            cards: cards.to_vec(),
            on,
        }]
    } else {
        vec![]
    })
}

pub fn apply(meeting: &mut Meeting, at: Timestamp, fact: &GroupFact) {
    match fact {
        GroupFact::CardPosted { card, group, text } => {
            if !meeting.groups.contains_key(group) {
                return;
            }
            meeting.cards.entry(*card).or_insert_with(|| Card {
                group: *group,
                text: text.clone(),
                at,
                onto: None,
                dots: Default::default(),
                linked: None,
            });
            change(meeting, *group, |group| group.wrote_at = Some(at));
        }
        GroupFact::CardEdited { card, text } => {
            if let Some(card) = meeting.cards.get_mut(card) {
                card.text.clone_from(text);
                let group = card.group;
                change(meeting, group, |group| group.wrote_at = Some(at));
            }
        }
        GroupFact::CardRemoved { card, .. } => {
            meeting.cards.remove(card);
            setting::forget_gone_cards(meeting);
        }
        GroupFact::CardStacked { card, onto } => {
            let onto = onto.filter(|onto| meeting.cards.contains_key(onto));
            if let Some(card) = meeting.cards.get_mut(card) {
                card.onto = onto;
            }
        }
        GroupFact::CardDotted { card, seat, dots } => {
            if let Some(card) = meeting.cards.get_mut(card) {
                match dots {
                    0 => card.dots.remove(seat),
                    dots => card.dots.insert(*seat, *dots),
                };
            }
        }
        GroupFact::DotsShown { group, on } => change(meeting, *group, |group| {
            group.dots_shown = *on;
        }),
        GroupFact::CardsLinked { cards, on } => {
            let first = cards.first().copied();
            for id in cards {
                if let Some(card) = meeting.cards.get_mut(id) {
                    card.linked = first.filter(|first| *on && first != id);
                }
            }
        }
        _ => {}
    }
}
