// In which order questions stand on the desk. Reads what the views say; computes no rule of the meeting
// (the fair places come from the server).
import type { Floor, Order, Question } from '../../wire/index.ts'

export interface Listed extends Question {
  id: string
}

const byTime = (a: Listed, b: Listed) => a.at - b.at || (a.id < b.id ? -1 : 1)

type Votes = (id: string) => number | undefined

function comparer(order: Order, votes: Votes): (a: Listed, b: Listed) => number {
  if (order === 'top') return (a, b) => (votes(b.id) ?? 0) - (votes(a.id) ?? 0) || byTime(a, b)
  if (order === 'new') return (a, b) => byTime(b, a)
  const place = (one: Listed) => (order === 'fair' ? one.fair : one.rank) ?? Number.MAX_SAFE_INTEGER
  return (a, b) => place(a) - place(b) || byTime(a, b)
}

/** The questions of an activity that are in one of the states, in the chosen order. */
export function inOrder(floor: Floor, activity: string, states: readonly Question['state'][], order: Order, votes: Votes): Listed[] {
  return Object.entries(floor.questions ?? {})
    .filter(([, one]) => one.activity === activity && states.includes(one.state))
    .map(([id, one]) => ({ id, ...one }))
    .sort(comparer(order, votes))
}

/** Oldest first: what has waited longest stands on top and nothing above it moves. */
export function oldestFirst<T extends { at: number }>(map: Record<string, T> | undefined): (T & { id: string })[] {
  return Object.entries(map ?? {})
    .map(([id, one]) => ({ id, ...one }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** Items of the agenda by rank. */
export function byRank<T extends { rank: number }>(map: Record<string, T> | undefined): (T & { id: string })[] {
  return Object.entries(map ?? {})
    .map(([id, one]) => ({ id, ...one }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
}
