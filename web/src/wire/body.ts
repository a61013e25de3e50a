// What HTTP carries. Written by `cargo test wire` from Rust; do not edit.

import type { MeetingId, ActivityId, SeatId, DeviceId, QuestionId, LinkId, Timestamp } from './ids.ts'
import type { Command, Role, Refusal } from './command.ts'
import type { Mine } from './view.ts'
import type { Format } from './format.ts'

export type Refused = { refused: Refusal, }

export type Errors = { errors: Array<WireError>, }

export type WireError = { code: ErrorCode,
/**
 * For developers, in English.
 */
detail: string,
/**
 * Milliseconds after which the same may be asked again.
 */
retry?: number, }

export type ErrorCode = "bad_token" | "revoked" | "not_allowed" | "not_found" | "no_code" | "no_screen" | "bad_request" | "too_big" | "too_many" | "busy" | "wrong_origin" | "going_down" | "disk_full" | "unwritable" | "port_in_use" | "corrupt" | "internal"

export type FormatText = {
/**
 * TOML or Debatekeeper's XML.
 */
text: string, }

export type FormatRead = {
/**
 * What of it is sound; absent when nothing is.
 */
format?: Format, problems: Array<FormatProblem>, }

export type FormatProblem = {
/**
 * From 1; 0: of the whole file.
 */
line: number,
/**
 * Something of the file is missing from the format.
 */
error: boolean,
/**
 * One English sentence.
 */
says: string, }

export type FormatWritten = { format: Format, as: FormatKind, }

export type FormatKind = "toml" | "xml"

export type NotesSent = {
/**
 * y-sync (step 1, step 2 or update), base64.
 */
notes: string, }

export type PlanWished = {
/**
 * The same seed, people and settings give the same plan; absent: drawn.
 */
seed?: number,
/**
 * Leaves out whoever is not here now.
 */
only_here?: boolean,
/**
 * Seats that sit at a table by its number, as a list said.
 */
fixed?: { [key in SeatId]: number }, }

export type PlanMade = {
/**
 * Meetings of pairs beyond the first.
 */
repeats: number,
/**
 * Time it took in milliseconds.
 */
ms: number, }

export type NotesSaid = {
/**
 * Durable; what the server knows (a state vector, base64).
 */
noted?: string,
/**
 * What was lacking (y-sync, base64).
 */
notes?: string, }

export type NewMeeting = { title: string, language?: string, template?: string,
/**
 * 128 random bits: the same within 24 h gets the same answer.
 */
try?: string, }

export type MeetingMade = { meeting: MeetingId, code: string,
/**
 * The facilitator's bearer.
 */
token: string, links: MeetingLinks, }

export type MeetingLinks = { desk: string, stage: string, join: string, }

export type CodeFound = { meeting: MeetingId, title: string, languages: Array<string>,
/**
 * The tags the facilitator asks for.
 */
ask: Array<string>, ask_first?: boolean, }

export type NewSeat = { code?: string, secret?: string, name?: string, language?: string, tags?: Array<string>, try?: string, }

export type SeatMade = { seat?: SeatId, token: string, alias?: AliasMade, roles?: Array<Role>,
/**
 * *Ask me first*: the facilitator has to let it in.
 */
waiting?: boolean, }

export type AliasMade = { token: string, }

export type ViewTaken = { at: [epoch: number, revision: number], view: unknown, }

export type MineTaken = { at: [epoch: number, revision: number], mine: Mine,
/**
 * The highest number known from the device.
 */
n: number, }

export type SeatsListed = { seats: Array<SeatListed>,
/**
 * Sent back as `after` it gives the next page.
 */
next?: string, }

export type SeatListed = { seat: SeatId, name?: string, language?: string, tags?: Record<string, true>, roles: Partial<Record<Role, true>>, proxy?: boolean, muted?: boolean, waiting?: boolean, here?: boolean, }

export type Numbered = { n: number, device?: DeviceId, as?: string, do: Command, }

export type Done = { ok: number, }

export type Typed = { text: string, activity?: ActivityId, }

export type SimilarFound = { questions: Array<QuestionId>, }

export type NewLink = { role: Role, label?: string, }

export type LinkMade = { link: LinkId, url: string, role: Role, }

export type MoveOffered = { url: string, until: Timestamp, }

export type ScreenMade = { screen: string, digits: string, key: string, }

export type ScreenPaired = { meeting?: MeetingId, token?: string, title?: string, }

export type Pair = { digits: string, }

export type Paired = { screen: string, }

export type HallChecked = { addresses: Array<string>,
/**
 * Phones that reached this server.
 */
phones: number, disk_free_mb?: number, battery?: Battery,
/**
 * The server keeps the computer awake.
 */
awake: boolean,
/**
 * Everything acknowledged is on disk.
 */
saved: boolean, }

export type Battery = { percent: number, charging: boolean, }

export type NewPractice = {
/**
 * 1–100 pretend people.
 */
phones: number, }

export type PracticeMade = { practice: string,
/**
 * Of the copy the pretend people are in.
 */
links: MeetingLinks, }

export type Hall = { addresses: Array<string>, }
