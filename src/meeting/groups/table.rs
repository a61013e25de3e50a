//! What a table says: its answer lines, "we need help", "we are ready"; and the few words the desk writes to it.

use super::{Facts, at_table, change, find_group, find_work, setting, writing_at};
use crate::meeting::command::Call;
use crate::meeting::fact::GroupFact;
use crate::meeting::fitting;
use crate::meeting::groups::state::{Help, Letter};
use crate::meeting::ids::{ActivityId, GroupId, LetterId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// Longest letter in graphemes.
const LETTER: usize = 300;
/// Most letters of one activity.
const LETTERS: usize = 500;

/// Writes an answer line, from 1; empty clears. Refusals: `not_found`, `not_allowed`, `closed`, `out_of_range`, `too_long`.
pub fn write_line(meeting: &Meeting, id: GroupId, line: u8, text: &str, ctx: &Context) -> Facts {
    let (group, _) = writing_at(meeting, id, ctx)?;
    let lines = find_work(meeting, group.activity)?.settings.lines.len();
    fitting::within(usize::from(line), 1, lines)?;
    let text = fitting::line_or_nothing(text, setting::LINE)?;
    if group.lines.get(&line).map_or("", String::as_str) == text {
        return Ok(vec![]);
    }
    Ok(vec![GroupFact::LineWritten {
        group: id,
        line,
        text,
    }])
}

/// Calls for help, or no longer. Refusals: `not_found`, `not_allowed`.
pub fn need_help(meeting: &Meeting, id: GroupId, on: bool, call: Call, ctx: &Context) -> Facts {
    let (group, _) = at_table(meeting, id, ctx)?;
    let waits = group.help.map(|help| help.call);
    Ok(match (on, waits) {
        (true, Some(same)) if same == call => vec![],
        (true, _) => vec![GroupFact::HelpAsked { group: id, call }],
        (false, Some(_)) => vec![GroupFact::HelpOver { group: id }],
        (false, None) => vec![],
    })
}

/// Somebody is on the way. Refusals: `not_found`, `wrong_state` (nobody called).
pub fn visit(meeting: &Meeting, id: GroupId, on: bool) -> Facts {
    match find_group(meeting, id)?.help {
        None if on => Err(Refusal::because(Code::WrongState, "nobody called")),
        Some(help) if help.visited != on => Ok(vec![GroupFact::Visited { group: id, on }]),
        _ => Ok(vec![]),
    }
}

/// "We are ready." Refusals: `not_found`, `not_allowed`.
pub fn ready(meeting: &Meeting, id: GroupId, on: bool, ctx: &Context) -> Facts {
    let (group, _) = at_table(meeting, id, ctx)?;
    Ok(if group.ready == on {
        vec![]
    } else {
        vec![GroupFact::Ready { group: id, on }]
    })
}

/// A few words to one table or all. Refusals: `not_found`, `exists`, `empty`, `too_long`, `too_many`.
pub fn write_to(
    meeting: &Meeting,
    id: LetterId,
    activity: ActivityId,
    group: Option<GroupId>,
    text: &str,
) -> Facts {
    let work = find_work(meeting, activity)?;
    super::meant(meeting, activity, group)?;
    if let Some(there) = work.letters.get(&id) {
        return if there.group == group {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    fitting::room(work.letters.len(), LETTERS)?;
    Ok(vec![GroupFact::LetterWritten {
        letter: id,
        activity,
        group,
        text: fitting::lines(text, LETTER)?,
    }])
}

/// The table has read it. Refusals: `not_found`, `not_allowed`.
pub fn acknowledge(meeting: &Meeting, id: LetterId, table: GroupId, ctx: &Context) -> Facts {
    let (group, _) = at_table(meeting, table, ctx)?;
    let letter = find_work(meeting, group.activity)?
        .letters
        .get(&id)
        .filter(|letter| letter.group.is_none_or(|to| to == table))
        .ok_or(Refusal::new(Code::NotFound))?;
    Ok(if letter.read.contains(&table) {
        vec![]
    } else {
        vec![GroupFact::LetterRead {
            letter: id,
            group: table,
        }]
    })
}

pub fn apply(meeting: &mut Meeting, at: Timestamp, fact: &GroupFact) {
    match fact {
        GroupFact::LineWritten { group, line, text } => change(meeting, *group, |group| {
            group.lines.insert(*line, text.clone());
            group.wrote_at = Some(at);
        }),
        GroupFact::HelpAsked { group, call } => change(meeting, *group, |group| {
            group.help = Some(Help {
                at,
                call: *call,
                visited: false,
            });
        }),
        GroupFact::HelpOver { group } => change(meeting, *group, |group| group.help = None),
        GroupFact::Visited { group, on } => change(meeting, *group, |group| {
            if let Some(help) = &mut group.help {
                help.visited = *on;
            }
        }),
        GroupFact::Ready { group, on } => change(meeting, *group, |group| group.ready = *on),
        GroupFact::LetterWritten {
            letter,
            activity,
            group,
            text,
        } => {
            let letters = &mut setting::work(meeting, *activity).letters;
            letters.entry(*letter).or_insert_with(|| Letter {
                group: *group,
                text: text.clone(),
                at,
                read: Default::default(),
            });
        }
        GroupFact::LetterRead { letter, group } => {
            let activity = meeting.groups.get(group).map(|group| group.activity);
            let work = activity.and_then(|activity| meeting.works.get_mut(&activity));
            if let Some(letter) = work.and_then(|work| work.letters.get_mut(letter)) {
                letter.read.insert(*group);
            }
        }
        _ => {}
    }
}
