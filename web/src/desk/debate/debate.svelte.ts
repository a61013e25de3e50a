// One debate as the desk's screens read it: what everybody sees, what only its chair sees, and the wishes a chair may send.
// Every wish of the clock says which segment was seen and when the key was pressed, so that two taps on two phones are one.
// Reads what the server says; knows no rule of a debate.
import { getContext, setContext, untrack } from 'svelte'
import type { Activity, Chair, ChairDebate, Clock, Commands, FloorDebate, ShownSegment, ShownTurn, Side, Verb } from '../../wire/index.ts'
import { named, sideName, turnName } from '../../lib/debate/words.ts'
import { t } from '../../i18n/index.svelte.ts'
import type { Desk } from '../state/desk.svelte.ts'

export type Settings = Omit<Commands['set_debate'], 'activity'>
type More = Omit<Commands['clock'], 'activity' | 'verb' | 'from' | 'at'>

export class Debate {
  readonly desk: Desk
  readonly id: string

  constructor(desk: Desk, id: string) {
    this.desk = desk
    this.id = id
  }

  get item(): (Activity & { id: string }) | undefined {
    const item = this.desk.floor?.agenda[this.id]
    return item && { id: this.id, ...item }
  }
  get floor(): FloorDebate | undefined {
    return this.desk.floor?.debates?.[this.id]
  }
  get chair(): ChairDebate | undefined {
    return (this.desk.link.docs[`chair/${this.id}`] as Chair | undefined)?.debate
  }
  /** The chair's clock has digits and the speaker's own length, whatever the hall sees. */
  get clock(): Clock | undefined {
    return this.chair?.clock ?? this.floor?.clock
  }
  get sides(): readonly Side[] {
    return this.floor?.format.sides ?? []
  }
  get segments(): readonly ShownSegment[] {
    return this.floor?.format.segments ?? []
  }
  get segment(): ShownSegment | undefined {
    return this.floor?.segment === undefined ? undefined : this.segments[this.floor.segment]
  }
  get following(): ShownSegment | undefined {
    const at = this.floor?.segment
    if (this.floor?.stage === 'preparation' || this.floor?.stage === 'setup') return this.segments[0]
    return at === undefined ? undefined : this.segments[at + 1]
  }

  sideName(side: string | undefined): string {
    return this.floor ? sideName(this.floor.format, side) : ''
  }
  /** What a part is called; one without a name by what it is. */
  called(segment: ShownSegment | undefined): string {
    return segment ? named(segment) || t(`desk_d_kind_${segment.kind}`) : ''
  }
  /** "Ada Lovelace · First school", as far as it is known. */
  turnName(turn: ShownTurn | undefined): string {
    if (!turn || !this.floor) return ''
    return [turnName(this.floor.format, turn), turn.name || turn.place ? turn.team : ''].filter(Boolean).join(' · ')
  }

  set = (what: Settings): Promise<boolean> => this.desk.do({ set_debate: { activity: this.id, ...what } })

  run = (verb: Verb, more: More = {}): Promise<boolean> => {
    const from = this.floor?.segment
    return this.desk.do({ clock: { activity: this.id, verb, ...(from === undefined ? {} : { from }), at: Math.round(this.desk.link.now()), ...more } })
  }
}

/** How many screens read each chair's document. */
const readers = new WeakMap<object, Map<string, number>>()

/** Follows the chair's documents of these debates and discussions while a screen needs them. */
export function followChairs(desk: Desk, ids: () => readonly string[]): void {
  const { link } = desk
  const counts = readers.get(link) ?? new Map<string, number>()
  readers.set(link, counts)
  const followed = new Set<string>()
  const turn = (id: string, by: 1 | -1) => {
    const count = (counts.get(id) ?? 0) + by
    counts.set(id, count)
    if (by > 0) followed.add(id)
    else followed.delete(id)
    if (by > 0 && count === 1) link.follow(`chair/${id}`)
    if (by < 0 && count === 0) link.unfollow(`chair/${id}`)
  }
  $effect(() => {
    const wanted = new Set(ids())
    untrack(() => {
      for (const id of wanted) if (!followed.has(id)) turn(id, 1)
      for (const id of [...followed]) if (!wanted.has(id)) turn(id, -1)
    })
  })
  $effect(() => () => {
    for (const id of [...followed]) turn(id, -1)
  })
}

const KEY = Symbol('debate')
export const provideDebate = (debate: Debate): Debate => setContext(KEY, debate)
export const useDebate = (): Debate => getContext<Debate>(KEY)
