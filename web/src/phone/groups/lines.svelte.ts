// The answer lines of a table on this phone: what is typed goes by itself and is kept until the table has it.
import { keepDraft, readDraft } from '../../lib/draft.ts'
import { lengthOf } from '../../lib/graphemes.ts'
import { recall, remember } from '../../lib/storage/store.ts'
import type { Work } from './work.svelte.ts'

export const LONGEST = 60
const PAUSE_MS = 1_200
/** How long what was sent may take to come back in the table's document. */
const BACK_MS = 3_000

export type LineState = 'empty' | 'typed' | 'sending' | 'saved' | 'refused'

export class Lines {
  /** Typed here and not yet on the table, by `group.line`. */
  typed = $state.raw<Readonly<Record<string, string>>>({})
  #sending = $state.raw<Readonly<Record<string, string>>>({})
  #refused = $state.raw<Readonly<Record<string, string>>>({})
  #work: Work
  #timers: Record<string, ReturnType<typeof setTimeout>> = {}

  constructor(work: Work) {
    this.#work = work
    const kept = recall<string[]>(this.#place) ?? []
    this.typed = Object.fromEntries(kept.map((key) => [key, readDraft(key)]))
  }

  get #place(): string {
    return `lines.${this.#work.link.seat.seat ?? this.#work.link.seat.meeting}`
  }

  all = $derived.by<[number, string][]>(() => Object.entries(this.#work.view?.lines ?? {}).map(([line, { label }]) => [Number(line), label] as [number, string]).sort(([a], [b]) => a - b))
  filled = $derived.by<number>(() => this.all.filter(([line]) => this.text(line).trim()).length)

  /** Something of this table is not on its way yet. */
  get isTyped(): boolean {
    return this.all.some(([line]) => this.state(line) === 'typed')
  }

  text(line: number): string {
    return this.typed[this.#key(line)] ?? this.known(line)
  }

  known(line: number): string {
    return this.#work.view?.lines[line]?.text ?? ''
  }

  state(line: number): LineState {
    const key = this.#key(line)
    const typed = this.typed[key]
    if (typed === undefined || typed.trim() === this.known(line)) return this.known(line) ? 'saved' : 'empty'
    if (this.#refused[key] === typed) return 'refused'
    return this.#sending[key] === undefined ? 'typed' : 'sending'
  }

  left(line: number): number {
    return LONGEST - lengthOf(this.text(line).trim())
  }

  write(line: number, text: string): void {
    this.#keep(this.#key(line), text)
    this.#later(line, PAUSE_MS)
  }

  /** Sends what is typed; while an earlier text of the line is on its way, the last one waits. */
  send(line: number): void {
    const key = this.#key(line)
    const group = this.#work.group
    clearTimeout(this.#timers[key])
    const text = this.typed[key]?.trim()
    if (!group || text === undefined || this.#sending[key] !== undefined || this.left(line) < 0) return
    if (text === this.known(line)) return this.#keep(key, undefined)
    this.#sending = { ...this.#sending, [key]: text }
    const sending = this.#work.send({ write_line: { group, line, text } })
    void sending.done.then((refusal) => {
      const { [key]: _, ...others } = this.#sending
      this.#sending = others
      const typed = this.typed[key]
      if (refusal) this.#refused = { ...this.#refused, [key]: typed ?? text }
      else if (typed?.trim() !== text) this.#later(line, 0)
      else setTimeout(() => this.typed[key]?.trim() === text && this.#sending[key] === undefined && this.#keep(key, undefined), BACK_MS)
    })
  }

  #later(line: number, ms: number): void {
    const key = this.#key(line)
    const group = this.#work.group
    clearTimeout(this.#timers[key])
    this.#timers[key] = setTimeout(() => this.#work.group === group && this.send(line), ms)
  }

  #key(line: number): string {
    return `${this.#work.group}.${line}`
  }

  #keep(key: string, text: string | undefined): void {
    const { [key]: _, ...others } = this.typed
    this.typed = text === undefined ? others : { ...others, [key]: text }
    keepDraft(key, text ?? '')
    remember(this.#place, Object.keys(this.typed))
  }
}
