// The documents of tables that are being looked at: followed while a screen needs them, and let go when it closes.
// Their notes are read by the same library that writes them; it is loaded when the first notes are to be read.
import type { GroupView } from '../../wire/index.ts'
import type { Link } from '../../lib/link/link.svelte.ts'
import { readNotes } from './notes.ts'

export class GroupDocs {
  #link: Link
  #texts = $state.raw<Readonly<Record<string, string>>>({})

  constructor(link: Link, groups: () => readonly string[]) {
    this.#link = link
    const followed = new Set<string>()
    $effect(() => {
      const wanted = new Set(groups())
      for (const id of wanted) {
        if (followed.has(id)) continue
        followed.add(id)
        link.follow(`group/${id}`)
      }
      for (const id of followed) {
        if (wanted.has(id)) continue
        followed.delete(id)
        link.unfollow(`group/${id}`)
      }
    })
    $effect(() => () => {
      for (const id of followed) link.unfollow(`group/${id}`)
    })
    const read = new Map<string, GroupView['notes']>()
    $effect(() => {
      for (const id of groups()) {
        const notes = this.of(id)?.notes
        if (!notes || read.get(id) === notes) continue
        read.set(id, notes)
        void readNotes(Object.values(notes)).then((text) => (this.#texts = { ...this.#texts, [id]: text }), () => undefined)
      }
    })
  }

  of(id: string): GroupView | undefined {
    return this.#link.docs[`group/${id}`] as GroupView | undefined
  }

  /** The words of its notes; absent while they are on their way. */
  notes(id: string): string | undefined {
    return this.#texts[id]
  }
}
