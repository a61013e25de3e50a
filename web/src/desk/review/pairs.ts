// Suggestions of the same question, as the desk document says them.
import type { Desk } from '../state/desk.svelte.ts'

export interface Pair { from: string; into: string; likeness: number }

const all = (desk: Desk): Pair[] => Object.values(desk.more.suggestions)

/** Pairs of which both stand on the floor, the likeliest first. */
export function listedPairs(desk: Desk): Pair[] {
  return all(desk)
    .filter(({ from, into }) => desk.floor?.questions[from] && desk.floor.questions[into])
    .sort((a, b) => b.likeness - a.likeness)
}

/** The question that a waiting one looks like most. */
export function likeness(desk: Desk, waiting: string): Pair | undefined {
  return all(desk)
    .filter(({ from, into }) => (from === waiting && desk.floor?.questions[into]) || (into === waiting && desk.floor?.questions[from]))
    .sort((a, b) => b.likeness - a.likeness)[0]
}
