import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Clock } from '../../wire/index.ts'
import { LiveClock } from './live.svelte.ts'

const clock = (more: Partial<Clock> = {}): Clock => ({ state: 'running', spent: 0, since: Date.now(), length: 420_000, bells: [{ at: 60_000, rings: 1 }], ...more }) as Clock

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('it goes by itself, rings on time, stands when told so, and leaves no timer behind', () => {
  let given = $state.raw<Clock | undefined>(clock())
  const rung: number[] = []
  const start = Date.now()
  let live!: LiveClock
  const end = $effect.root(() => {
    live = new LiveClock(() => given, Date.now, { bell: () => rung.push(Date.now() - start) })
  })
  flushSync()
  expect(live.digits('down')?.text).toBe('7:00')
  vi.advanceTimersByTime(1_000)
  expect(live.digits('down')?.text).toBe('6:59')
  vi.advanceTimersByTime(59_500)
  expect(rung).toHaveLength(1)
  expect(Math.abs(rung[0]! - 60_000)).toBeLessThan(10)
  given = clock({ state: 'paused', spent: 61_000, since: undefined } as Partial<Clock>)
  flushSync()
  expect(live.digits('down')?.text).toBe('5:59')
  expect(vi.getTimerCount()).toBe(0)
  given = clock({ spent: 61_000 })
  flushSync()
  vi.advanceTimersByTime(2_000)
  expect(live.digits('down')?.text).toBe('5:57')
  end()
  expect(vi.getTimerCount()).toBe(0)
})

test('many clocks share one timer that wakes once a second', () => {
  const given = clock({ bells: [] })
  const end = $effect.root(() => {
    for (let n = 0; n < 20; n++) new LiveClock(() => given, Date.now)
  })
  flushSync()
  expect(vi.getTimerCount()).toBe(1)
  const asked = vi.spyOn(globalThis, 'setTimeout')
  vi.advanceTimersByTime(10_000)
  expect(asked.mock.calls.length).toBeLessThanOrEqual(12)
  end()
})

test('a page seen again shows the time of now and does not ring for what it slept through', () => {
  const rung: number[] = []
  const given = clock()
  let live!: LiveClock
  let asleep = 0
  const end = $effect.root(() => {
    live = new LiveClock(() => given, () => Date.now() + asleep, { bell: ({ at }) => rung.push(at) })
  })
  flushSync()
  asleep = 90_000
  document.dispatchEvent(new Event('visibilitychange'))
  expect(live.digits('down')?.text).toBe('5:30')
  expect(rung).toEqual([])
  end()
})
