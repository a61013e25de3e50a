// How an update of the notes travels, by socket or by plain HTTP: one message of y-sync.
import { toBytes, toText } from './base64.ts'

const UPDATE = 2

/** One message of y-sync (kind, length, bytes) around an update; both base64. */
export function asMessage(update: string): string {
  const bytes = toBytes(update)
  const head = [UPDATE]
  let rest = bytes.length
  for (; rest > 0x7f; rest >>= 7) head.push((rest & 0x7f) | 0x80)
  head.push(rest)
  return toText(Uint8Array.from([...head, ...bytes]))
}
