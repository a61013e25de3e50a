// Adds up who has spoken how long. Numbers in, numbers out.
import type { Spoken } from '../../wire/index.ts'

export interface Share { id: string; ms: number; turns: number; percent: number }

/** Shares of the time in whole percent, the largest first; `live` ms of a running speech are added to each of `whose`. */
export function shares(spoken: Readonly<Record<string, Spoken>>, live: number, whose: readonly string[]): Share[] {
  const list = Object.entries(spoken).map(([id, { ms, turns }]) => ({ id, ms: ms + (whose.includes(id) ? live : 0), turns }))
  const all = list.reduce((sum, one) => sum + one.ms, 0)
  return list
    .map((one) => ({ ...one, percent: all ? Math.round((one.ms / all) * 100) : 0 }))
    .sort((one, other) => other.ms - one.ms || one.id.localeCompare(other.id))
}
