// Which picture of a debate the hall sees, chosen from the floor alone. Knows no clock's figures and draws nothing.
import type { Clock, FloorDebate, ShownResult, ShownSwing, ShownTurn, VoteRound } from '../../wire/index.ts'

export type Scene =
  /** The motion is not out: who meets whom. */
  | { is: 'setup' }
  /** The motion is out, nobody speaks yet: motion, info slide, and the clock of preparation where there is one. */
  | { is: 'motion'; slide?: string; clock?: Clock; next?: ShownTurn }
  /** A side draws on its own preparation. */
  | { is: 'bank'; side: string; clock: Clock; next?: ShownTurn }
  /** Somebody has the floor, or will have it when the clock starts. */
  | { is: 'speech'; turn: ShownTurn; holds: boolean; next?: ShownTurn }
  /** The speech is over, the next one has not begun. */
  | { is: 'between'; next: ShownTurn }
  /** Two banks of time. */
  | { is: 'free' }
  /** A part without one speaker: questions from the hall, deliberation. */
  | { is: 'part'; next?: ShownTurn }
  | { is: 'vote'; round: VoteRound; voted: number }
  | { is: 'swing'; swing: ShownSwing }
  | { is: 'result'; result: ShownResult }
  | { is: 'over' }

export function scene(debate: FloorDebate): Scene {
  if (debate.vote) return { is: 'vote', round: debate.vote, voted: debate.voted[debate.vote] ?? 0 }
  if (debate.swing) return { is: 'swing', swing: debate.swing }
  if (debate.result) return { is: 'result', result: debate.result }
  if (debate.stage === 'setup') return { is: 'setup' }
  if (debate.stage === 'over') return { is: 'over' }
  const bank = Object.entries(debate.banks).find(([, clock]) => clock.state === 'running')
  if (bank) return { is: 'bank', side: bank[0], clock: bank[1], ...next(debate) }
  if (debate.stage === 'preparation') return { is: 'motion', clock: debate.clock, ...slide(debate), ...next(debate) }
  return segment(debate)
}

function segment(debate: FloorDebate): Scene {
  const { clock, speaking } = debate
  const at = debate.segment ?? 0
  // The info slide stays until the first word is said.
  if (at === 0 && clock.state === 'ready' && debate.slide) return { is: 'motion', ...slide(debate), ...next(debate) }
  if (Object.keys(debate.free).length > 0) return { is: 'free' }
  const coming = debate.next
  if (clock.state === 'done' && coming) return { is: 'between', next: coming }
  const own = coming?.segment === at ? coming : undefined
  const turn = speaking ?? own
  if (!turn?.side) return { is: 'part', ...(own ? {} : next(debate)) }
  const holds = speaking !== undefined && clock.state !== 'ready'
  return { is: 'speech', turn, holds, ...(coming && coming.segment !== turn.segment ? { next: coming } : {}) }
}

const next = ({ next: turn }: FloorDebate): { next?: ShownTurn } => (turn ? { next: turn } : {})
const slide = ({ slide: text }: FloorDebate): { slide?: string } => (text ? { slide: text } : {})

/** Sides in their order, those that took part. */
export function sidesOf(debate: FloorDebate): string[] {
  return debate.format.sides.map(({ id }) => id)
}

/** A part of a flow that stands for people who moved, or stayed. */
export interface Flow {
  from: string
  to: string
  people: number
}

/** Who moved where, the most first. */
export function moved(swing: ShownSwing): Flow[] {
  return flows(swing).filter(({ from, to }) => from !== to).sort((a, b) => b.people - a.people)
}

export function flows(swing: ShownSwing): Flow[] {
  return Object.entries(swing.flow ?? {}).flatMap(([from, row]) => Object.entries(row).map(([to, people]) => ({ from, to, people })).filter(({ people }) => people > 0))
}

/** How much of a whole, in whole hundredths. */
export function percent(of: Readonly<Record<string, number>>, id: string): number {
  const all = Object.values(of).reduce((sum, one) => sum + one, 0)
  return all > 0 ? Math.round(((of[id] ?? 0) * 100) / all) : 0
}

/** Tenths of a hundredth as people read them: "23", "7.5". */
export function tenths(value: number): string {
  return Number.isInteger(value / 10) ? String(value / 10) : (value / 10).toFixed(1)
}

/** Ribbons between two columns of 100: where each flow begins and ends, from the top. */
export interface Ribbon extends Flow {
  left: [number, number]
  right: [number, number]
}
export interface Block {
  id: string
  from: number
  to: number
}

/** The two columns and what runs between them, in the order of `ids`; a gap keeps blocks apart. */
export function ribbons(swing: ShownSwing, ids: readonly string[], height: number, gap: number): { left: Block[]; right: Block[]; ribbons: Ribbon[] } {
  const all = flows(swing)
  const total = all.reduce((sum, { people }) => sum + people, 0)
  const column = (key: 'from' | 'to'): Block[] => {
    const there = ids.filter((id) => all.some((one) => one[key] === id))
    const unit = (height - gap * Math.max(0, there.length - 1)) / Math.max(1, total)
    let at = 0
    return there.map((id) => {
      const size = all.filter((one) => one[key] === id).reduce((sum, { people }) => sum + people, 0) * unit
      const block = { id, from: at, to: at + size }
      at += size + gap
      return block
    })
  }
  const left = column('from')
  const right = column('to')
  const used = { left: new Map(left.map(({ id, from }) => [id, from])), right: new Map(right.map(({ id, from }) => [id, from])) }
  const size = (block: Block | undefined, key: 'from' | 'to', people: number): number => {
    const whole = all.filter((one) => one[key] === block?.id).reduce((sum, one) => sum + one.people, 0)
    return block && whole ? ((block.to - block.from) * people) / whole : 0
  }
  const take = (side: 'left' | 'right', id: string, by: number): [number, number] => {
    const from = used[side].get(id) ?? 0
    used[side].set(id, from + by)
    return [from, from + by]
  }
  const made: Ribbon[] = []
  for (const from of ids) {
    for (const to of ids) {
      const one = all.find((flow) => flow.from === from && flow.to === to)
      if (!one) continue
      made.push({
        ...one,
        left: take('left', from, size(left.find(({ id }) => id === from), 'from', one.people)),
        right: take('right', to, size(right.find(({ id }) => id === to), 'to', one.people)),
      })
    }
  }
  return { left, right, ribbons: made }
}

/** Hundredths of a point as people write them: "226.5". */
export function points(hundredths: number): string {
  return String(hundredths / 100)
}
