// Discussions and debates: loaded when there are some, with words of their own.
import words from 'virtual:catalogue/phone_debate'
import type { Page } from '../page.svelte.ts'
import { Talk } from './talk.svelte.ts'

export { default as Screen } from './Screen.svelte'
export { words }

/** Follows discussions and debates for a page until the returned function is called. */
export function sit(page: Page): () => void {
  const talk = new Talk(page)
  page.talk = talk
  const leave = talk.start()
  return () => {
    page.talk = undefined
    leave()
  }
}
