// What this phone keeps of a group's notes: the text, and what of it was not yet acknowledged. Each tab writes its own record, so that
// two of them never overwrite each other; whoever opens the notes takes up all of them. Knows nothing of Yjs.
import { uuid } from '../ids.ts'
import { recall, remember, type Store } from '../storage/store.ts'

/** How long a tab counts as alive after it wrote; a living tab's record is read but not cleared away. */
const ALIVE_MS = 60_000

/** Both are updates in base64; `unsent` is absent when everything was acknowledged. */
export interface Kept { whole: string; unsent?: string }

/** Tabs by id, and when each wrote last. */
type Tabs = Record<string, number>

export class Keeping {
  readonly #store: Store
  readonly #place: string
  readonly #tab = uuid()
  #next: (() => Kept) | undefined
  #writing: Promise<void> | undefined

  /** `place`: meeting and group. */
  constructor(store: Store, place: string) {
    this.#store = store
    this.#place = `notes.${place}`
  }

  /** Everything that tabs of this phone left, the living ones included. */
  async read(): Promise<Kept[]> {
    const found: Kept[] = []
    for (const tab of Object.keys(this.#tabs())) {
      if (tab === this.#tab) continue
      const kept = await this.#store.get<Kept>(this.#key(tab)).catch(() => undefined)
      if (kept) found.push(kept)
    }
    return found
  }

  /** Writes down what `now` gives when its turn comes; calls during a write become one. */
  write(now: () => Kept): Promise<void> {
    this.#next = now
    this.#writing ??= this.#run()
    return this.#writing
  }

  /** Clears away what dead tabs left. Only once their words stand in a record of this tab. */
  async sweep(at = Date.now()): Promise<void> {
    for (const [tab, wrote] of Object.entries(this.#tabs())) {
      if (tab === this.#tab || wrote + ALIVE_MS > at) continue
      await this.#store.drop(this.#key(tab)).catch(() => undefined)
      const tabs = this.#tabs()
      delete tabs[tab]
      remember(this.#place, Object.keys(tabs).length ? tabs : undefined)
    }
  }

  async #run(): Promise<void> {
    while (this.#next) {
      const now = this.#next
      this.#next = undefined
      // Named first: a record that nobody knows of would be lost.
      remember(this.#place, { ...this.#tabs(), [this.#tab]: Date.now() })
      // Nowhere to write: it still goes out, it just does not survive a reload.
      await this.#store.set(this.#key(this.#tab), now()).catch(() => undefined)
    }
    this.#writing = undefined
  }

  #tabs(): Tabs {
    return recall<Tabs>(this.#place) ?? {}
  }

  #key(tab: string): string {
    return `${this.#place}.${tab}`
  }
}
