//! Planning group work: gathers people, tables and constraints from the meeting, lets `planning` reckon on a thread of its own,
//! and hands the outcome to the meeting as a draft that only the desk sees. The reckoning is bounded in steps, not in time.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json as Answer;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::meeting::command::How;
use crate::meeting::groups::duties::mixed;
use crate::meeting::groups::setting::is_groups;
use crate::meeting::groups::state::{Group, Plan, Work, takes_part};
use crate::meeting::ids::{ActivityId, GroupId, SeatId};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::Role;
use crate::meeting::state::{Meeting, Seat};
use crate::meeting::wish::Wish;
use crate::planning::{self, Effort, Impossible, Person, Problem, Table};
use crate::wire::body::{PlanMade, PlanWished};

use super::access::Visitor;
use super::body::Json;
use super::error::{Error, ErrorCode};

/// `POST /api/meetings/{meeting}/activities/{activity}/plan`
///
/// # Errors
/// `not_allowed`: not a facilitator; `impossible` with the constraint that cannot be met; refusals of
/// [`crate::meeting::groups::plans::propose`].
pub async fn plan(
    visitor: Visitor,
    Path((_, activity)): Path<(Uuid, Uuid)>,
    Json(wished): Json<PlanWished>,
) -> Result<Response, Error> {
    visitor.must_be(&[Role::Facilitator])?;
    let (actor, activity) = (visitor.actor()?, ActivityId(activity));
    let handle = &visitor.handle;
    let everybody = handle
        .ask(|meeting| {
            let seats = meeting.seats.iter();
            seats
                .filter(|(_, seat)| takes_part(seat))
                .map(|(id, seat)| (*id, seat.proxy))
                .collect::<Vec<_>>()
        })
        .await?;
    let here = handle
        .here(everybody.iter().map(|(seat, _)| *seat).collect())
        .await?;
    let people: Vec<SeatId> = everybody
        .into_iter()
        .zip(here)
        .filter(|((_, proxy), here)| *here || *proxy || !wished.only_here.unwrap_or_default())
        .map(|((seat, _), _)| seat)
        .collect();
    let seed = match wished.seed {
        Some(seed) => seed,
        None => chance()?,
    };
    let fixed = wished.fixed.unwrap_or_default();
    let case = handle
        .ask(move |meeting| Case::gather(meeting, activity, people, &fixed, seed))
        .await??;
    let seats = case.seats.clone();
    let reckoned = tokio::task::spawn_blocking(move || case.reckon())
        .await
        .map_err(|_| Error::from(ErrorCode::Internal))?;
    match reckoned {
        Ok((plan, ms)) => {
            let repeats = plan.repeats;
            handle.wish(actor, Wish::Plan { activity, plan }).await?;
            Ok(Answer(PlanMade { repeats, ms }).into_response())
        }
        Err(why) => Ok(cannot(&why, &seats)),
    }
}

/// The planner counts people from 0; whoever asked knows them by their seat.
fn cannot(why: &Impossible, seats: &[SeatId]) -> Response {
    let mut named = serde_json::to_value(why).unwrap_or_default();
    for member in ["person", "one", "other"] {
        name(&mut named, member, seats);
    }
    let body = json!({
        "errors": [{"code": "impossible", "detail": why.to_string()}],
        "impossible": named,
    });
    (StatusCode::UNPROCESSABLE_ENTITY, Answer(body)).into_response()
}

/// Puts the name in place of the number that a member of the only inner object holds.
fn name(of: &mut Value, member: &str, names: &[impl ToString]) {
    let inner = of.as_object_mut().and_then(|of| of.values_mut().next());
    if let Some(value) = inner.and_then(|inner| inner.get_mut(member))
        && let Some(known) = value
            .as_u64()
            .and_then(|place| names.get(usize::try_from(place).ok()?))
    {
        *value = Value::String(known.to_string());
    }
}

fn chance() -> Result<u64, Error> {
    getrandom::u64().map_err(|_| ErrorCode::Internal.into())
}

/// What is to be planned, and for whom.
struct Case {
    groups: Vec<GroupId>,
    seats: Vec<SeatId>,
    /// Absent: nobody is put anywhere, people choose or are put by hand.
    problem: Option<Problem>,
    /// What the planner knows by number.
    tags: Vec<String>,
    languages: Vec<String>,
}

impl Case {
    fn gather(
        meeting: &Meeting,
        activity: ActivityId,
        people: Vec<SeatId>,
        fixed: &BTreeMap<SeatId, u16>,
        seed: u64,
    ) -> Result<Self, Refusal> {
        is_groups(meeting, activity)?;
        let work = meeting.works.get(&activity).cloned().unwrap_or_default();
        let there: Vec<(GroupId, &Group)> = meeting
            .groups_of(activity)
            .into_iter()
            .filter(|(_, group)| !group.locked)
            .collect();
        let count = tables(&work, people.len(), fixed);
        let groups: Vec<GroupId> = there
            .iter()
            .map(|(id, _)| *id)
            .chain(std::iter::repeat_with(|| GroupId(Uuid::new_v4())))
            .take(count)
            .collect();
        let chosen = matches!(work.settings.how, How::SelfChosen | How::ByHand) && fixed.is_empty();
        if chosen {
            return Ok(Self {
                groups,
                seats: Vec::new(),
                problem: None,
                tags: Vec::new(),
                languages: Vec::new(),
            });
        }
        let (problem, tags, languages) = Gathering {
            meeting,
            work: &work,
            people: &people,
            groups: &groups,
            there: &there,
            fixed,
        }
        .problem(activity, seed);
        Ok(Self {
            groups,
            seats: people,
            problem: Some(problem),
            tags,
            languages,
        })
    }

    fn reckon(self) -> Result<(Plan, u64), Impossible> {
        let began = std::time::Instant::now();
        let mut plan = Plan {
            rounds: vec![vec![Vec::new(); self.groups.len()]],
            groups: self.groups,
            seats: self.seats,
            ..Plan::default()
        };
        if let Some(problem) = self.problem {
            let found = planning::plan(&problem)?;
            plan.rounds = found.rounds;
            plan.repeats = found.repeats;
            plan.account = found
                .account
                .iter()
                .filter_map(|reached| serde_json::to_value(reached).ok())
                .map(|mut reached| {
                    name(&mut reached, "tag", &self.tags);
                    name(&mut reached, "language", &self.languages);
                    reached
                })
                .collect();
        }
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok((plan, ms))
    }
}

/// How many tables: as was said, or as many as the people need; never fewer than a list names.
fn tables(work: &Work, people: usize, fixed: &BTreeMap<SeatId, u16>) -> usize {
    let settings = &work.settings;
    let said = match settings.tables {
        0 => people.div_ceil(usize::from(settings.size.max(1))),
        tables => usize::from(tables),
    };
    let named = fixed.values().copied().max().unwrap_or(0);
    said.max(usize::from(named.min(2_000))).max(1)
}

struct Gathering<'a> {
    meeting: &'a Meeting,
    work: &'a Work,
    people: &'a [SeatId],
    groups: &'a [GroupId],
    there: &'a [(GroupId, &'a Group)],
    fixed: &'a BTreeMap<SeatId, u16>,
}

impl Gathering<'_> {
    /// The problem, and the names of the tags and languages in it.
    fn problem(&self, activity: ActivityId, seed: u64) -> (Problem, Vec<String>, Vec<String>) {
        let settings = &self.work.settings;
        let tags: Vec<&String> = if settings.balance.is_empty() {
            self.meeting.ask.iter().collect()
        } else {
            settings.balance.iter().collect()
        };
        let places: BTreeMap<SeatId, u32> = self.people.iter().copied().zip(0..).collect();
        let mut languages = BTreeMap::new();
        let mut people: Vec<Person> = self
            .people
            .iter()
            .filter_map(|id| Some((id, self.meeting.seats.get(id)?)))
            .map(|(id, seat)| self.person(*id, seat, &tags, &mut languages))
            .collect();
        if settings.hosts && self.work.hosts.is_empty() {
            draw_hosts(&mut people, self.people, self.groups.len(), seed);
        }
        let problem = Problem {
            people,
            tables: self.groups.iter().map(|group| self.table(*group)).collect(),
            rounds: u32::from(settings.rounds.max(1)),
            together: self.together(&places),
            apart: sets(&self.work.apart, &places),
            met: self.met(activity, &places),
            balance: (0..).zip(&tags).map(|(tag, _)| tag).collect(),
            seed,
            effort: Effort::default(),
            balanced: settings.how != How::Random,
        };
        let mut spoken: Vec<(u16, String)> =
            languages.into_iter().map(|(name, n)| (n, name)).collect();
        spoken.sort_unstable();
        let languages = spoken.into_iter().map(|(_, name)| name).collect();
        (problem, tags.into_iter().cloned().collect(), languages)
    }

    fn person(
        &self,
        id: SeatId,
        seat: &Seat,
        tags: &[&String],
        languages: &mut BTreeMap<String, u16>,
    ) -> Person {
        let spoken = seat.language.split('-').next().unwrap_or_default();
        let next = u16::try_from(languages.len()).unwrap_or(u16::MAX);
        let spoken =
            (!spoken.is_empty()).then(|| *languages.entry(spoken.to_owned()).or_insert(next));
        let host = self.work.hosts.iter().find(|(_, host)| **host == id);
        let host = host.and_then(|(group, _)| self.place_of(*group));
        let said = self.fixed.get(&id).and_then(|number| {
            let number = u32::from(*number);
            (1..=self.groups.len())
                .contains(&usize::try_from(number).ok()?)
                .then(|| number - 1)
        });
        Person {
            tags: (0..)
                .zip(tags)
                .filter(|(_, tag)| seat.tags.contains(**tag))
                .map(|(place, _)| place)
                .collect(),
            languages: spoken.into_iter().collect(),
            step_free: self.work.step_free.contains(&id),
            host,
            at: said,
        }
    }

    fn place_of(&self, group: GroupId) -> Option<u32> {
        let place = self.groups.iter().position(|one| *one == group)?;
        u32::try_from(place).ok()
    }

    /// A table that is only now made is as good as any.
    fn table(&self, id: GroupId) -> Table {
        let known = self.there.iter().find(|(there, _)| *there == id);
        let known = known.map(|(_, group)| group);
        Table {
            step_free: known.is_none_or(|group| group.step_free) || !self.somewhere_is_not(),
            most: known
                .filter(|group| group.most > 0)
                .map(|group| u32::from(group.most)),
        }
    }

    /// Whether the desk said of any table that it is step-free; else nothing is known and all are.
    fn somewhere_is_not(&self) -> bool {
        self.there.iter().any(|(_, group)| group.step_free)
    }

    fn together(&self, places: &BTreeMap<SeatId, u32>) -> Vec<Vec<u32>> {
        let mut together = sets(&self.work.together, places);
        let from = self
            .work
            .settings
            .from
            .and_then(|from| self.meeting.works.get(&from));
        let mut kept: BTreeMap<GroupId, Vec<u32>> = BTreeMap::new();
        for (seat, group) in from.into_iter().flat_map(|work| &work.seats) {
            if let Some(place) = places.get(seat) {
                kept.entry(*group).or_default().push(*place);
            }
        }
        together.extend(kept.into_values().filter(|set| set.len() > 1));
        together
    }

    /// Whoever sits together now has met.
    fn met(&self, activity: ActivityId, places: &BTreeMap<SeatId, u32>) -> Vec<(u32, u32)> {
        let groups = self.meeting.groups.values();
        groups
            .filter(|group| group.activity == activity)
            .flat_map(|group| {
                let seated: Vec<u32> = group
                    .places
                    .keys()
                    .filter_map(|seat| places.get(seat).copied())
                    .collect();
                let pairs = seated.iter().enumerate().flat_map(|(place, one)| {
                    seated[place + 1..].iter().map(|other| (*one, *other))
                });
                pairs.collect::<Vec<_>>()
            })
            .collect()
    }
}

fn sets(sets: &[Vec<SeatId>], places: &BTreeMap<SeatId, u32>) -> Vec<Vec<u32>> {
    let known = sets.iter().map(|set| {
        set.iter()
            .filter_map(|seat| places.get(seat).copied())
            .collect::<Vec<_>>()
    });
    known.filter(|set| set.len() > 1).collect()
}

/// One person stays at each table; whoever has a place already is left alone.
fn draw_hosts(people: &mut [Person], seats: &[SeatId], tables: usize, seed: u64) {
    let mut taken: BTreeSet<u32> = people.iter().filter_map(|person| person.at).collect();
    taken.extend(people.iter().filter_map(|person| person.host));
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|place| mixed(seed, seats[*place]));
    let mut free = order
        .into_iter()
        .filter(|place| people[*place].at.is_none() && people[*place].host.is_none())
        .collect::<Vec<_>>()
        .into_iter();
    for table in 0..u32::try_from(tables).unwrap_or(u32::MAX) {
        if taken.contains(&table) {
            continue;
        }
        let Some(place) = free.next() else { return };
        people[place].host = Some(table);
    }
}
