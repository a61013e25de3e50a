// Scores are hundredths on the wire and decimals on the screen, with the comma or point of the reader's language. No rule of results.
import { language } from '../../../i18n/index.svelte.ts'

/** Lowest, highest, step, in hundredths. */
export type Range = readonly [number, number, number]

const POINT = new Set(['en'])

/** 7 550 is "75.5", or "75,5" where people write a comma. */
export function scoreText(hundredths: number): string {
  const text = String(hundredths / 100)
  return POINT.has(language()) ? text : text.replace('.', ',')
}

/** What was typed, with comma or point; nothing where it is no number. Finer than a hundredth is no score. */
export function readScore(typed: string): number | undefined {
  const found = /^\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*$/.exec(typed)
  if (!found) return undefined
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

/** One step up or down from a score; from none to the middle. It stays inside. */
export function stepped(score: number | undefined, by: -1 | 1, [least, most, step]: Range): number {
  if (score === undefined) return least + Math.round((most - least) / 2 / step) * step
  // From between two steps to the nearer end of it.
  const at = (score - least) / step
  const next = least + (by > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1) * step
  return Math.min(most, Math.max(least, next))
}

export function isInside(score: number, [least, most, step]: Range): boolean {
  return score >= least && score <= most && (score - least) % step === 0
}
