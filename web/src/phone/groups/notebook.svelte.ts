// The shared notes of the tables this person sits or sat at: which text is open, who holds the pen, what was not saved.
// What is typed belongs to the shared text, which keeps it on the phone; this only opens, feeds and closes it.
import { untrack } from 'svelte'
import type { NotesState, SharedText, bindTextarea } from '../../lib/notes/notes.ts'
import { openStore, recall, remember } from '../../lib/storage/store.ts'
import type { Work } from './work.svelte.ts'

const AGAIN_MS = 4_000

/** The notes of one table. */
export interface Sheet { group: string; number: number; shared: SharedText; bind: typeof bindTextarea; state: NotesState; text: string }

export class Notebook {
  /** Wants to write though somebody else holds the pen. */
  wants = $state.raw(false)
  /** Those that are open: one's own table's, and others' that hold something unsaved. */
  sheets = $state.raw<readonly Sheet[]>([])
  #work: Work
  #opening = new Set<string>()
  #stopped = false

  constructor(work: Work) {
    this.#work = work
  }

  get #known(): string {
    return `notebook.${this.#work.link.seat.seat ?? this.#work.link.seat.meeting}`
  }

  #place(group: string): string {
    return `${this.#work.link.seat.meeting}.${group}`
  }

  isPen = $derived.by<boolean>(() => !this.#work.isEnded && (this.wants || this.#work.duties.includes('scribe')))
  sheet = $derived.by<Sheet | undefined>(() => this.sheets.find(({ group }) => group === this.#work.group))
  shared = $derived.by<SharedText | undefined>(() => this.sheet?.shared)
  /** Of other tables, with words that did not get through. */
  left = $derived.by<Sheet[]>(() => this.sheets.filter(({ group, state }) => group !== this.#work.group && state !== 'saved'))
  /** Words of this table that cannot be saved any more. */
  isLost = $derived.by<boolean>(() => this.sheet?.state === 'refused' || (this.#work.isEnded && !!this.sheet && this.sheet.state !== 'saved'))

  write(on: boolean): void {
    this.wants = on
    if (on) setTimeout(() => document.getElementById('notes')?.focus())
  }

  putAway(group: string): void {
    const sheet = this.sheets.find((one) => one.group === group)
    this.sheets = this.sheets.filter((one) => one !== sheet)
    void sheet?.shared.close()
    this.#remember()
  }

  start(): void {
    for (const { group, number } of recall<{ group: string; number: number }[]>(this.#known) ?? []) {
      if (recall(`notes.${this.#place(group)}`)) void this.#open(group, number)
    }
    $effect(() => {
      const { group, part, duties, number, view } = this.#work
      if (group && view && (part === 'notes' || duties.includes('scribe'))) untrack(() => void this.#open(group, number))
    })
    $effect(() => {
      const notes = this.#work.view?.notes
      const { shared } = this
      if (shared && notes) untrack(() => shared.receive(notes))
    })
    $effect(() => {
      const isLive = this.#work.link.status === 'live'
      untrack(() => this.sheets.forEach(({ shared }) => shared.connected(isLive)))
    })
    $effect(() => {
      // Another table: a pen is lent for one table only, and what is saved there may be closed.
      const { group } = this.#work
      untrack(() => {
        this.wants = false
        for (const sheet of this.sheets) if (sheet.group !== group && sheet.state === 'saved') this.putAway(sheet.group)
      })
    })
  }

  stop(): void {
    this.#stopped = true
    for (const { shared } of this.sheets) void shared.close()
    this.sheets = []
  }

  async #open(group: string, number: number): Promise<void> {
    if (this.#opening.has(group) || this.sheets.some((one) => one.group === group)) return
    this.#opening.add(group)
    try {
      const [{ SharedText, bindTextarea }, store] = await Promise.all([import('../../lib/notes/notes.ts'), openStore()])
      if (this.#stopped) return
      const shared = new SharedText({
        place: this.#place(group), store, connected: this.#work.link.status === 'live', send: (update) => this.#work.line.send(group, update),
      })
      await shared.ready
      this.sheets = [...this.sheets, { group, number, shared, bind: bindTextarea, state: shared.state, text: shared.text }]
      this.#remember()
      shared.subscribe(() => this.#changed(group))
      this.#changed(group)
    } catch {
      // The network is away: the part comes when it does.
      setTimeout(() => !this.#stopped && this.#work.group === group && void this.#open(group, number), AGAIN_MS)
    } finally {
      this.#opening.delete(group)
    }
  }

  #changed(group: string): void {
    this.sheets = this.sheets.map((one) => (one.group === group ? { ...one, state: one.shared.state, text: one.shared.text } : one))
    const sheet = this.sheets.find((one) => one.group === group)
    if (sheet?.state === 'saved' && this.#work.group && group !== this.#work.group) this.putAway(group)
  }

  #remember(): void {
    remember(this.#known, this.sheets.map(({ group, number }) => ({ group, number })))
  }
}
