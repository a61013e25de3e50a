// What a person may wish, and why a rule says no. Written by `cargo test wire` from Rust; do not edit.

import type { ActivityId, SeatId, QuestionId, LinkId, ConcernId, Timestamp } from './ids.ts'

export type Command = { "add_activity": { id: ActivityId, kind: ActivityKind, title: string, minutes?: number, before?: ActivityId, } } | { "change_activity": { activity: ActivityId, title?: string, minutes?: number, } } | { "move_activity": { activity: ActivityId, before?: ActivityId, } } | { "remove_activity": { activity: ActivityId, } } | { "open": { activity: ActivityId, } } | { "close": { activity: ActivityId, } } | { "stage": { activity?: ActivityId, in_s?: number, } } | { "share_delay": Record<symbol, never> } | { "set_questions": { activity: ActivityId,
/**
 * Pre-moderation: what is asked waits for the moderator.
 */
review?: boolean, votes?: boolean, counts_hidden?: boolean, order?: Order,
/**
 * Longest question in graphemes, 20–500.
 */
longest?: number, } } | { "change_meeting": { title?: string, language?: string, languages?: Array<string>,
/**
 * The tags the facilitator asks for ("teacher", "student", …).
 */
ask?: Array<string>, ask_first?: boolean, minors?: boolean, ends_at?: Timestamp, wifi?: Wifi, contact?: Contact,
/**
 * Words that hold a text back, added to the built-in lists.
 */
held_words?: Array<string>, } } | { "end": { in_s?: number, } } | { "reopen": Record<symbol, never> } | { "take_back": Record<symbol, never> } | { "hide_stage": { on: boolean, } } | { "take_down": Record<symbol, never> } | { "show_joining": { on: boolean, } } | { "call_back": { on: boolean, in_s?: number, } } | { "count_heads": { people: number, } } | { "introduce": { name?: string, language?: string, tags?: Array<string>, needs?: string, } } | { "add_proxy": { seat: SeatId, name?: string, tags?: Array<string>, } } | { "give_role": { seat: SeatId, role: Role, } } | { "take_role": { seat: SeatId, role: Role, } } | { "revoke_link": { link: LinkId, } } | { "mute": { seat?: SeatId, question?: QuestionId, on: boolean, } } | { "admit": { seat: SeatId, } } | { "turn_away": { seat: SeatId, } } | { "concern": { id: ConcernId, text?: string,
/**
 * Where the person sits, if they allow it.
 */
place?: string, } } | { "note_concern": { concern: ConcernId, done: string, } } | { "ask": { id: QuestionId, activity: ActivityId, text: string, anonymous?: boolean, as_tag?: string, language?: string, } } | { "edit": { question: QuestionId, text: string, } } | { "withdraw": { question: QuestionId, } } | { "list": { question: QuestionId, } } | { "dismiss": { question: QuestionId, reason: string, } } | { "park": { question: QuestionId, } } | { "vote": { question: QuestionId, on: boolean, } } | { "feature": { question: QuestionId, } } | { "answer": { question: QuestionId, text?: string, by?: string, } } | { "reply": { question: QuestionId, answered: boolean, } } | { "merge": { from: QuestionId, into: QuestionId, } } | { "unmerge": { question: QuestionId, } } | { "keep_apart": { from: QuestionId, into: QuestionId, } } | { "tag": { question: QuestionId, tags: Array<string>, } } | { "label": { question: QuestionId, language: string, } } | { "translate": { question: QuestionId, language: string, text: string, } } | { "care": { question: QuestionId, on: boolean, } } | { "rank": { question: QuestionId, before?: QuestionId, } } | { "count_hands": { question: QuestionId, hands: number, } }

export type ActivityKind = "slides" | "questions" | "discussion" | "groups" | "debate" | "poll" | "feedback"

export type Order = "top" | "new" | "fair" | "own"

export type Wifi = {
/**
 * The network's name; empty: no Wi-Fi is shown.
 */
name: string,
/**
 * Its password; empty: an open network.
 */
password?: string, }

export type Contact = {
/**
 * The name people see.
 */
name: string,
/**
 * Local help numbers, one a line.
 */
numbers: string,
/**
 * On duty now.
 */
on_duty: boolean, }

export type Role = "facilitator" | "moderator" | "timekeeper" | "judge" | "captioner" | "contact" | "stage" | "participant"

export type Code = "not_allowed" | "not_admitted" | "not_found" | "exists" | "closed" | "ended" | "empty" | "too_long" | "out_of_range" | "wrong_state" | "has_votes" | "votes_off" | "last_facilitator" | "too_late" | "too_many" | "slow_down" | "busy" | "read_only" | "superseded" | "number_reused" | "not_understood" | "quarantined"

export type Refusal = { code: Code,
/**
 * For developers, in English.
 */
detail: string,
/**
 * Milliseconds after which the same command may be sent again; only on codes that are not final.
 */
retry?: number, }
