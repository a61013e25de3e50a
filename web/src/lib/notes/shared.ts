// The notes of one group on this page: a text that several write, sent in small updates and kept on the phone until they are acknowledged.
// Knows neither the socket nor the screen. What is typed is only forgotten here once the server said that it is durable.
import {
  Doc, UndoManager, applyUpdate, decodeStateVector, encodeStateAsUpdate, encodeStateVector, mergeUpdates, parseUpdateMeta,
  type Transaction, type YTextEvent,
} from 'yjs'
import type { Store } from '../storage/store.ts'
import { toBytes, toText } from './base64.ts'
import type { Change, Step } from './change.ts'
import { Keeping, type Kept } from './kept.ts'

/** What is typed within this time goes in one update. */
const GATHER_MS = 300
/** What others write is kept at most so often. */
const KEEP_MS = 3_000
/** Nobody answers for so long: the answer is lost. */
const ANSWER_MS = 15_000
/** Waiting times between attempts when answers get lost though the network is said to be there. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** An update stays below this when it can be parted; the server takes 40 KiB. */
const UPDATE_BYTES = 24 * 1024
/** From so many updates on, what they leave together is sent instead: a sentence is one run of text then, not one for each key. */
const MANY = 50
/** What is pasted is put in by parts of so many units, so that it can be sent in parts. */
const PART = 4_000

const LATER = /^(slow_down|busy|read_only)$/
/** No answer of the meeting: the update may have arrived or not. */
const LOST = /^(offline|internal|going_down)$/
const UNKNOWN = /^(wrong_state|unknown)$/

/** Where a change came from: this page, its undo, others, or what stood there when the page opened. */
export type By = 'own' | 'undo' | 'others' | 'opening'

/** `refused`: see `code`. */
export type NotesState = 'saved' | 'sending' | 'waiting_for_network' | 'refused'

export interface Sender {
  /**
   * Sends an update and gives the server's state vector once it is durable, both version 1 in base64. Rejects with an object that has a
   * `code` (and perhaps `retry`, milliseconds) when the server refused; with anything else when the answer is lost.
   */
  (update: string): Promise<string>
}

export interface Beginning {
  /** Meeting and group: the name under which this phone keeps the notes. */
  place: string
  store: Store
  send: Sender
  /** Whether there is a connection; later ones by `connected`. */
  connected: boolean
}

export class SharedText {
  readonly #doc = new Doc()
  readonly #text = this.#doc.getText('notes')
  readonly #undo = new UndoManager(this.#text, { trackedOrigins: new Set(['own']) })
  readonly #keeping: Keeping
  readonly #send: Sender
  readonly #listeners = new Set<() => void>()
  readonly #watchers = new Set<(steps: readonly Step[], by: By) => void>()
  /** Settles when what this phone kept is in. */
  readonly ready: Promise<void>

  #state: NotesState = 'saved'
  #code: string | undefined
  #connected: boolean
  #closed = false
  /** Our updates that were not acknowledged, oldest first; those of the flight are not among them. */
  #unsent: Uint8Array[] = []
  #flight: { parts: Uint8Array[]; all: boolean } | undefined
  /** The server lacks something we build on: everything goes. */
  #everything = false
  /** Refused for its length: only the sum of what was typed can be right. */
  #together = false
  /** Many updates became one, or come from an earlier page. */
  #many = false
  /** How much of each client the server has, as far as it said. */
  #served = new Map<number, number>()
  #lost = 0
  #sentAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined
  #timed = 0
  #later: ReturnType<typeof setTimeout> | undefined
  /** The pieces of the last view, so that each is read once. */
  #seen: Record<string, string> = {}
  #opened = false
  #held: Record<string, string> | undefined
  #holds = false

  constructor({ place, store, send, connected }: Beginning) {
    this.#keeping = new Keeping(store, place)
    this.#send = send
    this.#connected = connected
    this.#text.observe((event, transaction) => this.#changed(event, transaction))
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => this.#typed(update, origin))
    this.ready = this.#takeUp()
  }

  get text(): string {
    return this.#text.toString()
  }

  get state(): NotesState {
    return this.#state
  }

  /** Why the server refused; only when `state` is `refused`. */
  get code(): string | undefined {
    return this.#code
  }

  get canUndo(): boolean {
    return this.#undo.undoStack.length > 0
  }

  get canRedo(): boolean {
    return this.#undo.redoStack.length > 0
  }

  /** Called after every change of text or state. Returns the way to stop it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Called with every change of the text, right after it. */
  watch(watcher: (steps: readonly Step[], by: By) => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  /** Takes in `notes` of the group's view: updates in base64 by growing number. */
  receive(pieces: Record<string, string>): void {
    if (this.#holds) {
      this.#held = pieces
      return
    }
    const by: By = this.#opened ? 'others' : 'opening'
    this.#opened = true
    this.#doc.transact(() => {
      for (const key of Object.keys(pieces).sort((one, other) => +one - +other)) {
        if (this.#seen[key] === pieces[key] || !this.#apply(pieces[key]!, by)) continue
        this.#serves(parseUpdateMeta(toBytes(pieces[key]!)).to)
      }
    }, by)
    this.#seen = pieces
    // What others wrote is kept as well: a reload without a network shows it.
    this.#later ??= setTimeout(() => void this.#keep(), KEEP_MS)
    this.#tell()
  }

  /** While somebody composes a word, what others write waits. */
  hold(on: boolean): void {
    this.#holds = on
    const held = this.#held
    this.#held = undefined
    if (held && !on) this.receive(held)
  }

  /** The person changed the text. */
  edit({ at, cut, put }: Change): void {
    for (let from = 0, to = 0; from === 0 || from < put.length; from = to) {
      to = Math.min(from + PART, put.length)
      if (to < put.length && (put.charCodeAt(to - 1) & 0xfc00) === 0xd800) to-- // a pair stays together
      this.#doc.transact(() => {
        if (cut && from === 0) this.#text.delete(at, cut)
        if (to > from) this.#text.insert(at + from, put.slice(from, to))
      }, 'own')
      if (to === 0) break
    }
  }

  undo(): void {
    this.#undo.undo()
  }

  redo(): void {
    this.#undo.redo()
  }

  /** The connection came or went. What was under way when it went is sent again. */
  connected(on: boolean): void {
    if (on === this.#connected) return
    this.#connected = on
    this.#land()
    this.#wait(0)
    this.#lost = 0
    this.#settle()
    this.#push()
  }

  /** Leaves the group: nothing is sent any more; what was typed and not sent stays on the phone. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#later)
    this.#listeners.clear()
    this.#watchers.clear()
    await this.#keep()
    this.#undo.destroy()
    this.#doc.destroy()
  }

  #apply(update: string, by: By): boolean {
    try {
      applyUpdate(this.#doc, toBytes(update), by)
      return true
    } catch {
      return false // not an update: the others still are
    }
  }

  #changed(event: YTextEvent, { origin }: Transaction): void {
    const by: By = origin instanceof UndoManager ? 'undo' : (origin as By)
    for (const watcher of [...this.#watchers]) watcher(event.delta as Step[], by)
  }

  #typed(update: Uint8Array, origin: unknown): void {
    if (origin === 'others' || origin === 'opening') return
    this.#unsent.push(update)
    if (this.#unsent.length > 2 * MANY) {
      this.#unsent = [mergeUpdates(this.#unsent)]
      this.#many = true
    }
    if (this.#timed === Infinity) this.#wait(0)
    void this.#keep()
    this.#settle()
    queueMicrotask(() => this.#push()) // what one act changes goes together
  }

  /** What tabs of this phone left, unsent words first of all. */
  async #takeUp(): Promise<void> {
    const found = await this.#keeping.read()
    if (this.#closed) return
    this.#doc.transact(() => {
      for (const { whole, unsent } of found) {
        this.#apply(whole, 'opening')
        if (unsent && this.#apply(unsent, 'opening')) this.#unsent.unshift(toBytes(unsent))
        if (unsent) this.#many = true
      }
    }, 'opening')
    if (!found.length) return
    await this.#keep()
    await this.#keeping.sweep()
    this.#settle()
    this.#push()
  }

  #keep(): Promise<void> {
    clearTimeout(this.#later)
    this.#later = undefined
    return this.#keeping.write((): Kept => {
      const parts = [...(this.#flight?.parts ?? []), ...this.#unsent]
      const whole = toText(encodeStateAsUpdate(this.#doc))
      return parts.length ? { whole, unsent: toText(mergeUpdates(parts)) } : { whole }
    })
  }

  /** Sends if there is something to send and nothing stands against it; otherwise sees to it that it is tried again. */
  #push(): void {
    if (this.#closed || this.#flight || !this.#connected || !this.#unsent.length || this.#timed) return
    const early = this.#sentAt + GATHER_MS - Date.now()
    if (early > 0) this.#wait(early)
    else void this.#fly()
  }

  /** Nothing is sent for so many milliseconds; 0 ends a wait. */
  #wait(ms: number): void {
    clearTimeout(this.#timer)
    this.#timed = ms
    if (!ms || ms === Infinity) return
    this.#timer = setTimeout(() => {
      this.#timed = 0
      this.#push()
    }, ms)
  }

  async #fly(): Promise<void> {
    const all = this.#everything
    const flight = { parts: this.#unsent, all }
    this.#flight = flight
    this.#unsent = []
    this.#sentAt = Date.now()
    this.#code = undefined
    this.#settle()
    const update = this.#load(flight)
    let late: ReturnType<typeof setTimeout> | undefined
    const answer = await Promise.race([
      this.#send(toText(update)).then((vector) => ({ vector }), (error: unknown) => ({ error })),
      new Promise<{ error: unknown }>((done) => (late = setTimeout(done, ANSWER_MS, { error: undefined }))),
    ])
    clearTimeout(late)
    if (this.#flight !== flight) return // it was given up
    if ('vector' in answer) this.#arrived(answer.vector, flight.all)
    else this.#failed(answer.error, flight.all)
    if (!this.#closed) void this.#keep()
    this.#settle()
    this.#push()
  }

  /** What the flight carries; parts that are too much for one stay behind. */
  #load(flight: { parts: Uint8Array[]; all: boolean }): Uint8Array {
    if (flight.all) return encodeStateAsUpdate(this.#doc)
    if (this.#together || this.#many || flight.parts.length > MANY) {
      const sum = encodeStateAsUpdate(this.#doc, encodeStateVector(this.#served))
      if (this.#together || sum.length <= UPDATE_BYTES || flight.parts.length === 1) return sum
    }
    let bytes = 0
    const over = flight.parts.findIndex((update) => (bytes += update.length) > UPDATE_BYTES)
    if (over > 0) this.#unsent = flight.parts.splice(over)
    return mergeUpdates(flight.parts)
  }

  #arrived(vector: string, all: boolean): void {
    this.#flight = undefined
    this.#lost = 0
    this.#together = this.#everything = false
    if (!this.#unsent.length) this.#many = false
    let clocks: Map<number, number>
    try {
      clocks = decodeStateVector(toBytes(vector))
    } catch {
      return // it says nothing
    }
    this.#serves(clocks)
    // All that was typed here was acknowledged at some time; a server that lacks some of it was set back.
    const own = (of: Map<number, number>): number => of.get(this.#doc.clientID) ?? 0
    if (!this.#unsent.length && !all && own(clocks) < own(decodeStateVector(encodeStateVector(this.#doc)))) {
      this.#everything = true
      this.#unsent.push(encodeStateAsUpdate(this.#doc))
    }
  }

  #serves(clocks: Map<number, number>): void {
    for (const [client, clock] of clocks) this.#served.set(client, Math.max(clock, this.#served.get(client) ?? 0))
  }

  #failed(error: unknown, all: boolean): void {
    this.#land()
    const { code, retry } = (error ?? {}) as { code?: string; retry?: number }
    if (!code || LOST.test(code)) {
      this.#wait(AGAIN_MS[Math.min(this.#lost++, AGAIN_MS.length - 1)]!)
    } else if (LATER.test(code)) {
      this.#code = code
      this.#wait(Math.max(retry ?? 1_000, GATHER_MS))
    } else if (UNKNOWN.test(code) && !all) {
      this.#everything = true
      this.#served.clear()
      this.#sentAt = -Infinity
    } else {
      this.#code = code
      this.#together = code === 'too_long'
      this.#wait(Infinity) // until something else is typed, or the connection is another
    }
  }

  /** What was under way is unsent again. */
  #land(): void {
    if (this.#flight) this.#unsent.unshift(...this.#flight.parts)
    this.#flight = undefined
  }

  #settle(): void {
    const open = this.#unsent.length > 0 || this.#flight !== undefined
    if (!open) this.#code = undefined
    const state = !open ? 'saved' : this.#code ? 'refused' : !this.#connected || this.#lost > 1 ? 'waiting_for_network' : 'sending'
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
