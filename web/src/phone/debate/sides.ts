// Whose turn it is and for whom, in words; the signs themselves are every screen's (lib/debate).
import { t } from '../../i18n/index.svelte.ts'
import { segmentName, sideName } from '../../lib/debate/words.ts'
import type { FloorDebate, ShownTurn } from '../../wire/index.ts'

/** Whoever has not made up their mind. */
export const UNDECIDED = 'undecided'

/** "Proposition, Lyceum 6". */
export function sideAndTeam(debate: FloorDebate, side: string | undefined): string {
  return [sideName(debate.format, side), debate.sides[side ?? '']?.team].filter(Boolean).join(', ')
}

/** A speaker by name, else by place: "Speaker 2". */
export function speakerName(debate: FloorDebate, side: string, place: number): string {
  return debate.sides[side]?.speakers[place] || t('deb_speaker', { n: place })
}

/** Whose turn it is, in words: the person, else side and place, else what the part is called. */
export function who({ format }: FloorDebate, turn: ShownTurn): string {
  if (turn.name) return turn.name
  if (turn.side && turn.place) return `${sideName(format, turn.side)}, ${t('deb_speaker', { n: turn.place })}`
  return turn.side ? sideName(format, turn.side) : segmentName(format, turn.segment)
}
