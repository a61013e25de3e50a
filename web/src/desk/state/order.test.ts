import { expect, test } from 'vitest'
import type { Floor, Question } from '../../wire/index.ts'
import { byRank, inOrder, oldestFirst } from './order.ts'

const asked = (at: number, more: Partial<Question> = {}): Question => ({ activity: 'a', text: '', state: 'listed', at, ...more })
const floor = (questions: Record<string, Question>) => ({ questions }) as unknown as Floor
const hall = floor({
  one: asked(1, { votes: 2, fair: 3, rank: 9 }),
  two: asked(2, { votes: 7, fair: 1 }),
  three: asked(3, { votes: 2, fair: 2, rank: 1 }),
  other: asked(0, { activity: 'b', votes: 99 }),
  done: asked(0, { state: 'answered', votes: 99 }),
})
const votes = (id: string) => hall.questions[id]?.votes
const order = (how: 'top' | 'new' | 'fair' | 'own') => inOrder(hall, 'a', ['listed'], how, votes).map((one) => one.id)

test('most wanted first, the earlier one where votes are equal', () => expect(order('top')).toEqual(['two', 'one', 'three']))
test('newest first', () => expect(order('new')).toEqual(['three', 'two', 'one']))
test('fair is the place that the server gave', () => expect(order('fair')).toEqual(['two', 'three', 'one']))
test('own is the rank, what has none stands behind', () => expect(order('own')).toEqual(['three', 'one', 'two']))
test('hidden counts are those the desk knows', () =>
  expect(inOrder(hall, 'a', ['listed'], 'top', (id) => ({ three: 5 })[id] ?? 0).map((one) => one.id)).toEqual(['three', 'one', 'two']))
test('what waited longest stands first', () => expect(oldestFirst({ late: { at: 9 }, early: { at: 1 } }).map((one) => one.id)).toEqual(['early', 'late']))
test('the agenda goes by rank', () => expect(byRank({ b: { rank: 2 }, a: { rank: 1 } }).map((one) => one.id)).toEqual(['a', 'b']))
