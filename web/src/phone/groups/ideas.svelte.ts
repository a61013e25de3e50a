// The idea cards of a table on this phone: what is typed, what is on its way, in which order they lie. No rule of the meeting.
import { t } from '../../i18n/index.svelte.ts'
import { announce } from '../../lib/announce.ts'
import { keepDraft, readDraft } from '../../lib/draft.ts'
import { lengthOf } from '../../lib/graphemes.ts'
import { uuid } from '../../lib/ids.ts'
import type { Sending } from '../../lib/outbox/outbox.svelte.ts'
import type { GroupCard } from '../../wire/index.ts'
import { dotsLeft, dotsOn, piles, settled, takeFrom, type Given, type Pile } from './dots.ts'
import type { Work } from './work.svelte.ts'

export const LONGEST = 200
const NONE: readonly string[] = []

export class Ideas {
  draft = $state.raw('')
  /** Ids of the tops on the screen. */
  order = $state.raw<readonly string[]>(NONE)
  #work: Work
  #sent = $state.raw<readonly Sending[]>([])
  /** The reporter just asked to see how the dots fell: then the list may move. */
  #wished = false
  #dots = $state.raw<Readonly<Record<string, Sending>>>({})

  constructor(work: Work) {
    this.#work = work
    this.draft = readDraft(this.#place)
  }

  get #place(): string {
    return `idea.${this.#work.link.seat.seat ?? this.#work.link.seat.meeting}`
  }

  cards = $derived.by<Readonly<Record<string, GroupCard>>>(() => this.#work.view?.cards ?? {})
  shown = $derived.by<boolean>(() => !!this.#work.view?.group.dots_shown)
  piles = $derived.by<Pile[]>(() => piles(this.cards, this.shown))
  fresh = $derived.by<readonly string[]>(() => this.piles.map(({ id }) => id))
  list = $derived.by<Pile[]>(() => this.order.map((id) => this.piles.find((pile) => pile.id === id)).filter((pile) => !!pile))
  isStale = $derived.by<boolean>(() => this.order.length === this.fresh.length && this.order.join() !== this.fresh.join())
  /** Written here and not yet on the table. */
  waiting = $derived.by<Sending[]>(() => {
    const left = this.#work.link.own.list.filter((one) => !this.#sent.includes(one))
    return [...left, ...this.#sent].filter(({ wish: { post_card } }) => post_card && post_card.group === this.#work.group && !this.cards[post_card.id])
  })

  /** Puts the list in order where nobody reads it. */
  settle(wished = false): void {
    const isWished = wished || (this.#wished && this.shown)
    if (isWished) this.#wished = false
    const next = settled(this.order, this.fresh, !isWished && this.#isRead())
    if (next.join() !== this.order.join()) this.order = next
  }

  #isRead(): boolean {
    return this.order.length > 0 && this.#work.page.isRead()
  }

  write(text: string): void {
    this.draft = text
    keepDraft(this.#place, text)
  }

  left = $derived.by<number>(() => LONGEST - lengthOf(this.draft))

  post(): void {
    const group = this.#work.group
    const text = this.draft.trim()
    if (!group || !text || this.left < 0) return
    const sending = this.#work.send({ post_card: { id: uuid(), group, text } }, 'idea_there', () => {
      this.#sent = this.#sent.filter((one) => one !== sending)
      if (!this.draft) this.write(text)
    })
    this.#sent = [...this.#sent, sending]
    this.write('')
  }

  edit(card: string, text: string): Sending {
    return this.#work.send({ edit_card: { card, text } }, 'changed')
  }

  remove(card: string): void {
    this.#work.send({ remove_card: { card } }, 'idea_gone')
  }

  stack(card: string, onto: string | undefined): void {
    this.#work.send({ stack_card: onto ? { card, onto } : { card } }, onto ? 'stacked' : 'unstacked')
  }

  // ── dots ──

  budget = $derived.by<number>(() => this.#work.view?.group.dots ?? 0)
  given = $derived.by<Given>(() => {
    const given: Record<string, number> = { ...this.#work.link.mine?.dots }
    for (const one of [...Object.values(this.#dots), ...this.#work.link.own.list]) {
      const { dot_card } = one.wish
      if (dot_card && one.state !== 'refused') given[dot_card.card] = dot_card.dots
    }
    return given
  })
  dotsLeft = $derived.by<number>(() => dotsLeft(this.budget, this.cards, this.given))

  mine(pile: Pile): number {
    return dotsOn(pile, this.given)
  }

  give(pile: Pile): void {
    if (this.dotsLeft < 1) return this.#work.fail(t('dots_none'))
    this.#dot(pile.id, (this.given[pile.id] ?? 0) + 1)
  }

  takeBack(pile: Pile): void {
    const card = takeFrom(pile, this.given)
    if (card) this.#dot(card, this.given[card]! - 1)
  }

  #dot(card: string, dots: number): void {
    this.#dots = { ...this.#dots, [card]: this.#work.send({ dot_card: { card, dots } }) }
    announce(t('dots_left', { n: this.dotsLeft, of: this.budget }))
  }

  show(on: boolean): void {
    this.#wished = on
    const { activity, group } = this.#work
    if (group) this.#work.send({ show_dots: { activity, group, on } }, on ? 'dots_shown' : 'dots_hidden')
  }
}
