// Shared notes on their way: one update of a group at a time, answered when it is durable. Knows frames and addresses, and
// nothing of what an update holds; a caller whose update did not get through sends again when there is a line.
import type { NotesSaid, ServerSays } from '../../wire/index.ts'
import { asMessage } from '../notes/send.ts'
import { Problem } from './http.ts'
import type { Link } from './link.svelte.ts'

const PATIENCE_MS = 15_000

interface Waiting { resolve: (state: string) => void; reject: (problem: Problem) => void }

export class NotesLine {
  #link: Link
  #waiting: Record<string, Waiting> = {}

  constructor(link: Link) {
    this.#link = link
    link.heard = (said) => this.#hear(said)
  }

  /** Sends one update; settles with the server's state vector (base64). Rejects with a Problem: a refusal's code and `retry`, or `offline`. */
  async send(group: string, update: string): Promise<string> {
    const notes = asMessage(update)
    if (this.#link.polling) {
      const { body } = await this.#link.call<NotesSaid>('POST', `/groups/${group}/notes`, { notes })
      return body.noted ?? ''
    }
    const answered = new Promise<string>((resolve, reject) => (this.#waiting[group] = { resolve, reject }))
    if (!this.#link.say({ notes: [group, notes] })) this.#fail(group, new Problem('offline'))
    const late = setTimeout(() => this.#fail(group, new Problem('offline')), PATIENCE_MS)
    return answered.finally(() => clearTimeout(late))
  }

  stop(): void {
    this.#link.heard = undefined
    this.#hear(undefined)
  }

  #hear(said: ServerSays | undefined): void {
    if (!said) return Object.keys(this.#waiting).forEach((group) => this.#fail(group, new Problem('offline')))
    if (said.noted) {
      const [group, state] = said.noted
      this.#waiting[group]?.resolve(state)
      delete this.#waiting[group]
    }
    if (said.unnoted) {
      const [group, refusal] = said.unnoted
      this.#fail(group, new Problem(refusal.code, refusal.retry, refusal))
    }
  }

  #fail(group: string, problem: Problem): void {
    this.#waiting[group]?.reject(problem)
    delete this.#waiting[group]
  }
}
