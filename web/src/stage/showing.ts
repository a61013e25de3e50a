// What the hall sees: one of a closed set of pictures, chosen from the floor alone.
// Knows no rule of the meeting; the floor's own `fair` and `rank` places decide what comes next.

import type { Floor, Question } from '../wire/index.ts'

export type Showing =
  | { is: 'hidden' }
  | { is: 'ended' }
  | { is: 'look_up' }
  | { is: 'joining' }
  | { is: 'question'; now: Named; next: Named[] }
  | { is: 'list'; title: string; next: Named[] }
  | { is: 'groups'; activity: string; title: string; round: number; rounds: number }
  | { is: 'quiet'; title: string; coming?: string }

export interface Named {
  id: string
  question: Question
}

/** At most four things at once: the code, the question that has the floor, and two that come next. */
const NEXT_BESIDE_NOW = 2
const NEXT_ALONE = 3

export function showing(floor: Floor): Showing {
  const { meeting } = floor
  if (meeting.hidden) return { is: 'hidden' }
  if (meeting.called_back) return { is: 'look_up' }
  if (meeting.state === 'ended') return { is: 'ended' }
  if (meeting.joining) return { is: 'joining' }
  const featured = meeting.featured ? floor.questions?.[meeting.featured] : undefined
  if (meeting.featured && featured) {
    const now = { id: meeting.featured, question: featured }
    return { is: 'question', now, next: nextOf(floor, featured.activity).slice(0, NEXT_BESIDE_NOW) }
  }
  const staged = meeting.stage ? floor.agenda?.[meeting.stage] : undefined
  if (!meeting.stage || !staged) return meeting.state === 'prepared' ? { is: 'joining' } : quiet(floor)
  const work = floor.works?.[meeting.stage]
  if (staged.kind === 'groups' && work) return { is: 'groups', activity: meeting.stage, title: staged.title, round: work.round, rounds: work.rounds }
  if (staged.kind !== 'questions') return { is: 'quiet', title: staged.title }
  return { is: 'list', title: staged.title, next: nextOf(floor, meeting.stage).slice(0, NEXT_ALONE) }
}

/** The listed questions of an activity in the order it is led by. */
export function nextOf(floor: Floor, activity: string): Named[] {
  const settings = floor.agenda?.[activity]
  const listed = Object.entries(floor.questions ?? {})
    .filter(([, question]) => question.activity === activity && question.state === 'listed')
    .map(([id, question]) => ({ id, question }))
  return listed.sort((a, b) => compare(settings?.order, a.question, b.question) || (a.id < b.id ? -1 : 1))
}

function compare(order: string | undefined, a: Question, b: Question): number {
  if (order === 'new') return b.at - a.at
  if (order === 'fair') return (a.fair ?? Infinity) - (b.fair ?? Infinity)
  if (order === 'own') return (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.at - b.at
  return (b.votes ?? 0) - (a.votes ?? 0) || a.at - b.at
}

function quiet(floor: Floor): Showing {
  const planned = Object.values(floor.agenda ?? {})
    .filter((item) => item.state === 'planned')
    .sort((a, b) => a.rank - b.rank)
  return { is: 'quiet', title: floor.meeting.title, coming: planned[0]?.title }
}
