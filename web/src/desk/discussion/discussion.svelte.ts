// One discussion as the desk's screens read it: who speaks, who waits and why there, and what the chair may wish.
// Reads what the server says; knows no rule of the line.
import { getContext, setContext } from 'svelte'
import type { Activity, Chair, ChairDiscussion, ChairHand, Commands, FloorDiscussion, HandKind } from '../../wire/index.ts'
import { t } from '../../i18n/index.svelte.ts'
import type { Desk } from '../state/desk.svelte.ts'

export type Settings = Omit<Commands['set_discussion'], 'activity'>
export interface InLine extends ChairHand {
  /** From 1. */
  place: number
  key: string
}

export class Discussion {
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
  get floor(): FloorDiscussion | undefined {
    return this.desk.floor?.discussions?.[this.id]
  }
  get chair(): ChairDiscussion | undefined {
    return (this.desk.link.docs[`chair/${this.id}`] as Chair | undefined)?.discussion
  }
  get line(): InLine[] {
    return Object.entries(this.chair?.line ?? {})
      .map(([place, hand]) => ({ ...hand, place: Number(place), key: hand.question ?? `hand ${hand.hand}` }))
      .sort((one, other) => one.place - other.place)
  }
  get speaking(): ChairHand | undefined {
    return this.chair?.speaking
  }

  set = (what: Settings): Promise<boolean> => this.desk.do({ set_discussion: { activity: this.id, ...what } })
  call = (one?: ChairHand): Promise<boolean> =>
    this.desk.do({ call: { activity: this.id, ...(one?.question ? { question: one.question } : one?.hand ? { hand: one.hand } : {}) } })
  time = (seconds: number): Promise<boolean> => this.desk.do({ add_speech_time: { activity: this.id, seconds } })

  /** Puts a waiting hand where another stands; written questions keep their turns. */
  order(moved: number, to: number): Promise<boolean> | undefined {
    const hands = this.line.flatMap((one) => (one.hand === undefined || one.question ? [] : [one.hand]))
    const from = hands.indexOf(moved)
    if (from < 0 || to < 0 || to >= hands.length || from === to) return undefined
    hands.splice(to, 0, ...hands.splice(from, 1))
    return this.desk.do({ order_hands: { activity: this.id, hands } })
  }
  /** Its place among the hands, from 0. */
  at(hand: number | undefined): number {
    return this.line.filter((one) => !one.question).findIndex((one) => one.hand === hand)
  }
}

/** Who it is, as far as they said: a name, else what they said they are. */
export function who(desk: Desk, one: ChairHand | undefined): string {
  if (!one) return ''
  if (one.question) return t('desk_l_written', { text: desk.text(one.question) })
  const called = one.name ?? (one.tags.length ? t('desk_g_unnamed_tag', { tag: one.tags.join(', ') }) : t('unnamed'))
  return one.proxy ? t('desk_g_paper', { who: called }) : called
}

export const KINDS: readonly HandKind[] = ['ordinary', 'point_of_order', 'reply']

const KEY = Symbol('discussion')
export const provideDiscussion = (one: Discussion): Discussion => setContext(KEY, one)
export const useDiscussion = (): Discussion => getContext<Discussion>(KEY)
