import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '../../wire/index.ts'
import type { Store } from '../storage/store.ts'
import { Outbox } from './outbox.svelte.ts'

const vote = (question: string): Command => ({ vote: { question, on: true } })

/** Remembers like a database: what is put in is a copy. */
function memory(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get: async <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : undefined),
    set: async (key, value) => void kept.set(key, JSON.stringify(value)),
    drop: async (key) => void kept.delete(key),
  }
}

const box = (store: Store, ready = (): void => {}, first = 1): Outbox => new Outbox(store, 'device', first, ready)
const numbers = (of: Outbox): number[] => of.take().map(({ n }) => n)

describe('an outbox', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('hands out nothing that is not written down yet', async () => {
    const store = memory()
    const out = box(store)
    await out.written
    out.add(vote('a'))
    expect(out.take()).toEqual([])
    await out.written
    expect(JSON.parse(store.kept.get('outbox.device')!).list).toEqual([{ n: 1, do: vote('a') }])
    expect(numbers(out)).toEqual([1])
  })

  test('hands out each command once, in order, and again from the lowest unanswered after a new start', async () => {
    const out = box(memory())
    for (const one of 'abc') out.add(vote(one))
    await out.written
    expect(numbers(out)).toEqual([1, 2, 3])
    expect(numbers(out)).toEqual([])
    out.ok(1)
    out.rest()
    expect(out.list.map(({ state }) => state)).toEqual(['queued', 'queued'])
    out.begin(1)
    expect(numbers(out)).toEqual([2, 3])
  })

  test('forgets what was done and settles its promise', async () => {
    const store = memory()
    const out = box(store)
    const sending = out.add(vote('a'))
    await out.written
    out.take()
    out.ok(1)
    expect(await sending.done).toBeUndefined()
    expect(sending.state).toBe('ok')
    await out.written
    expect(JSON.parse(store.kept.get('outbox.device')!)).toEqual({ next: 2, list: [] })
  })

  test('a rule that says no is final', async () => {
    const out = box(memory())
    const sending = out.add(vote('a'))
    await out.written
    out.take()
    out.no(1, { code: 'closed', detail: '' })
    expect(await sending.done).toMatchObject({ code: 'closed' })
    expect(sending.state).toBe('refused')
    expect(out.list).toEqual([])
  })

  test.each(['slow_down', 'busy', 'read_only'] as const)('%s keeps the number and everything behind it waits', async (code) => {
    const ready = vi.fn()
    const out = box(memory(), ready)
    for (const one of 'ab') out.add(vote(one))
    await out.written
    out.take()
    ready.mockClear()
    out.no(1, { code, detail: '', retry: 700 })
    out.no(2, { code, detail: '', retry: 700 })
    expect(numbers(out)).toEqual([])
    vi.advanceTimersByTime(699)
    expect(ready).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ready).toHaveBeenCalledOnce()
    expect(numbers(out)).toEqual([1, 2])
  })

  test.each(['superseded', 'number_reused'] as const)('%s takes a new number, and what is behind stays behind', async (code) => {
    const out = box(memory())
    const sent = [...'abc'].map((one) => out.add(vote(one)))
    await out.written
    out.take()
    out.no(2, { code, detail: '' })
    expect(out.take()).toEqual([]) // written down under the new number first
    await out.written
    expect(sent.map(({ n }) => n)).toEqual([1, 4, 5])
    expect(numbers(out)).toEqual([4, 5])
  })

  test('another page takes up what was left, and its own goes behind', async () => {
    const store = memory()
    const before = box(store)
    for (const one of 'ab') before.add(vote(one))
    await before.written

    const after = box(store)
    after.add(vote('c'))
    await after.written
    expect(after.take().map(({ n, wish }) => [n, wish.vote!.question])).toEqual([[1, 'a'], [2, 'b'], [3, 'c']])
  })

  test('continues above the highest number the server knows', async () => {
    const out = box(memory())
    out.begin(41)
    expect(out.add(vote('a')).n).toBe(42)
  })

  test('goes on without a place to write', async () => {
    const out = box({ get: () => Promise.reject(new Error()), set: () => Promise.reject(new Error()), drop: async () => {} })
    out.add(vote('a'))
    await out.written
    expect(numbers(out)).toEqual([1])
  })
})
