// The server's time as something that can be drawn with, four times a second, while a component stands.
import { onDestroy } from 'svelte'
import type { Link } from '../../lib/link/link.svelte.ts'

const TICK_MS = 250

export class Now {
  #at = $state.raw(0)

  constructor(link: Link) {
    this.#at = link.now()
    const timer = setInterval(() => (this.#at = link.now()), TICK_MS)
    onDestroy(() => clearInterval(timer))
  }

  /** Milliseconds since 1970. */
  get at(): number {
    return this.#at
  }
}
