// What a clock of the server's says at a moment: time shown, state, phase, bells, figures. One for phone, desk and stage.
// Pure: the server's time comes in, nothing ticks here (see live.svelte.ts). It decides nothing: the server does that too.
import type { Clock, ClockBell, Counts } from '../../wire/index.ts'

const RATE_ONE = 1_000_000_000
const SECOND = 1_000
const MINUTE = 60 * SECOND

/** The clock's own states, and *overtime*: it runs past its length. A bell that pauses stops it before the server says so. */
export type Standing = 'ready' | 'running' | 'overtime' | 'paused' | 'interpreting' | 'done'

/** Units a millisecond. */
function rate(clock: Clock): number {
  return (clock.rate || RATE_ONE) / RATE_ONE
}

/** The bell it will stop at by itself. */
function stopping(clock: Clock): ClockBell | undefined {
  return clock.bells.find((bell) => bell.pause && bell.at > clock.spent)
}

function goes(clock: Clock): clock is Clock & { since: number } {
  return clock.since !== undefined && clock.state === 'running'
}

/** Units shown: milliseconds, or thousandths of the whole where there is a bar. Never less than was spent when it started. */
export function shown(clock: Clock, now: number): number {
  if (!goes(clock)) return clock.spent
  const run = clock.spent + Math.max(0, now - clock.since) * rate(clock)
  return Math.min(run, stopping(clock)?.at ?? Infinity)
}

/** The time of the server's at which it will have come to `at` units; none unless it runs and gets there. */
export function due(clock: Clock, at: number): number | undefined {
  if (!goes(clock) || at <= clock.spent || at > (stopping(clock)?.at ?? Infinity)) return undefined
  return clock.since + (at - clock.spent) / rate(clock)
}

/** Its length is used up, whether it runs on or stands. */
export function isOver(clock: Clock, now: number): boolean {
  return clock.length > 0 && shown(clock, now) >= clock.length
}

/** A bell stopped it. */
export function stoppedByBell(clock: Clock, now: number): boolean {
  const bell = goes(clock) ? stopping(clock) : clock.state === 'paused' ? clock.bells.find(({ pause, at }) => pause && at === clock.spent) : undefined
  return bell !== undefined && shown(clock, now) >= bell.at
}

export function state(clock: Clock, now: number): Standing {
  if (clock.state !== 'running') return clock.state
  if (stoppedByBell(clock, now)) return 'paused'
  return isOver(clock, now) ? 'overtime' : 'running'
}

/** Runs at this moment. */
export function running(clock: Clock, now: number): boolean {
  return goes(clock) && !stoppedByBell(clock, now)
}

const passed = (clock: Clock, now: number): ClockBell[] => {
  const at = shown(clock, now)
  return clock.bells.filter((bell) => bell.at <= at)
}
const lastOf = <T>(list: readonly T[], wanted: (one: T) => boolean): T | undefined => list.filter(wanted).pop()

export const POINTS = new Set(['pois-allowed', 'points-allowed'])

/** It begins a phase. Inside a list the wire may say `null` for what is absent. */
const names = (bell: ClockBell): boolean => typeof bell.phase === 'string'

/** The phase it is in, by its id in the format. Past the end it is `overtime` unless a bell there named another. */
export function phase(clock: Clock, now: number): string {
  const last = lastOf(passed(clock, now), (bell) => names(bell))
  if (isOver(clock, now) && (last?.at ?? 0) < clock.length) return 'overtime'
  return last?.phase ?? clock.phase ?? 'normal'
}

/** Points of information may be offered: as the last bell says that says anything, by itself or by its phase. */
export function points(clock: Clock, now: number): boolean {
  const last = lastOf(passed(clock, now), (bell) => typeof bell.points === 'boolean' || names(bell))
  if (last) return last.points ?? POINTS.has(last.phase!)
  return POINTS.has(clock.phase ?? '')
}

/** There are points in this clock at all. */
export function hasPoints(clock: Clock): boolean {
  return POINTS.has(clock.phase ?? '') || clock.bells.some((bell) => bell.points ?? POINTS.has(bell.phase ?? ''))
}

/** Which sentence says the phase: a key of ours, or `own` where the format names it. */
export type PhaseWord = 'none' | 'protected' | 'points' | 'last_minute' | 'last_half' | 'ending' | 'over' | 'own'

export function phaseWord(clock: Clock, now: number): PhaseWord {
  const id = phase(clock, now)
  if (id === 'normal') return hasPoints(clock) ? 'protected' : 'none'
  if (POINTS.has(id)) return 'points'
  if (id === 'overtime') return 'over'
  if (id !== 'warning') return 'own'
  // Only where it is true: some formats warn earlier or later, and a bar says no time.
  const left = clock.length - (lastOf(passed(clock, now), (bell) => bell.phase === 'warning')?.at ?? 0)
  if (clock.bar || clock.length === 0) return 'ending'
  return left === MINUTE ? 'last_minute' : left === 30 * SECOND ? 'last_half' : 'ending'
}

/** The next bell that is heard. `wait_ms` is absent while the clock stands or would stop before. */
export function nextBell(clock: Clock, now: number): { bell: ClockBell; wait_ms?: number } | undefined {
  const at = shown(clock, now)
  const bell = clock.bells.find((one) => one.at > at && one.rings > 0)
  if (!bell) return undefined
  const when = due(clock, bell.at)
  return when === undefined ? { bell } : { bell, wait_ms: when - now }
}

/** How much of the whole is used, 0 to 1; 0 where it has no end. */
export function share(clock: Clock, now: number): number {
  return clock.length > 0 ? Math.min(1, Math.max(0, shown(clock, now) / clock.length)) : 0
}

export interface Digits {
  /** "4:21", "+0:12", "1:05:00". */
  text: string
  says: 'left' | 'spoken' | 'over'
}

/** The figures to show, and which word stands beside them; none where there is a bar. */
export function digits(clock: Clock, now: number, counts: Counts): Digits | undefined {
  if (clock.bar) return undefined
  const at = shown(clock, now)
  if (isOver(clock, now)) return { text: `+${figures(Math.floor((at - clock.length) / SECOND))}`, says: 'over' }
  if (counts === 'up' || clock.length === 0) return { text: figures(Math.floor(at / SECOND)), says: 'spoken' }
  // A second is shown until it is over.
  return { text: figures(Math.ceil((clock.length - at) / SECOND)), says: 'left' }
}

/** "4:21" from whole seconds; "1:05:00" from an hour on. */
export function figures(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const rest = Math.max(0, Math.round(seconds))
  const hours = Math.floor(rest / 3600)
  const minutes = Math.floor((rest % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest % 60)}` : `${minutes}:${two(rest % 60)}`
}

export type Milestone = 'half' | 'minute' | 'thirty' | 'ten' | 'up' | 'over'

/** What a screen reader is told, and when, in units. A bar tells no time: only the half and the end. */
export function milestones(clock: Clock): { is: Milestone; at: number }[] {
  const { length } = clock
  if (length <= 0) return []
  if (clock.bar) return [{ is: 'half', at: length / 2 }, { is: 'up', at: length }]
  const all: { is: Milestone; at: number }[] = [
    { is: 'half', at: length / 2 }, { is: 'minute', at: length - MINUTE }, { is: 'thirty', at: length - 30 * SECOND },
    { is: 'ten', at: length - 10 * SECOND }, { is: 'up', at: length }, { is: 'over', at: length + 30 * SECOND },
  ]
  // Half of a short time is not said where another word says the same or more.
  return all.filter(({ is, at }) => at > 0 && (is !== 'half' || length > 2 * MINUTE))
}

/** The time of the server's at which something about it looks different; none while it stands. */
export function nextChange(clock: Clock, now: number): number | undefined {
  if (!running(clock, now)) return undefined
  const at = shown(clock, now)
  const soon = [nextFigure(clock, at), ...[...clock.bells, ...milestones(clock)].map((one) => one.at).filter((one) => one > at)]
  const times = soon.map((one) => due(clock, one)).filter((one) => one !== undefined)
  return times.length ? Math.min(...times) : undefined
}

/** A bar moves by a two-hundredth at a time. */
const BAR_STEP = 5

function nextFigure(clock: Clock, at: number): number {
  if (clock.bar) return (Math.floor(at / BAR_STEP) + 1) * BAR_STEP
  // Time left and time spoken change at different moments where the length is no whole second.
  const spoken = (Math.floor(at / SECOND) + 1) * SECOND
  const rest = clock.length % SECOND
  const left = (Math.floor((at - rest) / SECOND) + 1) * SECOND + rest
  return Math.min(spoken, left)
}
