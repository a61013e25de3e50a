import { expect, test, vi } from 'vitest'
import { tune } from './tune.ts'

test('the time is asked for eight times in the first four seconds, then no more', () => {
  vi.useFakeTimers()
  const asked: number[] = []
  const start = Date.now()
  tune({ ping: () => asked.push(Date.now() - start) })
  vi.advanceTimersByTime(60_000)
  expect(asked).toHaveLength(8)
  expect(asked.at(-1)).toBeLessThanOrEqual(4_000)
  const stop = tune({ ping: () => asked.push(0) })
  stop()
  vi.advanceTimersByTime(60_000)
  expect(asked).toHaveLength(8)
  vi.useRealTimers()
})
