// @vitest-environment happy-dom
import { Doc, encodeStateAsUpdate } from 'yjs'
import { expect, test } from 'vitest'
import { toText } from '../../../lib/notes/base64.ts'
import { readNotes } from '../notes.ts'
import type { Table } from '../work.svelte.ts'
import { movedBy, nextOf, waitingOf } from './queue.ts'

const table = (number: number, more: Partial<Table> = {}): Table =>
  ({ id: `t${number}`, number, activity: 'a', members: {}, duties: {}, words: 0, lines: 0, cards: 0, people: 0, order: undefined, reported: false, ...more })
const numbers = (tables: readonly Table[]) => tables.map((one) => one.number)

test('tables report by their number until an order is set', () => {
  const tables = [table(1, { reported: true }), table(2), table(3)]
  expect(numbers(waitingOf(tables, undefined))).toEqual([2, 3])
  expect(nextOf(tables, 't2')?.number).toBe(3)
})

test('once an order is set only those in it come next; the rest stay on the wall', () => {
  const tables = [table(1), table(2, { order: 2 }), table(3, { order: 1 }), table(4)]
  expect(numbers(waitingOf(tables, undefined))).toEqual([3, 2, 1, 4])
  expect(nextOf(tables, undefined)?.number).toBe(3)
  expect(nextOf([table(1), table(3, { order: 1, reported: true })], undefined)).toBeUndefined()
})

test('a table moves one place among those that wait, and not beyond the ends', () => {
  const tables = [table(1), table(2), table(3)]
  expect(movedBy(tables, undefined, 't2', -1)).toEqual(['t2', 't1', 't3'])
  expect(movedBy(tables, undefined, 't3', 1)).toEqual(['t1', 't2', 't3'])
  expect(movedBy(tables, 't1', 't2', -1)).toEqual(['t2', 't3'])
})

test('notes are read from their updates in any order', async () => {
  const [one, other] = [new Doc(), new Doc()]
  one.getText('notes').insert(0, 'Ə: rampalar ')
  other.getText('notes').insert(0, '👍')
  const text = await readNotes([one, other].map((doc) => toText(encodeStateAsUpdate(doc))))
  expect(text).toContain('Ə: rampalar')
  expect(text).toContain('👍')
  expect(await readNotes([])).toBe('')
})
