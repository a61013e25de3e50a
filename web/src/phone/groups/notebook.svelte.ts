// The shared notes of the tables this person sat at. Placeholder until the shared text is here.
import type { Work } from './work.svelte.ts'

export class Notebook {
  wants = $state.raw(false)
  #work: Work
  constructor(work: Work) {
    this.#work = work
  }
  isPen = $derived.by<boolean>(() => this.wants || this.#work.duties.includes('scribe'))
  start(): void {}
  stop(): void {}
}
