// Reads the words out of a table's notes. Knows the format's library and nothing else.

import { toBytes } from '../../lib/notes/base64.ts'

/** `updates`: base64, any order. */
export async function readNotes(updates: readonly string[]): Promise<string> {
  if (!updates.length) return ''
  const { applyUpdate, Doc } = await import('yjs')
  const doc = new Doc()
  for (const update of updates) applyUpdate(doc, toBytes(update))
  return doc.getText('notes').toString()
}
