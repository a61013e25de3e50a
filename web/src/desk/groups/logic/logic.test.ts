// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { readPart } from '../../../../build/catalogues.ts'
import { install, type Words } from '../../../i18n/index.svelte.ts'
import { accountSays, impossibleSays } from './account.ts'
import { folded, matched, rows } from './csv.ts'
import { signOfLife } from './life.ts'
import { byLot, sumOf, tablesFor } from './sum.ts'

const speak = (language: string) =>
  install(language, Object.assign({}, ...['common', 'desk', 'desk_groups'].map((part) => readPart('src/i18n', language, part))) as Record<string, Words>)
beforeEach(() => speak('en'))

describe('the sum of reporting back', () => {
  test('21 tables of two minutes are 42 minutes, and do not fit into 20', () => {
    const sum = sumOf(21, 120, 20 * 60)
    expect(sum.need_s).toBe(42 * 60)
    expect(sum.fits).toBe(false)
    expect(sum.offers).toEqual([{ kind: 'shorter', turn_s: 45 }, { kind: 'one_point', turn_s: 30 }, { kind: 'lot', tables: 10 }])
  })
  test('what it offers fits', () => {
    for (let tables = 2; tables < 101; tables += 7) {
      for (const have of [300, 600, 1200, 2400]) {
        for (const offer of sumOf(tables, 180, have).offers) expect(offer.kind === 'lot' ? offer.tables * 180 : offer.turn_s * tables).toBeLessThanOrEqual(have)
      }
    }
  })
  test('offers nothing when it fits, or when nobody said how long there is', () => {
    expect(sumOf(9, 120, 20 * 60)).toEqual({ need_s: 1080, fits: true, offers: [] })
    expect(sumOf(9, 120, 0).offers).toEqual([])
  })
  test('shares people out by size, or takes the number that was set', () => {
    expect(tablesFor(104, 0, 5)).toBe(21)
    expect(tablesFor(104, 12, 5)).toBe(12)
    expect(tablesFor(0, 0, 5)).toBe(0)
    expect(tablesFor(2, 0, 5)).toBe(1)
  })
  test('a lot draws each once', () => {
    expect(byLot([1, 2, 3, 4], 2, () => 0)).toEqual([2, 3])
    expect(byLot([1, 2, 3], 3).sort()).toEqual([1, 2, 3])
  })
})

describe('signs of life', () => {
  test('are words', () => {
    const now = 1_000_000
    expect(signOfLife(undefined, now)).toBe('nothing written yet')
    expect(signOfLife(now - 4_000, now)).toBe('writing now')
    expect(signOfLife(now - 24_000, now)).toBe('wrote 20 s ago')
    expect(signOfLife(now - 3 * 60_000 - 5_000, now)).toBe('quiet 3 min')
    // A clock that runs behind the server's makes no nonsense.
    expect(signOfLife(now + 5_000, now)).toBe('writing now')
  })
})

describe('a list of names and tables', () => {
  const people = [
    { seat: 'a', name: 'Leyla Əliyeva' }, { seat: 'b', name: 'Murad' }, { seat: 'c', name: 'Anna' }, { seat: 'd', name: 'anna' }, { seat: 'e' }, { seat: 'f', name: 'Пётр Иванов' },
  ]
  test('is read with commas, semicolons, tabs, quotes, titles and Windows line ends', () => {
    expect(rows('\uFEFFName,Table\r\n"Əliyeva, Leyla",3\r\nMurad,4\r\n')).toEqual([{ name: 'Əliyeva, Leyla', table: '3' }, { name: 'Murad', table: '4' }])
    expect(rows('Masa;Ad\n1;Leyla')).toEqual([{ name: 'Leyla', table: '1' }])
    expect(rows('Leyla\t2\n\n \t \nMurad\t1')).toEqual([{ name: 'Leyla', table: '2' }, { name: 'Murad', table: '1' }])
    expect(rows('"She said ""hi""",1')).toEqual([{ name: 'She said "hi"', table: '1' }])
    expect(rows('')).toEqual([])
  })
  test('finds people whatever the case, marks and order of their names', () => {
    expect(folded('ƏLİYEVA,  Leyla')).toBe(folded('Leyla Əliyeva'))
    const found = matched(rows('eliyeva leyla,3\nMURAD,3\nПетр Иванов,1'), people)
    expect(found.fixed).toEqual({ a: 3, b: 3, f: 1 })
    expect(found.tables).toBe(3)
  })
  test('says who was not found, who could be several, and who has no table', () => {
    const found = matched(rows('Nobody,1\nAnna,2\nMurad,'), people)
    expect(found).toMatchObject({ fixed: {}, unknown: ['Nobody'], several: ['Anna'], without: ['Murad'] })
  })
  test('takes tables by name and numbers them in their order', () => {
    const found = matched(rows('Leyla Əliyeva,Window\nMurad,Door\nПетр Иванов,Window'), people)
    expect(found.fixed).toEqual({ a: 1, b: 2, f: 1 })
    expect(found.names).toEqual({ 1: 'Window', 2: 'Door' })
    expect(matched(rows('Murad,Table 7'), people).fixed).toEqual({ b: 7 })
  })
})

describe('what a plan reaches', () => {
  const account = [
    { sizes: { least: 4, most: 5, even: true } }, { nobody_meets_twice: {} }, { spread: { tag: 'teacher', least: 1, most: 2 } },
    { missing: { tag: 'parent', sittings: 2, of: 21 } }, { something_new: { n: 1 } }, { together: { sets: 1 } }, null, { spread: { tag: 3, least: 1, most: 1 } },
  ]
  test('is said in sentences; what is not known is left out', () => {
    expect(accountSays(account, 3)).toEqual([
      '4 to 5 people at a table', 'Nobody sits with the same person twice', 'Every table has 1–2: teacher', 'Over all rounds: 2 of 21 tables have nobody from: parent', '1 set sits together, as you asked',
    ])
  })
  test('says nothing of meeting twice when there is one round', () => {
    expect(accountSays([{ nobody_meets_twice: {} }, { no_table_twice: {} }], 1)).toEqual([])
  })
  test('bends its words in every language', () => {
    speak('ru')
    expect(accountSays([{ meet_again: { times: 4, pairs: 3 } }, { meet_again: { times: 5, pairs: 5 } }], 2)).toEqual(['3 пары встретятся снова', '5 пар встретятся снова'])
    speak('az')
    expect(accountSays([{ meet_again: { times: 4, pairs: 3 } }], 2)).toEqual(['3 cüt yenidən görüşür'])
  })
  test('has a sentence for every kind the planner knows', () => {
    const figures = { least: 1, most: 2, even: false, times: 2, pairs: 2, tag: 'teacher', language: 'az', sittings: 1, of: 3, sets: 1, people: 2 }
    const kinds = ['sizes', 'nobody_meets_twice', 'meet_again', 'meet_by_rule', 'spread', 'missing', 'nobody_alone', 'alone_with_tag', 'cut_off', 'only_speaker', 'shared_language', 'no_table_twice', 'table_again', 'together', 'apart', 'step_free', 'hosts']
    for (const language of ['en', 'az', 'ru']) {
      speak(language)
      const says = accountSays(kinds.map((kind) => ({ [kind]: figures })), 3)
      expect(says).toHaveLength(kinds.length)
      for (const sentence of says) expect(sentence).not.toMatch(/[{}]|desk_g/)
    }
  })
  test('a rule that cannot be met is named, with the people', () => {
    const who = (person: unknown) => (person === 'x' ? 'Leyla' : person === 'y' ? 'Murad' : undefined)
    expect(impossibleSays({ together_and_apart: { one: 'x', other: 'y' } }, who)).toBe('Leyla and Murad are to sit together and also never at one table.')
    expect(impossibleSays({ too_many_apart: { people: 9, tables: 4 } }, who)).toBe('9 people are never to share a table, but there are only 4 tables.')
    expect(impossibleSays({ no_seating: { rules: ['together', 'step_free'], proved: true } }, who)).toContain('Sit together + Needs a table without steps')
    expect(impossibleSays({ brand_new: {} }, who)).toBe('These rules cannot all be met. Take one away and try again.')
    expect(impossibleSays(undefined, who)).toContain('Take one away')
  })
})

test('the one-tap plans name words that are there', () => {
  const words = JSON.parse(readFileSync('src/i18n/en/desk_groups.json', 'utf8')) as Record<string, string>
  const source = readFileSync('src/desk/groups/plans.ts', 'utf8')
  for (const [, key] of source.matchAll(/'(desk_g_\w+)'/g)) expect(words[key!]).toBeTruthy()
})
