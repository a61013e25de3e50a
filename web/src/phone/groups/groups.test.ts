import { beforeAll, describe, expect, test } from 'vitest'
import words from '../../i18n/en/phone_groups.json'
import ru from '../../i18n/ru/phone_groups.json'
import { install } from '../../i18n/index.svelte.ts'
import { asMessage } from '../../lib/notes/send.ts'
import type { FloorGroup, FloorWork, GroupCard } from '../../wire/index.ts'
import { dotsLeft, dotsOn, piles, settled, takeFrom } from './dots.ts'
import { reportLeft, waitingToReport } from './queue.ts'
import { gradeOf } from '../../lib/grades.ts'
import { Warner } from './timing.ts'
import { spoken } from './words.ts'

const MIN = 60_000

describe('the time at a table', () => {
  test('has a grade with words at five, two and one minute, half a minute, and when it is up', () => {
    expect([6 * MIN, 5 * MIN, 2 * MIN + 1_000, 2 * MIN, MIN, 31_000, 30_000, 900, 0, -9_000].map(gradeOf)).toEqual([
      undefined, 'min5', 'min5', 'min2', 'min1', 'min1', 'sec30', 'sec30', 'up', 'up',
    ])
  })

  test('is said once when a grade is crossed, and not to whoever comes in later', () => {
    const warner = new Warner()
    const ends = 10 * MIN
    const said = [4, 5, 6, 8, 8.5, 9, 9.5, 10, 10.5].map((minute) => warner.look(minute * MIN, ends))
    expect(said).toEqual([undefined, 'min5', undefined, 'min2', undefined, 'min1', 'sec30', 'up', undefined])
    expect(new Warner().look(9.2 * MIN, ends)).toBeUndefined()
  })

  test('says only the last of what a sleeping phone missed', () => {
    const warner = new Warner()
    warner.look(0, 10 * MIN)
    expect(warner.look(9.6 * MIN, 10 * MIN)).toBe('sec30')
  })

  test('tells that somebody gave more of it, and warns again', () => {
    const warner = new Warner()
    warner.look(9 * MIN, 10 * MIN)
    expect(warner.look(9 * MIN + 1_000, 12 * MIN)).toBe('changed')
    expect(warner.look(10 * MIN, 12 * MIN)).toBe('min2')
  })

  test('is silent when a timer is started or stopped', () => {
    const warner = new Warner()
    expect([undefined, 40_000, undefined].map((ends) => warner.look(0, ends))).toEqual([undefined, undefined, undefined])
  })
})

describe('what a screen reader hears at a change of tables', () => {
  const place = { number: 3, sign: 'blue circle', others: 4, duties: ['reporter'] as const, place: 'by the window' }
  beforeAll(() => install('en', words))

  test('says table, sign, company, place and duty in whole sentences', () => {
    expect(spoken('at', place)).toBe('You are at table 3, blue circle, with 4 others, by the window. You report back.')
    expect(spoken('go', { ...place, number: 5, duties: [] })).toBe('Now go to table 5, blue circle, with 4 others, by the window.')
    expect(spoken('stay', { ...place, others: 1, place: undefined, duties: ['scribe', 'timekeeper'] })).toBe(
      'You stay at table 3, blue circle, with 1 other. You keep the time. You write the notes.')
  })

  test('leaves out what there is not', () => {
    expect(spoken('at', { number: 7, sign: 'grey star', others: 0, duties: [] })).toBe('You are at table 7, grey star.')
    expect(spoken('at', { ...place, name: 'Parents' })).toContain('table 3, Parents, blue circle')
  })

  test('counts in Russian', () => {
    install('ru', ru)
    expect([1, 2, 5].map((others) => spoken('at', { ...place, others, duties: [] }))).toEqual([
      'Ваш стол: 3, blue circle, с вами ещё 1 человек, by the window.',
      'Ваш стол: 3, blue circle, с вами ещё 2 человека, by the window.',
      'Ваш стол: 3, blue circle, с вами ещё 5 человек, by the window.',
    ])
    install('en', words)
  })
})

describe('dots and cards', () => {
  const cards: Record<string, GroupCard> = {
    a: { text: 'A', at: 1, dots: 1 }, b: { text: 'B', at: 2, onto: 'a' }, c: { text: 'C', at: 3, dots: 5 }, d: { text: 'D', at: 4, onto: 'gone' },
  }

  test('the budget counts only dots on cards that are still there', () => {
    expect(dotsLeft(3, cards, { a: 1, gone: 2 })).toBe(2)
    expect(dotsLeft(3, cards, { a: 1, b: 2 })).toBe(0)
  })

  test('a pile carries the dots of all its cards, and gives them back from the top', () => {
    const [pile] = piles(cards, false)
    expect(pile).toMatchObject({ id: 'a', under: ['b'] })
    expect(dotsOn(pile!, { a: 1, b: 2 })).toBe(3)
    expect(takeFrom(pile!, { b: 2 })).toBe('b')
    expect(takeFrom(pile!, {})).toBeUndefined()
  })

  test('cards lie as they came, and by dots once those are shown', () => {
    expect(piles(cards, false).map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    expect(piles(cards, true).map(({ id }) => id)).toEqual(['c', 'a', 'd'])
  })

  test('nothing moves while somebody reads: what is new comes at the end', () => {
    expect(settled(['a', 'c', 'x'], ['c', 'n', 'a'], true)).toEqual(['a', 'c', 'n'])
    expect(settled(['a', 'c'], ['c', 'n', 'a'], false)).toEqual(['c', 'n', 'a'])
  })
})

describe('reporting back', () => {
  const group = (number: number, more: Partial<FloorGroup> = {}): FloorGroup => ({ activity: 'w', number, people: 4, ...more })
  const work: FloorWork = { how: 'mixed', state: 'ended', tables: 3, people: 12, round: 1, rounds: 1, turn_s: 120, reported: 1, reporting: 'two', report_ends_at: 90_000 }

  test('those wait who have not reported and do not report now, in their order', () => {
    const groups = { one: group(1, { order: 1, reported: true }), two: group(2, { order: 2 }), three: group(3, { order: 4 }), four: group(4, { order: 3 }), five: group(5), six: { ...group(6, { order: 1 }), activity: 'x' } }
    expect(waitingToReport(work, groups, 'w')).toEqual(['four', 'three'])
  })

  test('the clock of a report stands where it was stopped', () => {
    expect(reportLeft(work, 30_000)).toBe(60_000)
    expect(reportLeft({ ...work, report_left_ms: 42_000 }, 30_000)).toBe(42_000)
    expect(reportLeft({ ...work, reporting: undefined }, 30_000)).toBeUndefined()
  })
})

test('an update of the notes travels with its kind and its length', () => {
  const long = 'x'.repeat(300)
  expect(atob(asMessage(btoa('abc')))).toBe('\x02\x03abc')
  expect(atob(asMessage(btoa(long)))).toBe(`\x02\xac\x02${long}`)
})
