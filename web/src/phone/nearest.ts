// Which activity of some kinds this phone is at. Loaded with the parts that show them, never with the first visit.
import type { ActivityKind } from '../wire/index.ts'
import type { Page } from './page.svelte.ts'

/** The one on the screen, else what goes on in the hall, else the last one of them that was opened; empty: none. */
export function nearest(page: Page, kinds: readonly ActivityKind[]): string {
  const { works, work, wantedWork } = page
  const fits = (id: string | undefined): boolean => kinds.includes(page.kind(id)!)
  if (fits(work)) return work!
  if (fits(wantedWork)) return wantedWork!
  const there = works.filter(([id, one]) => fits(id) && one.state !== 'planned')
  return (there.find(([, one]) => one.state === 'open') ?? there.pop())?.[0] ?? ''
}
