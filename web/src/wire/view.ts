// What each audience sees. Written by `cargo test wire` from Rust; do not edit.

import type { ActivityId, SeatId, QuestionId, LinkId, GroupId, CardId, LetterId, Timestamp } from './ids.ts'
import type { How, Duty, Call, ActivityKind, Order, Wifi, Role } from './command.ts'

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
reports: { [key in GroupId]: FloorReport },
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
works: { [key in ActivityId]: DeskWork }, groups: { [key in GroupId]: DeskGroup }, letters: { [key in LetterId]: DeskLetter }, counts: DeskCounts, take_back?: TakeBack, held_words?: Record<string, true>, }

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
dots: { [key in CardId]: number }, }

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
