// Brings a part of the page when it is wanted, and again when the network was away.
import { speak, type Catalogue } from '../i18n/index.svelte.ts'

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

async function spoken<Parts extends { words: Catalogue }>(loading: Promise<Parts>): Promise<Parts> {
  const parts = await loading
  await speak(parts.words)
  return parts
}

/** Group work, with its words. */
export const groups = new Tier(() => spoken(import('./groups/parts.ts')))

/** Discussions and debates, with theirs. */
export const talks = new Tier(() => spoken(import('./debate/parts.ts')))
