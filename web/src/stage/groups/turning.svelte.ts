// Turns pages by the clock and by a presenter's keys; where a key was pressed the page has its whole time.
import { onDestroy } from 'svelte'
import type { Now } from './now.svelte.ts'
import { pageAt } from './paging.ts'

const ON = new Set(['PageDown', 'ArrowRight'])
const BACK = new Set(['PageUp', 'ArrowLeft'])

export class Turning {
  #now: Now
  #since = $state.raw(0)
  #moved = $state.raw(0)
  #count: () => number

  constructor(now: Now, count: () => number) {
    this.#now = now
    this.#count = count
    this.#since = now.at
    addEventListener('keydown', this.#pressed)
    onDestroy(() => removeEventListener('keydown', this.#pressed))
  }

  /** The page that is shown, from 0. */
  get page(): number {
    return pageAt(this.#now.at - this.#since, this.#count(), this.#moved)
  }

  #pressed = (key: KeyboardEvent): void => {
    // The strip of tools has a list of its own to walk through.
    if (key.target instanceof HTMLSelectElement) return
    const by = ON.has(key.key) ? 1 : BACK.has(key.key) ? -1 : 0
    if (by === 0 || this.#count() <= 1) return
    this.#moved = this.page + by
    this.#since = this.#now.at
  }
}
