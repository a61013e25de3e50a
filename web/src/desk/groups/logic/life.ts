// Signs of life at a table, in words: "wrote 20 s ago", "quiet 3 min". Owns the sentences; the time comes in.
import { t } from '../../../i18n/index.svelte.ts'
import { age } from '../../state/says.ts'

/** The server tells the time of the last writing to ten seconds, so nearer than that is "just now". */
const JUST_MS = 15_000
const QUIET_MS = 60_000

export function signOfLife(wrote_at: number | undefined, now: number): string {
  if (wrote_at === undefined) return t('desk_g_life_none')
  const ms = Math.max(0, now - wrote_at)
  if (ms < JUST_MS) return t('desk_g_life_just')
  return ms < QUIET_MS ? t('desk_g_life_wrote', { age: age(Math.floor(ms / 10_000) * 10_000) }) : t('desk_g_life_quiet', { age: age(ms) })
}

/** Whether a table has been quiet so long that somebody should look. */
export const longQuiet = (wrote_at: number | undefined, since: number, now: number): boolean => now - (wrote_at ?? since) > 4 * 60_000
