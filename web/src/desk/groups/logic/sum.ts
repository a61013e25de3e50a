// The sum of reporting back, done for the facilitator: so many tables, so long each, against the time there is.
// Pure arithmetic in seconds; knows no screen and no rule of the meeting.

/** What would make it fit. `lot`: so many tables, drawn, speak and the rest hang up what they wrote. */
export type Offer = { kind: 'shorter'; turn_s: number } | { kind: 'one_point'; turn_s: number } | { kind: 'lot'; tables: number }

export interface Sum { need_s: number; fits: boolean; offers: Offer[] }

const POINT_S = 30
const SHORTEST_S = 45
const LEAST_S = 15

/** How many tables a plan will have: the number that was set, or people shared out by size. */
export function tablesFor(people: number, tables: number, size: number): number {
  return tables > 0 ? tables : Math.ceil(people / Math.max(2, size))
}

export function sumOf(tables: number, turn_s: number, have_s: number): Sum {
  const need_s = tables * turn_s
  if (tables === 0 || have_s <= 0 || need_s <= have_s) return { need_s, fits: true, offers: [] }
  const offers: Offer[] = []
  const shorter = Math.floor(have_s / tables / 15) * 15
  if (shorter >= SHORTEST_S) offers.push({ kind: 'shorter', turn_s: shorter })
  const point = Math.min(POINT_S, Math.floor(have_s / tables / 5) * 5)
  if (point >= LEAST_S && point < shorter + 15) offers.push({ kind: 'one_point', turn_s: point })
  const some = Math.floor(have_s / turn_s)
  if (some >= 1) offers.push({ kind: 'lot', tables: some })
  return { need_s, fits: false, offers }
}

/** Draws so many of a list, in a new order. `random` gives numbers in [0, 1). */
export function byLot<T>(all: readonly T[], many: number, random: () => number = Math.random): T[] {
  const list = [...all]
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[list[at], list[other]] = [list[other]!, list[at]!]
  }
  return list.slice(0, many)
}
