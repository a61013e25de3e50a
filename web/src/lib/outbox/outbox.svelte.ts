// One device's outbox: commands are numbered, written down before they are sent, and kept until they are answered for good.
// Knows neither sockets nor rules.
import type { Command, Refusal } from '../../wire/index.ts'
import type { Store } from '../storage/store.ts'

export type SendingState = 'queued' | 'sent' | 'ok' | 'refused'

/** One command on its way. `done` settles with the refusal, or with nothing when it was done. */
export class Sending {
  state = $state.raw<SendingState>('queued')
  refusal = $state.raw<Refusal | undefined>()
  n: number
  readonly wish: Command
  readonly as: string | undefined
  readonly done: Promise<Refusal | undefined>
  saved = false
  #settle!: (refusal: Refusal | undefined) => void

  constructor(n: number, wish: Command, as?: string) {
    this.n = n
    this.wish = wish
    this.as = as
    this.done = new Promise((resolve) => (this.#settle = resolve))
  }

  finish(refusal?: Refusal): void {
    this.state = refusal ? 'refused' : 'ok'
    this.refusal = refusal
    this.#settle(refusal)
  }
}

interface Kept { next: number; list: { n: number; do: Command; as?: string }[] }

const LATER = /^(slow_down|busy|read_only)$/
const RENUMBER = /^(superseded|number_reused)$/

export class Outbox {
  /** What is not answered yet, in order. */
  list = $state.raw<readonly Sending[]>([])
  readonly device: string
  #store: Store
  #next: number
  /** The highest number sent since the last new start; everything above waits for its turn. */
  #mark = 0
  #pause: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void>
  #ready: () => void

  /** `first`: the number a fresh device begins with. `ready` is called when there is something to send. */
  constructor(store: Store, device: string, first: number, ready: () => void) {
    this.#store = store
    this.device = device
    this.#next = first
    this.#ready = ready
    this.#writing = this.#load()
  }

  get #key(): string {
    return `outbox.${this.device}`
  }

  /** Settles when everything added so far is written down. */
  get written(): Promise<void> {
    return this.#writing
  }

  add(wish: Command, as?: string): Sending {
    const sending = new Sending(this.#next++, wish, as)
    this.list = [...this.list, sending]
    this.#save()
    return sending
  }

  /** A new start: `known` is the highest number the server has from this device. Sending begins again at the lowest unanswered. */
  begin(known = 0): void {
    this.#next = Math.max(this.#next, known + 1)
    this.#mark = 0
    clearTimeout(this.#pause)
    this.#pause = undefined
  }

  /** What may go out now, in order; each is handed out once per start. */
  take(): Sending[] {
    const out: Sending[] = []
    for (const one of this.#pause ? [] : this.list) {
      if (!one.saved) break // order is kept: nothing overtakes what is not yet written down
      if (one.n <= this.#mark) continue
      this.#mark = one.n
      one.state = 'sent'
      out.push(one)
    }
    return out
  }

  /** The command `n` was done. */
  ok(n: number): void {
    this.#finish(n, undefined)
  }

  /** The command `n` was refused: for good, for now, or because of its number. */
  no(n: number, refusal: Refusal): void {
    if (LATER.test(refusal.code)) {
      clearTimeout(this.#pause)
      this.#pause = setTimeout(() => {
        this.begin()
        this.#ready()
      }, refusal.retry ?? 1000)
    } else if (RENUMBER.test(refusal.code)) {
      for (const later of this.list) {
        if (later.n < n) continue
        later.n = this.#next++
        later.saved = false
      }
      this.#save()
    } else this.#finish(n, refusal)
  }

  /** The connection is gone: everything waits again. */
  rest(): void {
    for (const one of this.list) one.state = 'queued'
  }

  #finish(n: number, refusal: Refusal | undefined): void {
    const one = this.list.find((sending) => sending.n === n)
    if (!one) return
    this.list = this.list.filter((sending) => sending !== one)
    one.finish(refusal)
    this.#save()
  }

  /** Takes up what an earlier page left; what was added meanwhile goes behind it. */
  async #load(): Promise<void> {
    const kept = await this.#store.get<Kept>(this.#key).catch(() => undefined)
    if (!kept) return
    this.#next = Math.max(this.#next, kept.next)
    const left = kept.list.map((one) => {
      const sending = new Sending(one.n, one.do, one.as)
      sending.saved = true
      return sending
    })
    for (const early of this.list) early.n = this.#next++
    this.list = [...left, ...this.list]
    this.#ready()
  }

  #save(): void {
    this.#writing = this.#writing.then(async () => {
      const list = this.list
      const kept: Kept = { next: this.#next, list: list.map(({ n, wish, as }) => (as ? { n, do: wish, as } : { n, do: wish })) }
      // Nowhere to write: it still goes out, it just does not survive a reload.
      await this.#store.set(this.#key, kept).catch(() => undefined)
      for (const one of kept.list) for (const sending of list) if (sending.n === one.n) sending.saved = true
      this.#ready()
    })
  }
}
