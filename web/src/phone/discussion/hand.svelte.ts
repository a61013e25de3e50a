// One's own hand in a discussion: what it is about, and how it goes up and down. No rule of the meeting.
import { keepDraft, readDraft } from '../../lib/draft.ts'
import type { HandKind, MyHand, Stance } from '../../wire/index.ts'
import type { Talk } from '../debate/talk.svelte.ts'

export interface Raised extends MyHand { kind: HandKind; underway: boolean }

/** Signs that "what about" may have. */
export const LONGEST = 120

export class Hand {
  readonly talk: Talk
  about = $state.raw('')
  stance = $state.raw<Stance | undefined>()
  /** The kinds that are rare are open. */
  more = $state.raw(false)
  /** Saying what about. */
  writing = $state.raw(false)

  constructor(talk: Talk) {
    this.talk = talk
    this.about = readDraft(this.#place)
    this.writing = this.about !== ''
  }

  get #place(): string {
    const { seat } = this.talk.link
    return `hand.${seat.seat ?? seat.meeting}`
  }

  get isTyped(): boolean {
    return this.about.trim() !== ''
  }

  /** My hands; one that is on its way up is there already, one on its way down no more. The one that speaks first. */
  raised = $derived.by<Raised[]>(() => {
    const { talk } = this
    const known = Object.entries(talk.inDiscussion?.hands ?? {}) as [HandKind, MyHand][]
    const hands = new Map(known.map(([kind, hand]): [HandKind, Raised] => [kind, { ...hand, kind, underway: false }]))
    for (const { wish: { raise, lower } } of talk.link.own.list) {
      if (raise?.activity === talk.activity) {
        const kind = raise.kind ?? 'ordinary'
        if (!hands.has(kind)) hands.set(kind, { hand: 0, kind, underway: true })
      }
      if (lower?.activity !== talk.activity) continue
      for (const [kind, hand] of [...hands]) if (!hand.speaking && (lower.kind ?? kind) === kind) hands.delete(kind)
    }
    return [...hands.values()].sort((a, b) => Number(b.speaking ?? 0) - Number(a.speaking ?? 0) || (a.place ?? 999) - (b.place ?? 999))
  })
  /** The one that waits nearest to the floor. */
  first = $derived.by<Raised | undefined>(() => this.raised.find(({ speaking }) => !speaking))

  has(kind: HandKind): boolean {
    return this.raised.some((one) => one.kind === kind)
  }

  write(text: string): void {
    this.about = text
    keepDraft(this.#place, text)
  }

  choose(stance: Stance): void {
    this.stance = this.stance === stance ? undefined : stance
  }

  raise(kind: HandKind = 'ordinary'): void {
    const { talk, stance } = this
    const about = this.about.trim()
    const said = { ...(about ? { about } : {}), ...(stance && kind === 'ordinary' ? { stance } : {}) }
    talk.send({ raise: { activity: talk.activity, ...(kind === 'ordinary' ? {} : { kind }), ...said } }, 'talk_hand_up', () => this.write(about))
    this.write('')
    this.writing = false
    this.more = false
  }

  lower(kind: HandKind): void {
    const { talk } = this
    talk.send({ lower: { activity: talk.activity, kind } }, 'talk_hand_down')
  }
}
