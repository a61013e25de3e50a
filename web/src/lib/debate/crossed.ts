// Which bells and milestones were crossed while somebody looked: what was passed before, or is long past, stays silent.
// Knows no timer and no sound.
import type { Clock, ClockBell } from '../../wire/index.ts'
import { due, milestones, shown, type Milestone } from './clock.ts'

/** What is older is not rung any more. */
export const LATE_MS = 2_000
/** A new word of the server's that differs by more is a jump, not the same speech going on. In milliseconds of speech. */
const JUMP_MS = 1_500

export type Crossing = { bell: ClockBell } | { milestone: Milestone }

interface Seen {
  clock: Clock
  shown: number
  at: number
}

export class Crossed {
  #seen: Seen | undefined
  /** When what was crossed, so that a small step back of the time does not ring twice. */
  #told = new Map<string, number>()

  /** Call it at every change of the clock and whenever something was due. The first call crosses nothing. */
  look(clock: Clock | undefined, now: number): Crossing[] {
    const before = this.#seen
    const at = clock ? shown(clock, now) : 0
    this.#seen = clock ? { clock, shown: at, at: now } : undefined
    if (!clock || !before) return []
    if (before.clock === clock) return this.#between(clock, before, at, now)
    // What the old clock came to by now, and then the little by which the server knows better.
    const reached = shown(before.clock, now)
    const ran = before.clock.state === 'running'
    const same = before.clock.length === clock.length && before.clock.bar === clock.bar && Math.abs(at - reached) <= units(clock, JUMP_MS)
    if (!same) return ran ? this.#between(before.clock, before, reached, now) : []
    return ran || clock.state === 'running' ? this.#between(ran ? before.clock : clock, before, Math.max(at, reached), now) : []
  }

  #between(clock: Clock, before: Seen, at: number, now: number): Crossing[] {
    if (at <= before.shown) return []
    const inside = (one: { at: number }): boolean => one.at > before.shown && one.at <= at && now - (due(clock, one.at) ?? now) <= LATE_MS
    const crossed: [string, Crossing][] = [
      ...clock.bells.filter(inside).map((bell): [string, Crossing] => [`bell ${bell.at}`, { bell }]),
      ...milestones(clock).filter(inside).map(({ is }): [string, Crossing] => [is, { milestone: is }]),
    ]
    return crossed.filter(([key]) => {
      const told = this.#told.get(key)
      this.#told.set(key, now)
      return told === undefined || now - told > LATE_MS
    }).map(([, one]) => one)
  }
}

function units(clock: Clock, ms: number): number {
  return (ms * (clock.rate || 1e9)) / 1e9
}
