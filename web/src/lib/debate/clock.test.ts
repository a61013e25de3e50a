import { describe, expect, test } from 'vitest'
import type { Clock, ClockBell } from '../../wire/index.ts'
import { digits, due, hasPoints, isOver, milestones, nextBell, nextChange, phase, phaseWord, points, share, shown, state } from './clock.ts'

const T = 1_000_000
const bell = (at_s: number, rings: number, more: Partial<ClockBell> = {}): ClockBell => ({ at: at_s * 1_000, rings, ...more })
/** A speech of seven minutes, as in British Parliamentary. */
const BELLS = [bell(60, 1, { phase: 'pois-allowed', points: true }), bell(360, 1, { phase: 'warning' }), bell(420, 2, { phase: 'overtime' }), bell(435, 3)]
const clock = (more: Partial<Clock> = {}): Clock => ({ state: 'running', spent: 0, since: T, length: 420_000, bells: BELLS, ...more }) as Clock

describe('what a clock shows', () => {
  test('it goes on from the last word of the server', () => {
    expect(shown(clock(), T + 61_250)).toBe(61_250)
    expect(shown(clock({ spent: 30_000 }), T + 1_000)).toBe(31_000)
  })

  test('a time of ours that is still behind takes nothing away', () => {
    expect(shown(clock({ spent: 30_000 }), T - 80)).toBe(30_000)
  })

  test('paused, waiting for the interpreter, ready or done it stands', () => {
    for (const stands of ['paused', 'interpreting', 'ready', 'done'] as const) {
      const one = clock({ state: stands, spent: 5_000, since: undefined } as Partial<Clock>)
      expect(shown(one, T + 99_000)).toBe(5_000)
      expect(state(one, T + 99_000)).toBe(stands)
    }
  })

  test('it stops by itself at the bell that pauses, and goes past it once resumed', () => {
    const bells = [bell(10, 1, { pause: true }), bell(20, 1)]
    const one = clock({ bells })
    expect(shown(one, T + 12_000)).toBe(10_000)
    expect(state(one, T + 9_999)).toBe('running')
    expect(state(one, T + 12_000)).toBe('paused')
    expect(nextChange(one, T + 12_000)).toBeUndefined()
    const resumed = clock({ bells, spent: 10_000, since: T + 30_000 })
    expect(shown(resumed, T + 31_000)).toBe(11_000)
    expect(state(resumed, T + 31_000)).toBe('running')
  })

  test('past its length it is over, running or not', () => {
    expect(state(clock(), T + 420_000)).toBe('overtime')
    expect(isOver(clock({ state: 'paused', spent: 430_000 }), T)).toBe(true)
    expect(isOver(clock({ length: 0 }), T + 9_999_999)).toBe(false)
  })

  test('where a bar is shown, units are thousandths at the rate of the speaker', () => {
    const bar = clock({ bar: true, length: 1_000, rate: Math.round((1_000 / 525_000) * 1e9), bells: [{ at: 143, rings: 1 }, { at: 857, rings: 1 }] })
    expect(shown(bar, T + 262_500)).toBeCloseTo(500, 1)
    expect(share(bar, T + 262_500)).toBeCloseTo(0.5, 3)
    expect(digits(bar, T, 'down')).toBeUndefined()
    expect(due(bar, 857)).toBeCloseTo(T + 449_925, -1)
    expect(milestones(bar).map(({ is }) => is)).toEqual(['half', 'up'])
  })
})

describe('figures', () => {
  test.each([
    ['down', 0, '7:00', 'left'], ['down', 1, '7:00', 'left'], ['down', 1_000, '6:59', 'left'], ['down', 419_999, '0:01', 'left'], ['down', 420_000, '+0:00', 'over'], ['down', 432_999, '+0:12', 'over'],
    ['up', 999, '0:00', 'spoken'], ['up', 61_000, '1:01', 'spoken'], ['up', 432_000, '+0:12', 'over'],
  ] as const)('counting %s after %i ms: %s %s', (counts, ms, text, says) => {
    expect(digits(clock(), T + ms, counts)).toEqual({ text, says })
  })

  test('without an end it counts up', () => {
    expect(digits(clock({ length: 0 }), T + 3_661_000, 'down')).toEqual({ text: '1:01:01', says: 'spoken' })
  })

  test('it is looked at again when a second changes, not before, and when something rings', () => {
    expect(nextChange(clock(), T + 250)).toBe(T + 1_000)
    expect(nextChange(clock({ length: 420_500 }), T + 250)).toBe(T + 500)
    expect(nextChange(clock({ bells: [{ at: 1_300, rings: 1 }] }), T + 1_100)).toBe(T + 1_300)
    expect(nextChange(clock({ state: 'paused' }), T)).toBeUndefined()
  })
})

describe('phases and points', () => {
  test.each([
    [0, 'normal', false, 'protected'], [59_999, 'normal', false, 'protected'], [60_000, 'pois-allowed', true, 'points'], [359_999, 'pois-allowed', true, 'points'],
    [360_000, 'warning', false, 'last_minute'], [420_000, 'overtime', false, 'over'], [440_000, 'overtime', false, 'over'],
  ] as const)('after %i ms: %s', (ms, id, open, word) => {
    expect(phase(clock(), T + ms)).toBe(id)
    expect(points(clock(), T + ms)).toBe(open)
    expect(phaseWord(clock(), T + ms)).toBe(word)
  })

  test('a speech without points has no protected time', () => {
    expect(phaseWord(clock({ bells: [bell(360, 1, { phase: 'warning' })] }), T)).toBe('none')
    expect(hasPoints(clock({ bells: [] }))).toBe(false)
  })

  test('the last minute is only said where it is one', () => {
    const late = clock({ length: 120_000, bells: [bell(105, 1, { phase: 'warning' })] })
    expect(phaseWord(late, T + 106_000)).toBe('ending')
  })

  test('a format’s own phase is named by the format, and time is up without a bell too', () => {
    expect(phaseWord(clock({ phase: 'rebuttal' }), T)).toBe('own')
    expect(phase(clock({ bells: [] }), T + 420_000)).toBe('overtime')
  })

  test('a bell that says nothing of points changes nothing about them', () => {
    const one = clock({ bells: [bell(10, 0, { points: true }), bell(20, 1)] })
    expect(points(one, T + 25_000)).toBe(true)
  })
})

describe('bells and milestones', () => {
  test('the next bell is the next one that is heard, and when', () => {
    expect(nextBell(clock({ bells: [bell(10, 0), bell(20, 2)] }), T + 5_000)).toEqual({ bell: bell(20, 2), wait_ms: 15_000 })
    expect(nextBell(clock({ state: 'paused', spent: 5_000 }), T)).toEqual({ bell: BELLS[0] })
    expect(nextBell(clock(), T + 500_000)).toBeUndefined()
  })

  test('behind a bell that pauses nothing is due yet', () => {
    expect(nextBell(clock({ bells: [bell(10, 0, { pause: true }), bell(20, 1)] }), T)).toEqual({ bell: bell(20, 1) })
  })

  test('six are told, and of short times only those that say something', () => {
    expect(milestones(clock()).map(({ is, at }) => [is, at / 1_000])).toEqual([['half', 210], ['minute', 360], ['thirty', 390], ['ten', 410], ['up', 420], ['over', 450]])
    expect(milestones(clock({ length: 60_000 })).map(({ is }) => is)).toEqual(['thirty', 'ten', 'up', 'over'])
    expect(milestones(clock({ length: 0 }))).toEqual([])
  })
})
