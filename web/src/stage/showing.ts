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
  | { is: 'debate'; activity: string; title: string }
  | { is: 'discussion'; activity: string; title: string }
  | { is: 'quiet'; title: string; coming?: string }

export interface Named {
  id: string
  question: Question
}

/** At most four things at once: the code, the question that has the floor, and two that come next. */
const NEXT_BESIDE_NOW = 2
const NEXT_ALONE = 3

/** `only`: a screen of one debate's own shows that, whatever the main stage shows; all are called back from there too. */
export function showing(floor: Floor, only?: string): Showing {
  const { meeting } = floor
  if (only && meeting.state !== 'ended' && !meeting.called_back) return alone(floor, only)
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
  if (staged.kind === 'debate' && floor.debates?.[meeting.stage]) return { is: 'debate', activity: meeting.stage, title: staged.title }
  if (staged.kind === 'discussion' && floor.discussions?.[meeting.stage]) return { is: 'discussion', activity: meeting.stage, title: staged.title }
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

function alone(floor: Floor, only: string): Showing {
  const title = floor.agenda?.[only]?.title
  if (title === undefined) return { is: 'quiet', title: floor.meeting.title }
  return floor.debates?.[only] ? { is: 'debate', activity: only, title } : { is: 'quiet', title }
}

function quiet(floor: Floor): Showing {
  const planned = Object.values(floor.agenda ?? {})
    .filter((item) => item.state === 'planned')
    .sort((a, b) => a.rank - b.rank)
  return { is: 'quiet', title: floor.meeting.title, coming: planned[0]?.title }
}
