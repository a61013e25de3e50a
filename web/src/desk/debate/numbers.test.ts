import { describe, expect, test } from 'vitest'
import type { Bell, Format, Segment } from '../../wire/index.ts'
import { shares } from '../discussion/balance.ts'
import { atOf, fromOf, move, newSegment, ready, saidOf, stretch, wrongIn } from './format/draft.ts'
import { minutesOf, seconds, span } from './formats.ts'
import { gain, hundredths } from './judging/hundredths.ts'

const bell = (at_s: number, rings = 1): Bell => ({ at_s, rings, pause: false, phase: '' })
const speech = (length_s: number, bells: Bell[] = []): Segment => ({ ...newSegment(undefined), name: 'Speech', length_s, bells })
const format = (segments: Segment[]): Format => ({
  id: 'oxford', name: 'Oxford', names: {}, source: '', sides: [], speakers: 2, counts: 'down', bank_s: 0, points: { from_seats: false, length_s: 15, offer_s: 10 },
  overtime: { first_s: 15, every_s: 15, rings: 3 }, phases: {}, segments, audience_vote: false, scored_by: '',
})

describe('lengths as people write them', () => {
  test.each([['7:00', 420], ['7', 420], ['0:45', 45], [' 12:05 ', 725], ['0', 0]])('%s is %i seconds', (text, all) => expect(seconds(text)).toBe(all))
  test.each(['', 'seven', '7:60', '1:2:3', '7.5'])('"%s" is none', (text) => expect(seconds(text)).toBeUndefined())
  test('what is read is written the same', () => expect(span(seconds('7:00')!)).toBe('7:00'))
})

test('the whole time of a format has its preparation and is rounded up to minutes', () => {
  expect(minutesOf({ segments: [speech(400), speech(400)], preparation: speech(900) })).toBe(29)
})

describe('a bell', () => {
  test.each([[60, 'start', 60], [420, 'end', 0], [435, 'past', 15]] as const)('at %i s of 420 is read as %s %i', (at, from, said) => {
    expect(fromOf(bell(at), 420)).toBe(from)
    expect(saidOf(bell(at), 420, from)).toBe(said)
    expect(atOf(said, 420, from)).toBe(at)
  })
  test('near the end goes along when the length changes, one near the start stays', () => {
    const one = speech(420, [bell(60), bell(360), bell(420, 2)])
    stretch(one, 300)
    expect(one.bells.map((each) => each.at_s)).toEqual([60, 240, 300])
    expect(one.length_s).toBe(300)
  })
})

describe('a segment that cannot be sent as it stands', () => {
  test('has no name, no length, two bells at once, one at the very beginning, or 61 rings', () => {
    expect(wrongIn({ ...speech(0), name: ' ' })).toEqual(['no_name', 'no_length'])
    expect(wrongIn(speech(60, [bell(30), bell(30)]))).toEqual(['bell_twice'])
    expect(wrongIn(speech(60, [bell(0)]))).toEqual(['bell_zero'])
    expect(wrongIn(speech(60, [bell(60, 61)]))).toEqual(['rings'])
    expect(wrongIn(speech(60, [bell(60, 60)]))).toEqual([])
  })
})

test('a changed built-in format has a name of its own and its bells in order', () => {
  const sent = ready(format([speech(60, [bell(60), bell(30)])]), ['oxford'])
  expect(sent.id).toBe('own-oxford')
  expect(sent.segments[0]!.bells.map((each) => each.at_s)).toEqual([30, 60])
})

test('moving stops at both ends', () => {
  const list = ['a', 'b', 'c']
  expect(move(list, 0, -1)).toBe(false)
  expect(move(list, 0, 2)).toBe(true)
  expect(list).toEqual(['b', 'c', 'a'])
})

describe('who has spoken how long', () => {
  const spoken = { teacher: { ms: 60_000, turns: 2 }, parent: { ms: 20_000, turns: 1 } }
  test('in whole percent, the longest first', () => {
    expect(shares(spoken, 0, []).map(({ id, percent }) => [id, percent])).toEqual([['teacher', 75], ['parent', 25]])
  })
  test('a speech that runs counts for everything its speaker is', () => {
    expect(shares(spoken, 40_000, ['parent'])[0]).toEqual({ id: 'parent', ms: 60_000, turns: 1, percent: 50 })
  })
  test('nobody has any share of nothing', () => expect(shares({ parent: { ms: 0, turns: 0 } }, 0, [])[0]!.percent).toBe(0))
})

test('marks and gains are read in tens, not hundredths', () => {
  expect([hundredths(7_550), hundredths(7_600)]).toEqual(['75.5', '76'])
  expect([gain(120), gain(-35), gain(0)]).toEqual(['+12', '−3.5', '0'])
})
