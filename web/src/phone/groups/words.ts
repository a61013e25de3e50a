// What is said of a table in whole sentences: for the screen reader, for the line of now, and for the hall to read.
import { t } from '../../i18n/index.svelte.ts'
import type { Duty } from '../../wire/index.ts'

/** `at`: the first table of this work; `go`: another one than before; `stay`: the same in the next round. */
export type Call = 'at' | 'go' | 'stay'
export interface Place { number: number; sign: string; name?: string | undefined; place?: string | undefined; others: number; duties: readonly Duty[] }

export const DUTIES: readonly Duty[] = ['reporter', 'timekeeper', 'scribe']

/** "You are at table 3, blue circle, with 4 others, by the window. You report back." */
export function spoken(call: Call, { number, sign, name, place, others, duties }: Place): string {
  const parts = [t(`say_${call}`, { table: number }), name, sign, others ? t('with_others', { n: others }) : undefined, place]
  return [`${parts.filter(Boolean).join(', ')}.`, ...yours(duties)].join(' ')
}

/** "You report back." for each duty. */
export function yours(duties: readonly Duty[]): string[] {
  return DUTIES.filter((duty) => duties.includes(duty)).map((duty) => t(`you_${duty}`))
}
