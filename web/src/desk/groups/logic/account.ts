// What a plan reaches and why there is none, as the planner says it, in sentences. Each entry is an object with one key;
// one that is not known here is left out, so that a newer planner harms nothing.
import { NAMES, t } from '../../../i18n/index.svelte.ts'
import type { Values } from '../../../i18n/index.svelte.ts'

type Figures = Record<string, unknown>

const number = (of: Figures, key: string): number => (typeof of[key] === 'number' ? of[key] : 0)
/** A name, if the entry carries one; a bare number says nothing to people. */
const name = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** `rounds`: in one round nobody can meet twice, and saying so would be no news. */
export function accountSays(account: readonly unknown[], rounds: number): string[] {
  return account.flatMap((entry) => {
    const [kind, of] = Object.entries((entry ?? {}) as Record<string, Figures>)[0] ?? []
    const says = kind && sentence(kind, of ?? {}, rounds)
    return says ? ['of' in (of ?? {}) ? over(says, rounds) : says] : []
  })
}

/** What counts tables of several rounds says so. */
const over = (says: string, rounds: number): string => (rounds > 1 ? t('desk_g_over_rounds', { says }) : says)

function sentence(kind: string, of: Figures, rounds: number): string | undefined {
  const n = (key: string) => number(of, key)
  const tag = name(of['tag'])
  const language = name(of['language'])
  const share = { n: n('sittings'), of: n('of') }
  switch (kind) {
    case 'sizes':
      if (n('least') === n('most')) return t('desk_g_says_size', { n: n('most') })
      return t(of['even'] === false ? 'desk_g_says_uneven' : 'desk_g_says_sizes', { least: n('least'), n: n('most') })
    case 'nobody_meets_twice':
      return rounds > 1 ? t('desk_g_says_nobody_twice') : undefined
    case 'meet_again':
      return t('desk_g_says_again', { n: n('pairs') })
    case 'meet_by_rule':
      return rounds > 1 && n('times') ? t('desk_g_says_by_rule') : undefined
    case 'spread':
      if (!tag || n('most') === 0) return undefined
      return n('least') === n('most') ? t('desk_g_says_spread', { n: n('most'), tag }) : t('desk_g_says_spread_range', { least: n('least'), n: n('most'), tag })
    case 'missing':
      return tag && t('desk_g_says_missing', { ...share, tag })
    case 'nobody_alone':
      return t('desk_g_says_nobody_alone')
    case 'alone_with_tag':
      return tag && t('desk_g_says_alone', { ...share, tag })
    case 'cut_off':
      return t('desk_g_says_cut_off', share)
    case 'only_speaker':
      return language && t('desk_g_says_only_speaker', { ...share, language: NAMES[language] ?? language })
    case 'shared_language':
      return n('sittings') === n('of') ? t('desk_g_says_shared_all') : t('desk_g_says_shared', share)
    case 'no_table_twice':
      return rounds > 1 ? t('desk_g_says_no_table_twice') : undefined
    case 'table_again':
      return t('desk_g_says_table_again', { n: n('times') })
    case 'together':
      return t('desk_g_says_together', { n: n('sets') })
    case 'apart':
      return t('desk_g_says_apart', { n: n('sets') })
    case 'step_free':
      return t('desk_g_says_step_free', { n: n('people') })
    case 'hosts':
      return t('desk_g_says_hosts', { n: n('people') })
    default:
      return undefined
  }
}

/** Why no plan exists. `who`: a person's name by what the planner calls them. */
export function impossibleSays(impossible: unknown, who: (person: unknown) => string | undefined): string {
  const [kind, of] = Object.entries((impossible ?? {}) as Record<string, Figures>)[0] ?? []
  if (!kind || !of) return t('desk_g_no_other')
  const n = (key: string) => number(of, key)
  const one = who(of['one'] ?? of['person']) ?? t('desk_g_somebody')
  const other = who(of['other']) ?? t('desk_g_somebody_else')
  const table = n('table') + 1
  const figures: Values = { n: n('people'), people: n('people'), places: n('places'), tables: n('tables'), rounds: n('rounds'), most: n('most'), table, one, other }
  switch (kind) {
    case 'no_tables': return t('desk_g_no_tables')
    case 'too_many_rounds': return t('desk_g_no_too_many_rounds', figures)
    case 'too_many_people': return t('desk_g_no_too_many_people', figures)
    case 'no_such_table': return t('desk_g_no_such_table', figures)
    case 'too_few_places': return t('desk_g_no_too_few_places', figures)
    case 'together_too_big': return t('desk_g_no_together_too_big', figures)
    case 'together_and_apart': return t('desk_g_no_together_and_apart', figures)
    case 'together_at_two_tables': return t('desk_g_no_together_two_tables', figures)
    case 'apart_at_one_table': return t('desk_g_no_apart_one_table', figures)
    case 'too_many_apart': return t('desk_g_no_too_many_apart', figures)
    case 'too_few_step_free': return t('desk_g_no_too_few_step_free', figures)
    case 'fixed_behind_steps': return t('desk_g_no_fixed_behind_steps', figures)
    case 'table_too_small': return t('desk_g_no_table_too_small', figures)
    case 'no_seating': {
      const rules = (Array.isArray(of['rules']) ? of['rules'] : []).flatMap((rule) => RULES[String(rule)]?.() ?? [])
      return rules.length ? t('desk_g_no_seating', { rules: rules.join(' + ') }) : t('desk_g_no_other')
    }
    default: return t('desk_g_no_other')
  }
}

const RULES: Record<string, () => string> = {
  together: () => t('desk_g_together'),
  apart: () => t('desk_g_apart'),
  step_free: () => t('desk_g_step_free_who'),
  fixed: () => t('desk_g_rule_fixed'),
}
