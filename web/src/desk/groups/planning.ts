// Asks the server for a plan, and reads why there is none.
import { Problem } from '../../lib/link/http.ts'
import { refusalText, t } from '../../i18n/index.svelte.ts'
import type { Desk } from '../state/desk.svelte.ts'
import { impossibleSays } from './logic/account.ts'
import { named } from './work.svelte.ts'
import type { Wish, Work } from './work.svelte.ts'

/** Makes a draft, or draws again as it was asked last; the answer is a sentence when that did not work. */
export async function askPlan(desk: Desk, work: Work, wish: Wish = work.wish): Promise<string | undefined> {
  work.wish = wish
  try {
    await desk.link.call('POST', `/activities/${work.id}/plan`, wish)
    return undefined
  } catch (problem) {
    const { code, said } = problem instanceof Problem ? problem : { code: 'internal', said: undefined }
    if (code === 'offline') return t('desk_server_silent')
    if (code !== 'impossible') return refusalText(code)
    const who = (person: unknown) => {
      const found = typeof person === 'string' ? work.people.find((one) => one.seat === person) : undefined
      return found && named(found)
    }
    return impossibleSays((said as { impossible?: unknown } | undefined)?.impossible, who)
  }
}
