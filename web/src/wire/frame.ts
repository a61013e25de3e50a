// What the socket carries. Written by `cargo test wire` from Rust; do not edit.

import type { SeatId, DeviceId, Timestamp } from './ids.ts'
import type { Role, Refusal } from './command.ts'
import type { Mine } from './view.ts'

export type Hello = { token: string,
/**
 * The alias's token.
 */
alias?: string,
/**
 * The outbox of the seat; absent: the token's default device.
 */
device?: DeviceId,
/**
 * The outbox of the alias.
 */
alias_device?: DeviceId,
/**
 * Other seats on this socket.
 */
also?: Array<Extra>,
/**
 * What is followed, and where each document stands; absent: the floor, of which nothing is there yet.
 */
at?: Record<string, [epoch: number, revision: number] | null>, }

export type Extra = string | { token: string, device: DeviceId, }

export type ServerSays = { welcome?: Welcome, take?: Array<string>, views?: Record<string, [revision: number, patch: unknown]>, gone?: Array<string>, ok?: Array<number>, no?: Array<[number, Refusal]>,
/**
 * Notes of a group are durable; what the server knows of them (a state vector, base64).
 */
noted?: [string, string],
/**
 * What this client lacked of a group's notes (y-sync, base64).
 */
notes?: [string, string],
/**
 * Notes of a group were refused.
 */
unnoted?: [string, Refusal], pong?: [number, number], away?: Away, }

export type Welcome = {
/**
 * Absent for a stage.
 */
seat?: SeatId, roles: Array<Role>,
/**
 * The server's time.
 */
now: Timestamp,
/**
 * The highest number known from this device.
 */
n: number, mine?: Mine,
/**
 * The alias and the other seats on this socket.
 */
also?: { [key in string]: Also }, }

export type Also = {
/**
 * The highest number known from its device.
 */
n: number, roles?: Array<Role>, mine?: Mine, }

export type Away = {
/**
 * Milliseconds.
 */
retry: number, }
