// The tables that are to be printed: those there are, or as many numbers as are planned.
import type { Work } from '../work.svelte.ts'

export interface Printed { number: number; name?: string; place?: string; task?: string }

export function printed(work: Work, count: number): Printed[] {
  if (work.tables.length) return work.tables
  return Array.from({ length: count }, (_, at) => ({ number: at + 1 }))
}
