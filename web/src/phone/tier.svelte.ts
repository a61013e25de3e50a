// Brings a part of the page when it is wanted, and again when the network was away.
import { speak } from '../i18n/index.svelte.ts'

const AGAIN_MS = 4_000

class Tier<Parts> {
  parts = $state.raw<Parts | undefined>()
  #load: () => Promise<Parts>
  #loading = false

  constructor(load: () => Promise<Parts>) {
    this.#load = load
  }

  want(): void {
    if (this.parts || this.#loading) return
    this.#loading = true
    this.#load().then(
      (parts) => (this.parts = parts),
      () => setTimeout(() => {
        this.#loading = false
        this.want()
      }, AGAIN_MS),
    )
  }
}

/** What a first question does not need. */
export const tier = new Tier(() => import('./later.ts'))

/** Group work, with its words. */
export const groups = new Tier(async () => {
  const parts = await import('./groups/parts.ts')
  await speak(parts.words)
  return parts
})
