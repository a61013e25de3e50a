// How an update of the notes reaches the server: one message of y-sync by plain HTTP, which works wherever the page does.
import type { NotesSaid } from '../../wire/index.ts'
import type { Answer } from '../link/http.ts'
import { toBytes, toText } from './base64.ts'
import type { Sender } from './shared.ts'

const UPDATE = 2

interface Asks { call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> }

/** One message of y-sync (kind, length, bytes) around an update; both base64. */
export function asMessage(update: string): string {
  const bytes = toBytes(update)
  const head = [UPDATE]
  let rest = bytes.length
  for (; rest > 0x7f; rest >>= 7) head.push((rest & 0x7f) | 0x80)
  head.push(rest)
  return toText(Uint8Array.from([...head, ...bytes]))
}

/** Sends by a link's seat; rejects with the Problem that `call` throws. */
export function throughLink(link: Asks, group: string): Sender {
  return async (update) => (await link.call<NotesSaid>('POST', `/groups/${group}/notes`, { notes: asMessage(update) })).body.noted ?? ''
}
