// What is said of a discussion and of a debate in whole sentences: the line of now, and what a screen reader hears.
import { language, t } from '../../i18n/index.svelte.ts'
import type { FloorDebate, FloorDiscussion, MyDebate, MyDiscussion, MyHand, ShownHand, ShownSpeaker, Why } from '../../wire/index.ts'
import type { LiveClock } from '../../lib/debate/live.svelte.ts'
import { phaseText, segmentName } from '../../lib/debate/words.ts'
import { sideAndTeam, who } from './sides.ts'

/** "3rd" where the language writes it so, else the number. */
export function ordinal(n: number): string {
  if (language() !== 'en') return String(n)
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(n)
  return n + (kind === 'one' ? 'st' : kind === 'two' ? 'nd' : kind === 'few' ? 'rd' : 'th')
}

export function whyWords(why: Why | undefined, stances: boolean): string {
  if (!why) return ''
  return t(why === 'takes_turns' && stances ? 'talk_why_stances' : `talk_why_${why}`)
}

/** A person in a discussion: by name, else by what they are, else by a word. */
export function person(one: ShownSpeaker | ShownHand): string {
  if ('question' in one && one.question) return t('talk_written')
  return one.name ?? one.tag ?? t('talk_someone')
}

/** The phase in words; empty where nothing is to be said. */
export function phaseWords(live: LiveClock, debate: FloorDebate | undefined): string {
  return phaseText(debate?.format, live.phaseWord, live.phase)
}

/** The hand that speaks, or the one that is nearest to it. */
export function nearestHand(mine: MyDiscussion | undefined): MyHand | undefined {
  const hands = Object.values(mine?.hands ?? {})
  return hands.find(({ speaking }) => speaking) ?? hands.sort((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity))[0]
}

export function discussionSentence(floor: FloorDiscussion | undefined, mine: MyDiscussion | undefined): string {
  const hand = nearestHand(mine)
  if (hand?.speaking) return t(floor?.speaking?.hand === hand.hand ? 'talk_you_speak' : 'talk_interrupted')
  const speaks = floor?.speaking ? t('talk_speaks', { name: person(floor.speaking) }) : ''
  if (hand?.place === 1) return [speaks, t('talk_you_next')].filter(Boolean).join(' ')
  if (hand?.place) return [speaks, t('talk_place', { place: ordinal(hand.place) })].filter(Boolean).join(' ')
  return [speaks, t(floor?.closed ? 'talk_list_closed' : 'talk_can_raise')].filter(Boolean).join(' ')
}

export function debateSentence(floor: FloorDebate | undefined, mine: MyDebate | undefined, title: string): string {
  if (!floor) return t('talk_debate_soon', { title })
  if (mine?.speaking) return t('talk_you_speak')
  const parts: string[] = []
  if (floor.result) parts.push(t('talk_result_out'))
  else if (floor.stage === 'setup') parts.push(t('talk_debate_soon', { title }))
  else if (floor.stage === 'preparation') parts.push(t('talk_preparing'))
  else if (floor.stage === 'over') parts.push(t('talk_debate_over'))
  else if (floor.speaking) parts.push(t('talk_speaks', { name: who(floor, floor.speaking) }))
  else parts.push(t('now_other_only', { title: segmentName(floor.format, floor.segment) }))
  if (mine?.next) parts.push(t('talk_you_next'))
  if (floor.vote) parts.push(t('talk_vote_open'))
  return parts.join(' ')
}

/** "You speak for Proposition, Lyceum 6, as speaker 2." */
export function myPlace(debate: FloorDebate, mine: MyDebate): string {
  return t('talk_my_place', { side: sideAndTeam(debate, mine.side), n: mine.place ?? 1 })
}
