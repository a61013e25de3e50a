// What a debate or discussion is called on any screen, in the reader's language. Words: the catalogue part `debate_words`.
import { language, t } from '../../i18n/index.svelte.ts'
import type { HandKind, ShownFormat, ShownTurn, Stance } from '../../wire/index.ts'
import type { Digits, Milestone, PhaseWord, Standing } from './clock.ts'

/** A name in the reader's language, in English, or in the only one there is. */
export function named(one: { name: string; names: Readonly<Record<string, string>> } | undefined): string {
  return one ? one.names[language()] || one.name || one.names['en'] || '' : ''
}

/** "Proposition"; also the words for `both`, `nobody`, `decided` and `undecided`. */
export function sideName(format: ShownFormat, id: string | undefined): string {
  if (id === 'undecided') return t('deb_undecided')
  if (id === 'both') return t('deb_both')
  if (id === 'decided') return t('deb_decided')
  return named(format.sides.find((side) => side.id === id))
}

/** "Prime Minister", "Free debate". */
export function segmentName(format: ShownFormat, segment: number | undefined): string {
  return segment === undefined ? '' : named(format.segments[segment])
}

/** What kind of part it is, where that is not simply a speech; empty for one. */
export function partName(format: ShownFormat, segment: number): string {
  const kind = format.segments[segment]?.kind
  if (kind === 'reply' || kind === 'cross') return t(`deb_part_${kind}`)
  return kind === 'speech' ? '' : segmentName(format, segment)
}

/** Who it is: the person, else the team, else "Speaker 2", else what the segment is called. */
export function turnName(format: ShownFormat, turn: ShownTurn): string {
  if (turn.name) return turn.name
  if (turn.team && !turn.place) return turn.team
  if (turn.place) return t('deb_speaker', { n: turn.place })
  return segmentName(format, turn.segment)
}

/** The phase in words; empty where nothing is to be said. `id` is the phase's, for those the format names itself. */
export function phaseText(format: ShownFormat | undefined, word: PhaseWord, id: string): string {
  if (word === 'none') return ''
  if (word !== 'own') return t(`deb_phase_${word}`)
  const names = format?.phases[id] ?? {}
  return names[language()] || names['en'] || Object.values(names)[0] || ''
}

/** "left", "spoken", "Time is up". */
export function besideDigits(says: Digits['says']): string {
  return t(`deb_clock_${says}`)
}

/** What a clock that does not run says of itself; empty while it runs. */
export function standingText(state: Standing | undefined): string {
  if (state === 'paused' || state === 'interpreting' || state === 'ready' || state === 'done') return t(`deb_state_${state}`)
  return ''
}

/** One of the six sentences a screen reader hears. */
export function milestoneText(milestone: Milestone): string {
  return t(`deb_mile_${milestone}`)
}

export function stanceText(stance: Stance): string {
  return t(`deb_stance_${stance}`)
}

/** "Point of order", "Direct reply"; empty for an ordinary hand. */
export function kindText(kind: HandKind): string {
  return kind === 'ordinary' ? '' : t(`deb_kind_${kind}`)
}
