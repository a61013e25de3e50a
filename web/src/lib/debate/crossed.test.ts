import { describe, expect, test } from 'vitest'
import type { Clock } from '../../wire/index.ts'
import { Crossed, type Crossing } from './crossed.ts'

const T = 1_000_000
const bells = [{ at: 60_000, rings: 1 }, { at: 420_000, rings: 2 }]
const clock = (more: Partial<Clock> = {}): Clock => ({ state: 'running', spent: 0, since: T, length: 420_000, bells, ...more }) as Clock
const rung = (crossed: Crossing[]): number[] => crossed.flatMap((one) => ('bell' in one ? [one.bell.at / 1_000] : []))
const told = (crossed: Crossing[]): string[] => crossed.flatMap((one) => ('milestone' in one ? [one.milestone] : []))

describe('a bell rings', () => {
  test('once, when it is crossed while one looks', () => {
    const crossed = new Crossed()
    const one = clock()
    expect(rung(crossed.look(one, T + 59_000))).toEqual([])
    expect(rung(crossed.look(one, T + 60_002))).toEqual([60])
    expect(rung(crossed.look(one, T + 61_000))).toEqual([])
  })

  test('not on a page that was opened later', () => {
    const crossed = new Crossed()
    const one = clock()
    expect(crossed.look(one, T + 60_500)).toEqual([])
    expect(crossed.look(one, T + 61_000)).toEqual([])
  })

  test('not when the page slept through it', () => {
    const crossed = new Crossed()
    const one = clock()
    crossed.look(one, T + 50_000)
    expect(rung(crossed.look(one, T + 63_000))).toEqual([])
  })

  test('when the server says first that it stopped there', () => {
    const pausing = [{ at: 60_000, rings: 1, pause: true }]
    const crossed = new Crossed()
    crossed.look(clock({ bells: pausing }), T + 59_980)
    expect(rung(crossed.look(clock({ bells: pausing, state: 'paused', spent: 60_000, since: undefined } as Partial<Clock>), T + 59_990))).toEqual([60])
  })

  test('only once when the time is learned better and it is crossed again', () => {
    const crossed = new Crossed()
    const one = clock()
    crossed.look(one, T + 59_000)
    expect(rung(crossed.look(one, T + 60_001))).toEqual([60])
    expect(rung(crossed.look(one, T + 59_940))).toEqual([])
    expect(rung(crossed.look(one, T + 60_003))).toEqual([])
  })

  test('not when the chair puts the time forward or goes to another speech', () => {
    const crossed = new Crossed()
    crossed.look(clock(), T + 40_000)
    expect(rung(crossed.look(clock({ spent: 70_000, since: T + 40_100 }), T + 40_100))).toEqual([])
    expect(rung(crossed.look(clock({ spent: 0, state: 'ready', since: undefined } as Partial<Clock>), T + 41_000))).toEqual([])
  })

  test('in what was spoken until a pause', () => {
    const crossed = new Crossed()
    crossed.look(clock(), T + 59_900)
    expect(rung(crossed.look(clock({ state: 'paused', spent: 60_050, since: undefined } as Partial<Clock>), T + 60_060))).toEqual([60])
  })
})

test('milestones are told once each, in their time', () => {
  const crossed = new Crossed()
  const one = clock({ bells: [] })
  const heard: string[] = []
  for (let at = 0; at <= 480_000; at += 1_000) heard.push(...told(crossed.look(one, T + at)))
  expect(heard).toEqual(['half', 'minute', 'thirty', 'ten', 'up', 'over'])
})
