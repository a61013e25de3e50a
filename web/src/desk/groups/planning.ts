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
    // The planner counts people in the order of their seats; whoever is not here is not counted, and then nobody is named.
    const places = wish.only_here ? [] : work.people.map((one) => one.seat).sort()
    const who = (person: unknown) => {
      const found = work.people.find((one) => one.seat === (typeof person === 'number' ? places[person] : person))
      return found && named(found)
    }
    return impossibleSays((said as { impossible?: unknown } | undefined)?.impossible, who)
  }
}

/** Gives the tables of a list the names they have there, as soon as they are here. */
export async function nameTables(desk: Desk, work: Work, names: Readonly<Record<number, string>>): Promise<void> {
  const wanted = Object.entries(names)
  for (let tries = 0; tries < 20 && work.tables.length < wanted.length; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  for (const [number, name] of wanted) {
    const table = work.tables.find((one) => one.number === Number(number))
    if (table && table.name !== name) await desk.do({ change_group: { group: table.id, name: name.slice(0, 40) } })
  }
}
