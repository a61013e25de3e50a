// How a debate runs. Written by `cargo test wire` from Rust; do not edit.

export type Format = {
/**
 * Short name for addresses and files: `[a-z0-9-]+`.
 */
id: string,
/**
 * Its name in English, or in the only language it has.
 */
name: string,
/**
 * Names in other languages (BCP 47).
 */
names: { [key in string]: string },
/**
 * Where its rules come from, and what of them was verified.
 */
source: string,
/**
 * In the order of the first speeches. Two or four; none for fishbowl and town hall.
 */
sides: Array<Side>,
/**
 * Places for speakers on each side.
 */
speakers: number,
/**
 * What the clock shows first.
 */
counts: Counts,
/**
 * Preparation after the motion is released, before the first speech. Not counted among the segments.
 */
preparation?: Segment,
/**
 * Preparation time each side may draw on between speeches, in seconds; 0: none.
 */
bank_s: number, points: Points, overtime: Overtime,
/**
 * What a stretch between two bells is called and what may happen in it. The built-in four are always there.
 */
phases: { [key in string]: Phase }, segments: Array<Segment>,
/**
 * The audience votes before and after.
 */
audience_vote: boolean,
/**
 * Which rules of `results` score it; empty: not scored.
 */
scored_by: string, }

export type Side = {
/**
 * `proposition`, `opposition`, `opening_government`, …; `[a-z0-9_]+`.
 */
id: string, name: string,
/**
 * Names in other languages (BCP 47).
 */
names: { [key in string]: string }, }

export type Counts = "down" | "up"

export type Points = {
/**
 * The seat offers from its own phone and the speaker answers there; otherwise the chair taps offered and accepted.
 */
from_seats: boolean,
/**
 * How long one may take, in seconds.
 */
length_s: number,
/**
 * How long an offer stands before it fades, in seconds.
 */
offer_s: number, }

export type Overtime = {
/**
 * Seconds after the end until the first bell; 0: none rings.
 */
first_s: number,
/**
 * Seconds between the bells after it; 0: only the first.
 */
every_s: number, rings: number, }

export type Phase = {
/**
 * Shown in words; empty: nothing is shown.
 */
name: string,
/**
 * Names in other languages (BCP 47).
 */
names: { [key in string]: string },
/**
 * `#RRGGBB`, as an imported file asks for; empty: the house's own.
 */
colour: string,
/**
 * Points of information may be offered.
 */
points: boolean, }

export type Segment = { name: string,
/**
 * Names in other languages (BCP 47).
 */
names: { [key in string]: string }, kind: Kind,
/**
 * A side's id, `both`, `nobody`, or `decided` (said live by the chair).
 */
owner: string,
/**
 * Which place of the side speaks, from 1; 0: whoever the side sends.
 */
place: number,
/**
 * Places that may give it (a reply by the first or second speaker); empty: all.
 */
by: Array<number>,
/**
 * Whole seconds. In a free debate: of both sides together.
 */
length_s: number,
/**
 * Free debate: the bank of each side, in seconds; 0: one common clock.
 */
each_s: number,
/**
 * The phase it begins with; empty: `normal`.
 */
first_phase: string,
/**
 * By `at_s`, one at a second; up to `length_s`. Bells past the end come from [`Format::overtime`] or stand here too.
 */
bells: Array<Bell>, }

export type Kind = "speech" | "reply" | "cross" | "free" | "preparation" | "floor" | "vote" | "deliberation"

export type Bell = {
/**
 * Seconds from the segment's beginning; more than its length: past the end.
 */
at_s: number,
/**
 * 0 (a silent change of phase) to 60.
 */
rings: number,
/**
 * The clock stops here until the chair resumes it.
 */
pause: boolean,
/**
 * The phase that begins here; empty: no change.
 */
phase: string,
/**
 * Whether points may be offered from here on; absent: as the phase says.
 */
points?: boolean, }
