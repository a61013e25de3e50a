// What each audience sees. Written by `cargo test wire` from Rust; do not edit.

import type { ActivityId, SeatId, QuestionId, LinkId, Timestamp } from './ids.ts'
import type { ActivityKind, Order, Wifi, Role } from './command.ts'

export type Floor = { meeting: Meeting, agenda: { [key in ActivityId]: Activity }, questions: { [key in QuestionId]: Question },
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
seats: { [key in SeatId]: DeskSeat }, links: { [key in LinkId]: DeskLink }, counts: DeskCounts, take_back?: TakeBack, held_words?: Record<string, true>, }

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
votes: Record<string, true>, questions: { [key in QuestionId]: MyQuestion }, }

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
