import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Lease } from './lease.ts'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

test('two tabs never write to the same device', () => {
  const [one, other] = [new Lease('s').take(), new Lease('s').take()]
  expect(one.device).not.toBe(other.device)
  expect(one.alias).not.toBe(other.alias)
  expect(one.alias).not.toBe(one.device)
})

test('a reload gets its device back', () => {
  const before = new Lease('s')
  const device = before.take()
  before.release()
  expect(new Lease('s').take()).toEqual(device)
})

test('a tab that died is adopted when its lease has run out, a living one never', () => {
  const dead = new Lease('s')
  const device = dead.take()
  vi.advanceTimersByTime(60_000) // alive: it renews
  expect(new Lease('s').take()).not.toEqual(device)

  const later = Date.now() + 13_000
  vi.clearAllTimers() // dead: nothing renews
  vi.setSystemTime(later)
  const third = new Lease('s')
  const adopted = third.take()
  expect(third.orphans().length).toBe(1)
  expect([device.device, third.orphans()[0]!.device]).toContain(device.device)
  expect(adopted).toBeDefined()
})

test('seats do not share devices', () => {
  const one = new Lease('s')
  one.take()
  one.release()
  expect(new Lease('t').orphans()).toEqual([])
})

test('what was swept is forgotten', () => {
  const one = new Lease('s')
  const { device } = one.take()
  one.release()
  const other = new Lease('s')
  expect(other.orphans().map((left) => left.device)).toEqual([device])
  other.forget(device)
  expect(other.orphans()).toEqual([])
})
