// Group work: loaded when there are tables, with words of its own.
import words from 'virtual:catalogue/phone_groups'
import type { Page } from '../page.svelte.ts'
import { Work } from './work.svelte.ts'

export { default as Screen } from './Groups.svelte'
export { default as HoldUp } from './HoldUp.svelte'
export { words }

/** Follows group work for a page until the returned function is called. */
export function sit(page: Page): () => void {
  const work = new Work(page)
  page.table = work
  const leave = work.start()
  return () => {
    page.table = undefined
    leave()
  }
}
