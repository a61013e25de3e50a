// What a person may wish, and why a rule says no. Written by `cargo test wire` from Rust; do not edit.

import type { ActivityId, SeatId, QuestionId, LinkId, ConcernId, GroupId, CardId, LetterId, TeamId, MotionId, Timestamp } from './ids.ts'
import type { Format } from './format.ts'

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
place?: string, } } | { "note_concern": { concern: ConcernId, done: string, } } | { "ask": { id: QuestionId, activity: ActivityId, text: string, anonymous?: boolean, as_tag?: string, language?: string, } } | { "edit": { question: QuestionId, text: string, } } | { "withdraw": { question: QuestionId, } } | { "list": { question: QuestionId, } } | { "dismiss": { question: QuestionId, reason: string, } } | { "park": { question: QuestionId, } } | { "vote": { question: QuestionId, on: boolean, } } | { "feature": { question: QuestionId, } } | { "answer": { question: QuestionId, text?: string, by?: string, } } | { "reply": { question: QuestionId, answered: boolean, } } | { "merge": { from: QuestionId, into: QuestionId, } } | { "unmerge": { question: QuestionId, } } | { "keep_apart": { from: QuestionId, into: QuestionId, } } | { "tag": { question: QuestionId, tags: Array<string>, } } | { "label": { question: QuestionId, language: string, } } | { "translate": { question: QuestionId, language: string, text: string, } } | { "care": { question: QuestionId, on: boolean, } } | { "rank": { question: QuestionId, before?: QuestionId, } } | { "count_hands": { question: QuestionId, hands: number, } } | GroupCommand | DiscussionCommand | DebateCommand

export type GroupCommand = { "set_groups": { activity: ActivityId, how?: How,
/**
 * How many groups; 0: from `size`.
 */
tables?: number,
/**
 * People a group, 2–30; used when `tables` is 0. Default 5.
 */
size?: number,
/**
 * Rounds with other people each time, 1–12.
 */
rounds?: number,
/**
 * One person stays at each table as its host (World Café).
 */
hosts?: boolean,
/**
 * Tags to spread evenly; empty: all that the meeting asks for.
 */
balance?: Array<string>,
/**
 * The groups of this activity stay together in ours.
 */
from?: ActivityId, task?: string,
/**
 * Labels of the answer lines, at most 6.
 */
lines?: Array<string>,
/**
 * Length of a round in seconds, 0–14 400; 0: no timer.
 */
seconds?: number,
/**
 * Dots a person may give to cards, 0–10; 0: no voting. Default 3.
 */
dots?: number,
/**
 * Length of a report in seconds, 15–1 800. Default 120.
 */
turn_s?: number, } } | { "add_group": { id: GroupId, activity: ActivityId, name?: string, } } | { "change_group": { group: GroupId, name?: string,
/**
 * Where it is: "by the window, second from the door".
 */
place?: string, step_free?: boolean,
/**
 * Its own task, in place of the common one.
 */
task?: string,
/**
 * Nobody is put here and nobody may choose it.
 */
locked?: boolean,
/**
 * Most people, 0–500; 0: no limit.
 */
most?: number, } } | { "remove_group": { group: GroupId, } } | { "constrain": { activity: ActivityId, together?: Array<Array<SeatId>>, apart?: Array<Array<SeatId>>,
/**
 * Group → the seat that stays there in every round.
 */
hosts?: { [key in GroupId]: SeatId },
/**
 * Seats that need a step-free table.
 */
step_free?: Array<SeatId>, } } | { "publish_groups": { activity: ActivityId, } } | { "discard_plan": { activity: ActivityId, } } | { "next_round": { activity: ActivityId, } } | { "move_seats": { activity: ActivityId, seats: Array<SeatId>, to?: GroupId, } } | { "swap_seats": { activity: ActivityId, one: SeatId, other: SeatId, } } | { "merge_groups": { from: GroupId, into: GroupId, } } | { "split_group": { group: GroupId, id: GroupId, seats: Array<SeatId>, } } | { "join_group": { group: GroupId, } } | { "leave_group": { group: GroupId, } } | { "set_timer": { activity: ActivityId, group?: GroupId,
/**
 * 0–14 400.
 */
seconds: number, } } | { "add_time": { activity: ActivityId, group?: GroupId,
/**
 * −3 600–3 600.
 */
seconds: number, } } | { "end_groups": { activity: ActivityId, group?: GroupId, in_s?: number, } } | { "resume_groups": { activity: ActivityId, group?: GroupId, } } | { "write_line": { group: GroupId, line: number, text: string, } } | { "post_card": { id: CardId, group: GroupId, text: string, } } | { "edit_card": { card: CardId, text: string, } } | { "remove_card": { card: CardId, } } | { "stack_card": { card: CardId, onto?: CardId, } } | { "dot_card": { card: CardId, dots: number, } } | { "show_dots": { activity: ActivityId, group?: GroupId, on: boolean, } } | { "take_duty": { group: GroupId, duty: Duty, on: boolean, } } | { "need_help": { group: GroupId, on: boolean, call?: Call, } } | { "ready": { group: GroupId, on: boolean, } } | { "visit": { group: GroupId, on: boolean, } } | { "write_to": { id: LetterId, activity: ActivityId, group?: GroupId, text: string, } } | { "acknowledge": { letter: LetterId, group: GroupId, } } | { "order_reports": { activity: ActivityId, groups: Array<GroupId>, } } | { "report": { activity: ActivityId, group?: GroupId, } } | { "add_report_time": { activity: ActivityId, seconds: number, } } | { "pause_report": { activity: ActivityId, on: boolean, } } | { "link_cards": { cards: Array<CardId>, on: boolean, } }

export type How = "mixed" | "random" | "self_chosen" | "by_hand"

export type Duty = "reporter" | "timekeeper" | "scribe"

export type Call = "help" | "fetch"

export type DiscussionCommand = { "set_discussion": { activity: ActivityId, order?: LineOrder,
/**
 * Length of a speech in seconds, 10–3 600; 0: no limit. Default 120.
 */
speech_s?: number,
/**
 * Tags that take turns and whose time is added up; empty: all that the meeting asks for.
 */
tags?: Array<string>,
/**
 * People say whether they speak for or against.
 */
stances?: boolean,
/**
 * Speaking time each tag may use in seconds, 0–14 400; 0: no budget.
 */
budget_s?: number,
/**
 * Written questions stand in the same line, in turn with hands.
 */
one_queue?: boolean,
/**
 * A closed list still lets points of order in. Default true.
 */
order_when_closed?: boolean, } } | { "raise": { activity: ActivityId, kind?: HandKind, about?: string, stance?: Stance, } } | { "lower": { activity: ActivityId, kind?: HandKind, } } | { "add_hand": { activity: ActivityId, seat: SeatId, kind?: HandKind, about?: string, stance?: Stance, } } | { "remove_hand": { activity: ActivityId, hand: number, } } | { "call": { activity: ActivityId, hand?: number, seat?: SeatId, question?: QuestionId, } } | { "pause_speech": { activity: ActivityId, } } | { "resume_speech": { activity: ActivityId, } } | { "end_speech": { activity: ActivityId, } } | { "reopen_speech": { activity: ActivityId, } } | { "add_speech_time": { activity: ActivityId, seconds: number, } } | { "order_hands": { activity: ActivityId, hands: Array<number>, } } | { "close_list": { activity: ActivityId, on: boolean, } } | { "re_add_last": { activity: ActivityId, } } | { "clear_hands": { activity: ActivityId, } } | { "extra_time": { seat: SeatId, percent: number, } }

export type LineOrder = "first_come" | "first_timers" | "alternate" | "least_time"

export type HandKind = "reply" | "point_of_order" | "ordinary"

export type Stance = "for" | "against"

export type DebateCommand = { "set_debate": { activity: ActivityId,
/**
 * A built-in format by its id.
 */
format?: string,
/**
 * A format of one's own.
 */
own_format?: Format,
/**
 * The motion; hidden until it is released.
 */
motion?: string,
/**
 * The info slide; empty: none.
 */
slide?: string, rings?: Rings,
/**
 * The result is kept from everyone but the chair until the last round.
 */
silent?: boolean,
/**
 * Judges agree on one ballot, handed in by their chair.
 */
together?: boolean,
/**
 * The rules of `results` that score it, by id; empty: not scored.
 */
scored_by?: string,
/**
 * The host's stage is asked for applause and other reactions. Off by default.
 */
reactions?: boolean, } } | { "add_team": { id: TeamId, name: string,
/**
 * School or club; the draw keeps them apart.
 */
from?: string, activity?: ActivityId, side?: string, } } | { "change_team": { team: TeamId, name?: string, from?: string, } } | { "remove_team": { team: TeamId, } } | { "place_team": { activity: ActivityId, side: string, team?: TeamId, } } | { "draw_sides": { activity: ActivityId, } } | { "set_speaker": { team: TeamId, place: number, name?: string, seat?: SeatId, } } | { "claim_place": { team: TeamId, place: number, name?: string, } } | { "leave_place": { team: TeamId, place: number, } } | { "confirm_place": { team: TeamId, place: number, seat: SeatId, on: boolean, } } | { "send_speaker": { activity: ActivityId, segment: number, place: number, twice?: boolean, } } | { "decide_owner": { activity: ActivityId, segment: number, side: string, } } | { "set_chairs": { activity: ActivityId, seats: Array<SeatId>, } } | { "set_judges": { activity: ActivityId, seats: Array<SeatId>, } } | { "declare_conflict": { team: TeamId, on: boolean, } } | { "set_factor": { team: TeamId, place: number, percent: number, } } | { "propose_motion": { id: MotionId, activity: ActivityId, text: string, slide?: string,
/**
 * The question it comes from.
 */
question?: QuestionId, } } | { "remove_motion": { motion: MotionId, } } | { "offer_motions": { activity: ActivityId, on: boolean, } } | { "rank_motions": { activity: ActivityId, motions: Array<MotionId>, } } | { "veto_motion": { activity: ActivityId, motion?: MotionId, } } | { "choose_motion": { activity: ActivityId, motion?: MotionId, } } | { "release_motion": { activity: ActivityId, } } | { "clock": { activity: ActivityId, verb: Verb, from?: number, at?: Timestamp, seconds?: number, segment?: number, side?: string, } } | { "end_my_speech": { activity: ActivityId, } } | { "call_host": { activity: ActivityId, on: boolean, } } | { "offer_point": { activity: ActivityId, } } | { "answer_point": { activity: ActivityId, take: boolean, } } | { "count_point": { activity: ActivityId, side: string, taken: boolean, } } | { "end_point": { activity: ActivityId, } } | { "open_vote": { activity: ActivityId, round: VoteRound, on: boolean, } } | { "vote_motion": { activity: ActivityId, round: VoteRound, side?: string, } } | { "show_swing": { activity: ActivityId, on: boolean, } } | { "react": { activity: ActivityId, kind: Reaction, } } | { "save_ballot": { activity: ActivityId, ballot: Ballot, } } | { "hand_in_ballot": { activity: ActivityId, ballot: Ballot, } } | { "confirm_ballot": { activity: ActivityId, judge: SeatId, } } | { "return_ballot": { activity: ActivityId, judge: SeatId, } } | { "release_result": { activity: ActivityId, on: boolean, } } | { "draw_round": { activities: Array<ActivityId>, how: DrawHow, } }

export type Verb = "start" | "pause" | "interpret" | "resume" | "adjust" | "reset" | "finish" | "next" | "back" | "jump" | "bank" | "hand_over"

export type VoteRound = "before" | "after"

export type Rings = "stage" | "chair" | "nobody"

export type Reaction = "applause" | "agree" | "laugh"

export type DrawHow = "random" | "power"

export type Ballot = {
/**
 * Segment → mark.
 */
marks: { [key in number]: Mark },
/**
 * The declared winner's side, where the rules ask for one.
 */
winner?: string,
/**
 * Side → rank from 1, where four teams are ranked.
 */
ranks: { [key in string]: number },
/**
 * Reasons for the decision.
 */
remark?: string, }

export type Mark = {
/**
 * Which speaker of the side (their place, from 1).
 */
place: number,
/**
 * In hundredths: 7 550 is 75.5.
 */
score?: number,
/**
 * Speaks a second time for an absent one.
 */
twice?: boolean,
/**
 * Feedback for the speaker.
 */
remark?: string, }

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
