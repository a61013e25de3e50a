// What each audience sees. Written by `cargo test wire` from Rust; do not edit.

import type { ActivityId, SeatId, QuestionId, LinkId, GroupId, CardId, LetterId, TeamId, MotionId, Timestamp } from './ids.ts'
import type { How, Duty, Call, LineOrder, HandKind, Stance, VoteRound, Rings, Reaction, Ballot, ActivityKind, Order, Wifi, Role } from './command.ts'
import type { Format, Side, Counts, Kind } from './format.ts'

export type Floor = { meeting: Meeting, agenda: { [key in ActivityId]: Activity }, questions: { [key in QuestionId]: Question },
/**
 * Group work, by activity.
 */
works: { [key in ActivityId]: FloorWork },
/**
 * Its tables: the first 120, or all where people choose.
 */
groups: { [key in GroupId]: FloorGroup },
/**
 * What the group that reports has to show.
 */
reports: { [key in GroupId]: FloorReport }, discussions: { [key in ActivityId]: FloorDiscussion }, debates: { [key in ActivityId]: FloorDebate },
/**
 * Seats with a socket or a request in the last 40 s.
 */
here: number,
/**
 * The head count of the hall.
 */
heads?: number,
/**
 * Ever asked, withdrawn ones too.
 */
asked: number,
/**
 * On the floor now.
 */
listed: number, merged: number, dismissed: number, }

export type Meeting = { title: string, code: string, state: MeetingState, language?: string, languages?: Record<string, true>,
/**
 * The tags the facilitator asks for.
 */
ask?: Record<string, true>, minors?: boolean, ask_first?: boolean, stage?: ActivityId, hidden?: boolean, joining?: boolean, called_back?: boolean,
/**
 * The one question that has the floor.
 */
featured?: QuestionId, ends_at?: Timestamp, planned?: Planned, wifi?: Wifi, contact?: ShownContact, }

export type MeetingState = "prepared" | "live" | "ended"

export type Planned = { act: Act, at: Timestamp, }

export type Act = { "stage": { activity?: ActivityId, } } | { "end": Record<symbol, never> } | { "call_back": { on: boolean, } } | { "feature": { question?: QuestionId, } } | { "hide_stage": { on: boolean, } }

export type ShownContact = { name?: string, numbers?: string, on_duty?: boolean, }

export type Activity = { kind: ActivityKind, title: string, state: AgendaState, rank: number, minutes?: number, opened_at?: Timestamp, closed_at?: Timestamp, review?: boolean,
/**
 * Only ever `false`.
 */
votes?: boolean, counts_hidden?: boolean,
/**
 * Absent: top.
 */
order?: Order,
/**
 * Graphemes; absent: 500.
 */
longest?: number, }

export type AgendaState = "planned" | "open" | "closed"

export type Question = { activity: ActivityId, text: string, state: QuestionState,
/**
 * Distinct seats of itself and what was merged into it, plus hands; absent while counts are hidden.
 */
votes?: number, at: Timestamp, rank?: number,
/**
 * Its place in the fair order, from 1; the first 60 have one.
 */
fair?: number, author?: string, tag?: string, from_card?: boolean, language?: string, tags?: Record<string, true>, translations?: { [key in string]: string }, answer?: string, answered_by?: string, answered_at?: Timestamp, replied?: boolean,
/**
 * How many were merged into it.
 */
merged?: number,
/**
 * Of its votes, those by show of hands.
 */
hands?: number, }

export type QuestionState = "listed" | "on_stage" | "answered" | "parked"

export type Desk = { waiting: { [key in QuestionId]: Waiting }, dismissed: { [key in QuestionId]: Dismissed },
/**
 * Kept private.
 */
private: { [key in QuestionId]: Private }, merged: { [key in QuestionId]: Merged },
/**
 * Of questions on the floor.
 */
authors: { [key in QuestionId]: AuthorHeld },
/**
 * Votes of questions on the floor, while counts are hidden there.
 */
votes: { [key in QuestionId]: number },
/**
 * By `from:into`.
 */
suggestions: { [key in string]: Suggestion },
/**
 * Seats that matter now: with a role, waiting to be let in, held, or without a phone.
 */
seats: { [key in SeatId]: DeskSeat }, links: { [key in LinkId]: DeskLink },
/**
 * Group work, by activity.
 */
works: { [key in ActivityId]: DeskWork }, groups: { [key in GroupId]: DeskGroup },
/**
 * The board of all debates.
 */
debates: { [key in ActivityId]: BoardDebate }, teams: { [key in TeamId]: DeskTeam }, letters: { [key in LetterId]: DeskLetter }, counts: DeskCounts, take_back?: TakeBack, held_words?: Record<string, true>, }

export type Waiting = { activity: ActivityId, text: string, at: Timestamp,
/**
 * Why it waits.
 */
held?: Held, author?: string, tag?: string, anonymous?: boolean, language?: string, muted?: boolean, from_card?: boolean, }

export type Held = "review" | "word" | "link" | "muted"

export type Dismissed = { activity: ActivityId, text: string, at: Timestamp, reason: string, }

export type Private = { activity: ActivityId, text: string, at: Timestamp, state: PrivateState, }

export type PrivateState = "waiting" | "listed" | "on_stage" | "answered" | "parked" | "dismissed" | "merged"

export type Merged = { text: string, into: QuestionId, }

export type AuthorHeld = { muted?: boolean,
/**
 * Only when asked with name.
 */
seat?: SeatId, }

export type Suggestion = { from: QuestionId, into: QuestionId,
/**
 * 1–100.
 */
likeness: number, }

export type DeskSeat = { name?: string, roles?: Partial<Record<Role, true>>, proxy?: boolean, muted?: boolean, waiting?: boolean, }

export type DeskLink = { role: Role, label?: string, revoked?: boolean, }

export type DeskCounts = {
/**
 * Seats with a phone that were let in.
 */
seats: number, proxies: number,
/**
 * Questions that wait.
 */
waiting: number,
/**
 * Questions kept private.
 */
private: number, concerns_open: number, }

export type TakeBack = { act: Act, until: Timestamp, }

export type Care = { needs: { [key in SeatId]: Needs }, }

export type Needs = { name?: string, needs: string, }

export type Concern = { text?: string, place?: string, name?: string, at: Timestamp,
/**
 * What was done about it; absent: still open.
 */
done?: string, }

export type Mine = {
/**
 * Absent for an alias.
 */
seat?: MySeat,
/**
 * The questions on the floor that this seat wants, also through what was merged into them.
 */
votes: Record<string, true>, questions: { [key in QuestionId]: MyQuestion },
/**
 * Where this seat sits, by activity.
 */
groups: { [key in ActivityId]: MyGroup },
/**
 * Its dots on cards of its groups.
 */
dots: { [key in CardId]: number },
/**
 * Its hands.
 */
discussions: { [key in ActivityId]: MyDiscussion },
/**
 * Its part in debates; an alias's votes.
 */
debates: { [key in ActivityId]: MyDebate }, }

export type MySeat = { name?: string, language?: string, tags?: Record<string, true>, needs?: string, roles?: Partial<Record<Role, true>>,
/**
 * Waits to be let in.
 */
waiting?: boolean, proxy?: boolean, }

export type MyQuestion = { activity: ActivityId, text: string, state: MyState, at: Timestamp,
/**
 * Why it is not shown.
 */
reason?: string,
/**
 * What it became part of.
 */
into?: QuestionId, answer?: string, answered_by?: string, replied?: boolean, editable?: boolean, }

export type MyState = "waiting" | "listed" | "on_stage" | "answered" | "parked" | "dismissed" | "merged"

export type FloorWork = { how: How, state: WorkState, tables: number,
/**
 * People at tables.
 */
people: number,
/**
 * From 1; 0: nobody sits yet.
 */
round: number, rounds: number,
/**
 * When the last timer ends.
 */
ends_at?: Timestamp,
/**
 * When the count-down ends the work of every table that still works.
 */
ending_at?: Timestamp, task?: string,
/**
 * Who reports now.
 */
reporting?: GroupId, report_ends_at?: Timestamp,
/**
 * Present: the report's clock stands.
 */
report_left_ms?: number,
/**
 * Length of a report in seconds.
 */
turn_s: number,
/**
 * Groups that have reported.
 */
reported: number, }

export type WorkState = "planning" | "working" | "ended"

export type FloorGroup = { activity: ActivityId,
/**
 * From 1; gives it colour and shape.
 */
number: number, name?: string, place?: string, step_free?: boolean, people: number,
/**
 * Most people; absent: no limit.
 */
most?: number, locked?: boolean, ready?: boolean, ended?: boolean, reported?: boolean,
/**
 * Its place in the order of reports, from 1.
 */
order?: number, }

export type FloorReport = { activity: ActivityId,
/**
 * From 1.
 */
lines: { [key in number]: FloorLine },
/**
 * The beginning of its notes.
 */
notes?: string,
/**
 * Those with most dots; `place` sorts them.
 */
cards: { [key in CardId]: FloorCard }, }

export type FloorLine = { label: string, text: string, }

export type FloorCard = { text: string,
/**
 * From 1.
 */
place: number, dots?: number,
/**
 * So many other groups said it too.
 */
also?: number, }

export type DeskWork = { how: How,
/**
 * 0: from `size`.
 */
tables: number, size: number, rounds: number, hosts?: boolean, balance?: Record<string, true>, from?: ActivityId,
/**
 * In their order.
 */
lines: Array<string>, seconds: number, dots: number, together: Array<Array<SeatId>>, apart: Array<Array<SeatId>>,
/**
 * Who stays at which table.
 */
stay: { [key in GroupId]: SeatId }, step_free: Array<SeatId>,
/**
 * A plan that was not published.
 */
draft?: DeskPlan,
/**
 * Pairs that meet again in the plan that holds.
 */
repeats?: number,
/**
 * People without a table.
 */
unseated: { [key in SeatId]: DeskMember }, }

export type DeskPlan = { groups: Array<GroupId>,
/**
 * Round → group → seats, in the order of `groups`.
 */
rounds: Array<Array<Array<SeatId>>>, repeats: number,
/**
 * What was reached, as the planner says it; tags and languages by their names in place of numbers.
 */
account: Array<Reached>,
/**
 * Everybody in it.
 */
people: { [key in SeatId]: DeskMember }, }

export type DeskMember = { name?: string, tags?: Record<string, true>, proxy?: boolean, }

export type DeskGroup = { activity: ActivityId, number: number, name?: string, place?: string, step_free?: boolean,
/**
 * Only its own.
 */
task?: string, locked?: boolean, most?: number, members: { [key in SeatId]: DeskMember }, duties: Partial<Record<Duty, SeatId>>,
/**
 * Words in its notes.
 */
words: number,
/**
 * Answer lines that are filled.
 */
lines: number, cards: number,
/**
 * When anything was last written here, to ten seconds.
 */
wrote_at?: Timestamp, ready?: boolean, help?: Help, ends_at?: Timestamp, ending_at?: Timestamp, ended?: boolean, dots_shown?: boolean, }

export type DeskLetter = { activity: ActivityId,
/**
 * Absent: to all.
 */
group?: GroupId, text: string, at: Timestamp, read: Record<GroupId, true>, }

export type GroupView = { group: GroupTable,
/**
 * By the number a person has at this table (`mine.groups` says one's own).
 */
members: { [key in number]: GroupMember },
/**
 * Who does what, by number.
 */
duties: Partial<Record<Duty, number>>,
/**
 * Answer lines, from 1.
 */
lines: { [key in number]: GroupLine }, cards: { [key in CardId]: GroupCard }, letters: { [key in LetterId]: GroupLetter },
/**
 * The shared notes: updates of a Yjs document (version 1, base64) by growing number. Apply every one that is new; old
 * ones are now and then replaced by one that holds them all.
 */
notes: { [key in number]: string }, }

export type GroupTable = { activity: ActivityId,
/**
 * From 1; gives it colour and shape.
 */
number: number, name?: string, place?: string, step_free?: boolean, task?: string,
/**
 * From 1.
 */
round: number, rounds: number,
/**
 * The timer; absent: none.
 */
ends_at?: Timestamp,
/**
 * A count-down to the end of the work.
 */
ending_at?: Timestamp, ended?: boolean,
/**
 * Dots a person may give; absent: no voting.
 */
dots?: number,
/**
 * How the dots fell is shown.
 */
dots_shown?: boolean, ready?: boolean, help?: Help,
/**
 * Reports to the hall now.
 */
reporting?: boolean, }

export type Help = { at: Timestamp, call: Call,
/**
 * Somebody is on the way.
 */
visited?: boolean, }

export type GroupMember = { name?: string,
/**
 * Without a phone.
 */
proxy?: boolean, }

export type GroupLine = { label: string, text?: string, }

export type GroupCard = { text: string, at: Timestamp,
/**
 * The card it lies under.
 */
onto?: CardId,
/**
 * All dots on it and under it; absent while hidden.
 */
dots?: number, }

export type GroupLetter = { text: string, at: Timestamp,
/**
 * Somebody of the group said so.
 */
read?: boolean, }

export type MyGroup = { group: GroupId,
/**
 * Their number at the table.
 */
place: number, }

export type Reached = { "sizes": { least: number, most: number, even: boolean, } } | { "nobody_meets_twice": Record<symbol, never> } | { "meet_again": { times: number, pairs: number, } } | { "meet_by_rule": { times: number, } } | { "spread": { tag: number, least: number, most: number, } } | { "missing": { tag: number, sittings: number, of: number, } } | { "nobody_alone": Record<symbol, never> } | { "alone_with_tag": { tag: number, sittings: number, of: number, } } | { "cut_off": { sittings: number, of: number, } } | { "only_speaker": { language: number, sittings: number, of: number, } } | { "shared_language": { sittings: number, of: number, } } | { "no_table_twice": Record<symbol, never> } | { "table_again": { times: number, } } | { "together": { sets: number, } } | { "apart": { sets: number, } } | { "step_free": { people: number, } } | { "hosts": { people: number, } }

export type Clock = { state: ClockState,
/**
 * Units up to `since`.
 */
spent: number,
/**
 * Running from this time of the server's; absent: it stands.
 */
since?: Timestamp,
/**
 * Whole length in units; 0: no limit, it counts up.
 */
length: number,
/**
 * Units a millisecond, times 1 000 000 000; absent: one.
 */
rate: number,
/**
 * Shown as a bar and a phase in words, without digits, for every speaker alike.
 */
bar?: boolean,
/**
 * What rings and changes, in order; overtime bells too.
 */
bells: Array<ClockBell>,
/**
 * The phase it begins with, by id in the format; absent: `normal`.
 */
phase?: string, }

export type ClockState = "ready" | "running" | "paused" | "interpreting" | "done"

export type ClockBell = {
/**
 * In the clock's units.
 */
at: number,
/**
 * 0: silent.
 */
rings: number, pause?: boolean,
/**
 * The phase that begins, by id in the format.
 */
phase?: string,
/**
 * Points of information from here on.
 */
points?: boolean, }

export type FloorDebate = { format: ShownFormat,
/**
 * Once it is released.
 */
motion?: string, slide?: string, released_at?: Timestamp,
/**
 * By the side's id.
 */
sides: { [key in string]: ShownSide }, stage: DebatePlace,
/**
 * The segment it stands at, if one.
 */
segment?: number,
/**
 * Of preparation, or the segment.
 */
clock: Clock,
/**
 * Who has the floor: side and place; absent while nobody speaks.
 */
speaking?: ShownTurn, next?: ShownTurn,
/**
 * Preparation banks, by side; only where the format has them.
 */
banks: { [key in string]: Clock },
/**
 * Free debate: what is left to each side, by side.
 */
free: { [key in string]: Clock },
/**
 * A point of information that runs.
 */
point?: ShownPoint,
/**
 * Points of information each side offered and had taken.
 */
points: { [key in string]: PointCount },
/**
 * Who rings.
 */
rings: Rings,
/**
 * The vote that is open.
 */
vote?: VoteRound,
/**
 * How many voted, by round; never how.
 */
voted: { [key in VoteRound]?: number }, swing?: ShownSwing, result?: ShownResult, reactions?: { [key in Reaction]?: number }, }

export type DebatePlace = "setup" | "preparation" | "segment" | "over"

export type ShownFormat = { id: string, name: string, names: { [key in string]: string }, counts: Counts, speakers: number, sides: Array<Side>, segments: Array<ShownSegment>,
/**
 * Names of the phases its bells name, besides the built-in `normal pois-allowed warning overtime`.
 */
phases: { [key in string]: { [key in string]: string } },
/**
 * Seats offer points from their phones.
 */
points_from_seats?: boolean, audience_vote?: boolean,
/**
 * Preparation there is; seconds.
 */
preparation_s?: number,
/**
 * Seconds of preparation each side may draw on.
 */
bank_s?: number, }

export type ShownSegment = { name: string, names: { [key in string]: string }, kind: Kind,
/**
 * A side's id, `both`, `nobody`, or `decided` until the chair has said whose it is.
 */
owner: string, place?: number,
/**
 * Seconds; absent where no digits are shown.
 */
length_s?: number, }

export type ShownSide = {
/**
 * The team's name.
 */
team?: string, team_id?: TeamId,
/**
 * By place, confirmed ones; the name, or empty.
 */
speakers: { [key in number]: string },
/**
 * Places that are free to claim.
 */
free: Array<number>, }

export type ShownTurn = { segment: number, side?: string, place?: number, name?: string, team?: string, twice?: boolean, }

export type ShownPoint = { side: string, name?: string, clock: Clock, }

export type PointCount = { offered: number, taken: number, }

export type ShownSwing = { before: { [key in string]: number }, after: { [key in string]: number },
/**
 * From → to → people; absent while fewer than five voted both times.
 */
flow?: { [key in string]: { [key in string]: number } },
/**
 * Gains in tenths of a percentage point.
 */
gains: { [key in string]: number },
/**
 * The side that gained most; absent: nobody did alone.
 */
winner?: string, }

export type ShownResult = { winner?: string,
/**
 * Side → rank from 1.
 */
ranks: { [key in string]: number },
/**
 * Side → judges who saw it first.
 */
votes: { [key in string]: number }, judges: number,
/**
 * Side → points of the team in hundredths; absent in a minors' meeting.
 */
totals: { [key in string]: number }, }

export type ChairDebate = { format?: Format, motion?: string, slide?: string,
/**
 * With digits and the speaker's own factor, whatever the floor shows.
 */
clock: Clock, sides: { [key in string]: ChairSide },
/**
 * Sides whose offered point waits for the speaker: when it was offered.
 */
offers: { [key in string]: Timestamp },
/**
 * Points by side and place.
 */
points: { [key in string]: { [key in number]: PointCount } }, chairs: Array<SeatId>, judges: Array<ChairJudge>, motions: { [key in MotionId]: ShownMotion }, motions_offered?: boolean,
/**
 * Which motion ranks and vetoes leave.
 */
favoured?: MotionId, voted: { [key in VoteRound]?: number }, swing?: ShownSwing,
/**
 * What the ballots come to, before it is released.
 */
result?: ShownResult, result_released?: boolean, silent?: boolean, together?: boolean, scored_by?: string,
/**
 * The chair called the host.
 */
needs_help?: Timestamp, }

export type ChairSide = { team?: TeamId, name?: string, from?: string, places: { [key in number]: ChairPlace }, }

export type ChairPlace = { name?: string, seat?: SeatId,
/**
 * Percent; absent: 100.
 */
factor?: number,
/**
 * Seats that claim it, with the name they gave.
 */
claims: { [key in SeatId]: string }, }

export type ChairJudge = { seat: SeatId, name?: string, ballot: BallotState,
/**
 * May not judge one of the teams.
 */
conflict?: boolean,
/**
 * Handed in: what it says, so that it can be read and confirmed.
 */
handed_in?: Ballot, }

export type BallotState = "empty" | "draft" | "handed_in" | "confirmed"

export type ShownMotion = { text: string, slide?: string, question?: QuestionId,
/**
 * Side → its rank from 1.
 */
ranks: { [key in string]: number },
/**
 * Sides that will not have it.
 */
vetoes: Array<string>, }

export type MyDebate = { side?: string, team?: TeamId, place?: number,
/**
 * The chair has not confirmed it yet.
 */
claimed?: boolean,
/**
 * I speak now.
 */
speaking?: boolean,
/**
 * I speak next.
 */
next?: boolean,
/**
 * My own clock with digits, where the hall sees a bar or my time is longer.
 */
clock?: Clock,
/**
 * Percent; absent: 100.
 */
factor?: number,
/**
 * I may offer a point whenever the clock says that points are open.
 */
may_offer?: boolean,
/**
 * My offer waits since.
 */
offered?: Timestamp,
/**
 * I speak, and this side offers a point: since when.
 */
offers: { [key in string]: Timestamp },
/**
 * My points.
 */
points?: PointCount,
/**
 * Motions to rank, while they are offered.
 */
motions: { [key in MotionId]: ShownMotion }, judge?: MyJudging,
/**
 * An alias's own votes: a side's id, or `undecided`.
 */
votes: { [key in VoteRound]?: string }, }

export type MyJudging = {
/**
 * Chair of the panel.
 */
chair?: boolean,
/**
 * The panel agrees on one ballot, and the chair hands it in.
 */
together?: boolean, state: BallotState, ballot?: Ballot,
/**
 * What is still wrong with it: codes of `results`.
 */
flaws: Array<Flaw>,
/**
 * Lowest and highest score and step, in hundredths, of a speech and of a reply.
 */
speech?: [number, number, number], reply?: [number, number, number],
/**
 * The winner is declared, not reckoned.
 */
declares?: boolean,
/**
 * Ranks of all teams are given.
 */
ranks?: boolean,
/**
 * Ballots of the others that wait for a second person, by seat.
 */
to_confirm: { [key in SeatId]: Ballot },
/**
 * One judge alone reads their own back.
 */
reads_back?: boolean, }

export type Flaw = { code: string, side?: string, segment?: number, }

export type BoardDebate = {
/**
 * The chair called.
 */
needs_help?: Timestamp,
/**
 * Claims that wait.
 */
claims: number,
/**
 * Ballots handed in or confirmed, and judges.
 */
ballots: number, judges: number, }

export type DeskTeam = { name: string, from?: string,
/**
 * Debates it stands in.
 */
debates: { [key in ActivityId]: string },
/**
 * Its points over the released rounds, and speaker points in hundredths.
 */
wins: number, score: number,
/**
 * Rank from 1; equal teams share it.
 */
rank?: number, }

export type FloorDiscussion = { order: LineOrder,
/**
 * The list is closed.
 */
closed?: boolean,
/**
 * Seconds; absent: no limit.
 */
speech_s?: number,
/**
 * People say whether they speak for or against.
 */
stances?: boolean,
/**
 * Written questions stand in the same line.
 */
one_queue?: boolean,
/**
 * Hands that wait.
 */
hands: number,
/**
 * Written questions that wait; only with one queue.
 */
written?: number, speaking?: ShownSpeaker,
/**
 * Who goes on when an interposed reply is over.
 */
interrupted?: ShownSpeaker,
/**
 * The next ones, at most eight, by their place from 1.
 */
line: { [key in number]: ShownHand }, }

export type ShownSpeaker = { hand: number, name?: string,
/**
 * A tag that at least five hold.
 */
tag?: string, kind: HandKind, stance?: Stance,
/**
 * Speaks for the first time in this discussion.
 */
first?: boolean, clock: Clock, }

export type ShownHand = {
/**
 * Absent for a written question.
 */
hand?: number, question?: QuestionId, name?: string, tag?: string, kind: HandKind, stance?: Stance, first?: boolean, }

export type ChairDiscussion = {
/**
 * Tags that take turns and are added up.
 */
tags: Array<string>,
/**
 * Seconds a tag may use; absent: no budget.
 */
budget_s?: number,
/**
 * A closed list lets points of order in.
 */
order_when_closed: boolean,
/**
 * Everyone in line, by place from 1.
 */
line: { [key in number]: ChairHand }, speaking?: ChairHand, interrupted?: ChairHand,
/**
 * The last speech can go on: its hand.
 */
last?: number,
/**
 * Who has spoken, by seat.
 */
people: { [key in SeatId]: Spoken },
/**
 * Time and turns by tag; a tag held by fewer than five is not here. Finished speeches and the present one up to now are
 * the chair's to add: `since` of the clock says when it began.
 */
balance: { [key in string]: Spoken },
/**
 * By stance.
 */
stances: { [key in Stance]?: Spoken }, }

export type ChairHand = { hand?: number, question?: QuestionId, seat?: SeatId, name?: string,
/**
 * All that the person said of themselves.
 */
tags: Array<string>, kind: HandKind, stance?: Stance, about?: string, why?: Why,
/**
 * When it was raised.
 */
at?: Timestamp,
/**
 * Without a phone.
 */
proxy?: boolean,
/**
 * Percent; absent: 100.
 */
factor?: number, clock?: Clock, }

export type Spoken = { ms: number, turns: number, }

export type MyDiscussion = {
/**
 * My hands that wait, or speak.
 */
hands: { [key in HandKind]?: MyHand },
/**
 * How often I have spoken here.
 */
turns?: number,
/**
 * My time factor in percent; absent: 100.
 */
factor?: number, }

export type MyHand = { hand: number,
/**
 * Place in line from 1; absent while speaking.
 */
place?: number,
/**
 * Why there.
 */
why?: Why, about?: string, stance?: Stance,
/**
 * I speak, or am interrupted.
 */
speaking?: boolean,
/**
 * My own clock, with my own length.
 */
clock?: Clock, }

export type Why = "first_come" | "first_time" | "spoken_before" | "takes_turns" | "least_time" | "reply" | "point_of_order" | "chair" | "over_budget"

export type Chair = { discussion?: ChairDiscussion, debate?: ChairDebate, }
