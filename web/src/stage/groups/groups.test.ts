import { describe, expect, test } from 'vitest'
import type { Floor, FloorGroup, FloorWork } from '../../wire/index.ts'
import { pack, pageAt, pagesOf, PAGE_MS } from './paging.ts'
import { scene, shownOf } from './scene.ts'
import { figures, warning } from './time.ts'

const table = (number: number, more: Partial<FloorGroup> = {}): FloorGroup => ({ activity: 'g', number, people: 5, ...more })

function floor(work: Partial<FloorWork>, groups: Record<string, FloorGroup> = { one: table(1), two: table(2), three: table(3) }): Floor {
  return {
    meeting: { title: 'Inclusive schools', code: '473096', state: 'live', stage: 'g' },
    agenda: { g: { kind: 'groups', title: 'Group work', state: 'open', rank: 1 } },
    works: { g: { how: 'mixed', state: 'working', tables: 3, people: 15, round: 1, rounds: 1, turn_s: 120, reported: 0, ...work } },
    groups, reports: {}, discussions: {}, debates: {}, questions: {}, here: 0, asked: 0, listed: 0, merged: 0, dismissed: 0,
  }
}
const numbers = (list: { number: number }[]): number[] => list.map(({ number }) => number)

describe('group work on the stage', () => {
  test('until somebody sits, tables are being made', () => {
    expect(scene(floor({ state: 'planning', round: 0 }), 'g')).toEqual({ is: 'making' })
  })

  test('once published people find their tables by number, until a clock runs or a table is ready', () => {
    const shown = scene(floor({}, { b: table(2), other: table(1, { activity: 'x' }), a: table(1) }), 'g')
    expect(shown.is === 'seats' && numbers(shown.tables)).toEqual([1, 2])
    expect(scene(floor({ ends_at: 9 }), 'g').is).toBe('work')
    expect(scene(floor({}, { one: table(1, { ready: true }) }), 'g').is).toBe('work')
  })

  test('where people choose, free places are shown', () => {
    expect(scene(floor({ how: 'self_chosen' }), 'g')).toMatchObject({ is: 'seats', choose: true })
  })

  test('tables that are ready or ended stand together', () => {
    const shown = scene(floor({ ends_at: 9, task: 'Barriers' }, { one: table(1, { ready: true }), two: table(2), three: table(3, { ended: true }) }), 'g')
    expect(shown.is === 'work' && numbers(shown.ready)).toEqual([1, 3])
  })

  test('the count-down hides the clock that runs', () => {
    expect(scene(floor({ ends_at: 9, ending_at: 5 }), 'g')).toEqual({ is: 'ending', at: 5 })
  })

  test('who reports stands above the next two, in their order and then by number, without empty tables', () => {
    const groups = { one: table(1), two: table(2), three: table(3), four: table(4, { order: 1 }), five: table(5, { reported: true }), six: table(6, { people: 0 }) }
    const shown = scene(floor({ state: 'ended', reporting: 'two', reported: 1 }, groups), 'g')
    expect(shown.is === 'report' && shown.table.number).toBe(2)
    expect(shown.is === 'report' && numbers(shown.next)).toEqual([4, 1])
  })

  test('between two reports the next ones are named; without any order the work is simply over', () => {
    expect(scene(floor({ state: 'ended', reported: 1 }), 'g').is).toBe('between')
    expect(scene(floor({ state: 'ended' }), 'g')).toEqual({ is: 'done', reported: 0 })
    expect(scene(floor({ state: 'ended', reported: 1 }, { one: table(1, { reported: true }) }), 'g')).toEqual({ is: 'done', reported: 1 })
  })

  test('a report begins with its answers, then its cards by place, then its notes', () => {
    const shown = shownOf({ activity: 'g', lines: { 2: { label: 'Do', text: 'b' }, 1: { label: 'Barrier', text: 'a' } }, cards: { x: { text: 'second', place: 2 }, y: { text: 'first', place: 1, dots: 3, also: 2 } }, notes: 'n' })
    expect(shown.map(({ text }) => text)).toEqual(['a', 'b', 'first', 'second', 'n'])
    expect(shownOf(undefined)).toEqual([])
  })
})

describe('time', () => {
  test.each([[700_000, '11:40', 'none'], [300_000, '5:00', 'five'], [120_000, '2:00', 'two'], [60_000, '1:00', 'one'], [29_001, '0:30', 'half'], [0, '+0:00', 'over'], [-12_500, '+0:12', 'over'], [3_905_000, '1:05:05', 'none']] as const)(
    '%i ms are %s, said as %s', (left, text, words) => {
      expect(figures(left)).toBe(text)
      expect(warning(left)).toBe(words)
    },
  )
})

describe('pages', () => {
  test('are as even as can be', () => {
    expect(pagesOf([1, 2, 3, 4, 5, 6, 7], 6).map((page) => page.length)).toEqual([4, 3])
    expect(pagesOf([], 6)).toEqual([[]])
    expect(pagesOf(Array.from({ length: 100 }), 6)).toHaveLength(17)
  })

  test('take what fits, and a page alone for what is higher', () => {
    expect(pack([40, 40, 40, 200, 10], 100)).toEqual([0, 0, 1, 2, 3])
  })

  test('turn by the clock, from where a key turned to, and come round again', () => {
    expect(pageAt(PAGE_MS - 1, 3, 0)).toBe(0)
    expect(pageAt(PAGE_MS, 3, 0)).toBe(1)
    expect(pageAt(0, 3, -1)).toBe(2)
    expect(pageAt(PAGE_MS, 3, 2)).toBe(0)
  })
})
