// The dots of one person on the cards of a table. The rule is the meeting's; this only says what is left to give.
import type { GroupCard } from '../../wire/index.ts'

export type Given = Readonly<Record<string, number>>
export interface Pile { id: string; card: GroupCard; under: readonly string[] }

/** Dots left: the budget less what lies on cards that are still there. */
export function dotsLeft(budget: number, cards: Readonly<Record<string, GroupCard>>, given: Given): number {
  return budget - Object.keys(cards).reduce((sum, id) => sum + (given[id] ?? 0), 0)
}

/** One's own dots on a pile: on its top and on all that lies under it. */
export function dotsOn({ id, under }: Pile, given: Given): number {
  return [id, ...under].reduce((sum, one) => sum + (given[one] ?? 0), 0)
}

/** The card of a pile from which a dot can be taken back: the top first. */
export function takeFrom({ id, under }: Pile, given: Given): string | undefined {
  return [id, ...under].find((one) => (given[one] ?? 0) > 0)
}

/** Cards as they lie: each top with what is under it, oldest first, or by dots where those are shown. */
export function piles(cards: Readonly<Record<string, GroupCard>>, shown: boolean): Pile[] {
  const all = Object.entries(cards).sort(([, a], [, b]) => a.at - b.at)
  const tops = all.filter(([, card]) => !card.onto || !cards[card.onto])
  const lying = tops.map(([id, card]) => ({ id, card, under: all.filter(([, other]) => other.onto === id).map(([other]) => other) }))
  return shown ? lying.sort((a, b) => (b.card.dots ?? 0) - (a.card.dots ?? 0) || a.card.at - b.card.at) : lying
}

/** The order on the screen: as it should be, or, while somebody reads, as it was with new ones at the end. */
export function settled(order: readonly string[], fresh: readonly string[], isRead: boolean): readonly string[] {
  if (!isRead) return fresh
  const kept = order.filter((id) => fresh.includes(id))
  return [...kept, ...fresh.filter((id) => !kept.includes(id))]
}
