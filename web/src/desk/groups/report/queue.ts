// The order in which tables report: as the facilitator set it, then by number. Who has reported stands apart.
import type { Table } from '../work.svelte.ts'

export function waitingOf(tables: readonly Table[], reporting: string | undefined): Table[] {
  const waiting = tables.filter((one) => !one.reported && one.id !== reporting)
  // Once an order was set, those who are not in it hang up what they wrote.
  return waiting.sort((one, other) => (one.order ?? 10_000 + one.number) - (other.order ?? 10_000 + other.number))
}

/** The next to report: in an order that was set only those in it. */
export function nextOf(tables: readonly Table[], reporting: string | undefined): Table | undefined {
  const waiting = waitingOf(tables, reporting)
  const ordered = tables.some((one) => one.order !== undefined)
  return waiting.find((one) => !ordered || one.order !== undefined)
}

/** All groups in the order they now have, with one of them moved up (-1) or down (1) among those that wait. */
export function movedBy(tables: readonly Table[], reporting: string | undefined, id: string, by: -1 | 1): string[] {
  const waiting = waitingOf(tables, reporting).map((one) => one.id)
  const at = waiting.indexOf(id)
  const to = at + by
  if (at < 0 || to < 0 || to >= waiting.length) return waiting
  ;[waiting[at], waiting[to]] = [waiting[to]!, waiting[at]!]
  return waiting
}
