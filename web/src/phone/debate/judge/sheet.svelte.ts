// A judge's ballot on this phone: what is typed is kept here at once and saved at the meeting a moment later. No rule of results.
import { untrack } from 'svelte'
import { refusalText } from '../../../i18n/index.svelte.ts'
import { recall, remember } from '../../../lib/storage/store.ts'
import type { Ballot, Mark, MyJudging } from '../../../wire/index.ts'
import type { Talk } from '../talk.svelte.ts'
import type { Range } from './scores.ts'

export interface Speech { segment: number; side: string; isReply: boolean; /** Fixed by the format; else the judge says who spoke. */ place: number | undefined }
interface Kept { ballot: Ballot; saved: boolean }
/** Nothing to save, on its way, or kept here alone. */
export type Saved = 'clean' | 'saving' | 'saved'

const SAVE_MS = 900

export class Sheet {
  readonly talk: Talk
  /** As it stands on this screen, by activity. */
  #own = $state.raw<Readonly<Record<string, Kept>>>({})
  reading = $state.raw(false)
  isTouched = $state.raw(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(talk: Talk) {
    this.talk = talk
  }

  judge = $derived.by<MyJudging | undefined>(() => this.talk.mine?.judge)
  /** It can still be written. */
  isOpen = $derived.by<boolean>(() => this.judge?.state === 'empty' || this.judge?.state === 'draft')
  ballot = $derived.by<Ballot>(() => {
    const own = this.#own[this.talk.activity]
    return (own && this.isOpen ? own.ballot : undefined) ?? whole(this.judge?.ballot)
  })
  state = $derived.by<Saved>(() => {
    const own = this.#own[this.talk.activity]
    if (!own) return this.judge?.ballot ? 'saved' : 'clean'
    return own.saved ? 'saved' : 'saving'
  })

  /** The speeches that are marked, in the order they are given. */
  speeches = $derived.by<Speech[]>(() => {
    const { debate } = this.talk
    const { speech, reply } = this.judge ?? {}
    return (debate?.format.segments ?? []).flatMap((one, segment) => {
      const isReply = one.kind === 'reply'
      const isMarked = isReply ? reply : one.kind === 'speech' && speech
      const isSide = debate!.format.sides.some(({ id }) => id === one.owner)
      return isMarked && isSide ? [{ segment, side: one.owner, isReply, place: one.place || undefined }] : []
    })
  })

  range(speech: Speech): Range {
    return (speech.isReply ? this.judge?.reply : this.judge?.speech) ?? [0, 0, 100]
  }

  mark(speech: Speech): Mark {
    return this.ballot.marks[speech.segment] ?? { place: speech.place ?? 0 }
  }

  /** Speeches without a score, in order. */
  missing = $derived.by<Speech[]>(() => this.speeches.filter((one) => this.ballot.marks[one.segment]?.score === undefined))

  /** Points of a side so far, in hundredths. */
  total(side: string): { points: number; complete: boolean } {
    const all = this.speeches.filter((one) => one.side === side)
    return {
      points: all.reduce((sum, one) => sum + (this.ballot.marks[one.segment]?.score ?? 0), 0),
      complete: all.every((one) => this.ballot.marks[one.segment]?.score !== undefined),
    }
  }

  /** The panel agrees on one ballot and another hands it in. */
  isOthers = $derived.by<boolean>(() => !!this.judge?.together && !this.judge.chair)

  // ── writing ──

  setMark(speech: Speech, change: Partial<Mark>): void {
    const mark: Mark = { ...this.mark(speech), ...change }
    for (const key of ['score', 'twice', 'remark'] as const) if (mark[key] === undefined || mark[key] === '' || mark[key] === false) delete mark[key]
    this.#write({ ...this.ballot, marks: { ...this.ballot.marks, [speech.segment]: mark } })
  }

  declare(winner: string): void {
    this.#write({ ...this.ballot, winner })
  }

  rank(side: string, rank: number): void {
    this.#write({ ...this.ballot, ranks: { ...this.ballot.ranks, [side]: rank } })
  }

  reason(remark: string): void {
    const { remark: _old, ...rest } = this.ballot
    this.#write(remark ? { ...rest, remark } : rest)
  }

  handIn(): void {
    clearTimeout(this.#timer)
    this.reading = false
    this.isTouched = false
    const { talk, ballot } = this
    const { activity } = talk
    talk.send({ hand_in_ballot: { activity, ballot } }, 'talk_handed_in').done.then((refusal) => {
      if (!refusal) this.#forget(activity)
    }, () => undefined)
  }

  /** Handed in and not yet answered. */
  isHanding = $derived.by<boolean>(() => !!this.talk.underway(({ hand_in_ballot }) => hand_in_ballot?.activity === this.talk.activity || undefined))

  confirm(judge: string): void {
    this.talk.send({ confirm_ballot: { activity: this.talk.activity, judge } }, 'talk_confirmed')
  }

  // ── keeping ──

  start(): void {
    $effect(() => {
      const { activity } = this.talk
      if (this.judge) untrack(() => this.#recall(activity))
    })
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #key(activity: string): string {
    const { seat } = this.talk.link
    return `ballot.${seat.seat ?? seat.meeting}.${activity}`
  }

  /** What this phone kept and the meeting may not have yet. */
  #recall(activity: string): void {
    if (this.#own[activity]) return
    const ballot = recall<Ballot>(this.#key(activity))
    if (!ballot) return
    this.#own = { ...this.#own, [activity]: { ballot: whole(ballot), saved: false } }
    if (this.isOpen) this.#later(activity)
  }

  #write(ballot: Ballot): void {
    const { activity } = this.talk
    this.isTouched = true
    this.#own = { ...this.#own, [activity]: { ballot, saved: false } }
    remember(this.#key(activity), ballot)
    this.#later(activity)
  }

  #later(activity: string): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(activity), SAVE_MS)
  }

  #save(activity: string): void {
    const kept = this.#own[activity]
    if (!kept) return
    void this.talk.link.send({ save_ballot: { activity, ballot: kept.ballot } }).done.then((refusal) => {
      if (refusal) this.talk.fail(refusalText(refusal.code))
      // Typed on meanwhile: what is on the screen is newer and goes next.
      if (refusal || this.#own[activity] !== kept) return
      this.#own = { ...this.#own, [activity]: { ...kept, saved: true } }
      remember(this.#key(activity), undefined)
    })
  }

  #forget(activity: string): void {
    const rest = { ...this.#own }
    delete rest[activity]
    this.#own = rest
    remember(this.#key(activity), undefined)
  }
}

/** Empty lists may be missing on the wire. */
export function whole(ballot: Partial<Ballot> | undefined): Ballot {
  return { ...ballot, marks: ballot?.marks ?? {}, ranks: ballot?.ranks ?? {} }
}
