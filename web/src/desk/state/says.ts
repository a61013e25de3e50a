// Short sentences that several screens of the desk share.
import { t } from '../../i18n/index.svelte.ts'

/** How long ago, in one short word: 20 s, 3 min, 2 h. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return t('desk_age_s', { n: seconds })
  if (seconds < 3600) return t('desk_age_min', { n: Math.floor(seconds / 60) })
  return t('desk_age_h', { n: Math.floor(seconds / 3600) })
}

/** Who asked, as far as anybody may know. */
export function asker(of: { author?: string; tag?: string; from_card?: boolean }): string {
  const who = of.author ?? of.tag ?? t('unnamed')
  return of.from_card ? t('desk_from_card', { who }) : who
}
