import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { Store } from '../storage/store.ts'
import { toBytes, toText } from './base64.ts'
import { SharedText } from './shared.ts'

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

/** Remembers like a database of one phone. */
function memory(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get: async <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key)!) as T) : undefined),
    set: async (key, value) => void kept.set(key, JSON.stringify(value)),
    drop: async (key) => void kept.delete(key),
  }
}

/** The meeting's side: merges, refuses what rests on missing updates, shows pieces. */
class Server {
  doc = new Doc()
  pieces: Record<string, string> = {}
  got: string[] = []
  longest = 10_000
  #n = 0

  take(update: string): string {
    this.got.push(update)
    const before = this.text
    const trial = new Doc()
    applyUpdate(trial, encodeStateAsUpdate(this.doc))
    applyUpdate(trial, toBytes(update))
    if (trial.store.pendingStructs || trial.store.pendingDs) throw { code: 'wrong_state' }
    const text = trial.getText('notes').toString()
    if (text.length > this.longest && text.length > before.length) throw { code: 'too_long' }
    applyUpdate(this.doc, toBytes(update))
    this.pieces = { ...this.pieces, [++this.#n]: update }
    if (this.#n % 16 === 0) this.pieces = { [this.#n]: toText(encodeStateAsUpdate(this.doc)) }
    return toText(encodeStateVector(this.doc))
  }

  get text(): string {
    return this.doc.getText('notes').toString()
  }
}

interface Phone { shared: SharedText; store: Store; way: { cut: boolean; losesAnswers: boolean; delay: number } }

function phone(server: Server, store: Store = memory(), connected = true): Phone {
  const way = { cut: false, losesAnswers: false, delay: 0 }
  const shared = new SharedText({
    place: 'm.g',
    store,
    connected,
    send: async (update) => {
      if (way.delay) await new Promise((later) => setTimeout(later, way.delay))
      if (way.cut) throw new Error('cut')
      const vector = server.take(update)
      if (way.losesAnswers) throw new Error('lost')
      return vector
    },
  })
  return { shared, store, way }
}

const write = (of: Phone, put: string, at = of.shared.text.length, cut = 0): void => of.shared.edit({ at, cut, put })
const soon = (ms = 400): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

describe('shared notes', () => {
  test('the first key goes at once, those behind it together', async () => {
    const server = new Server()
    const one = phone(server)
    await soon()
    write(one, 'a')
    expect(one.shared.state).toBe('sending')
    await soon(0)
    expect(server.got.length).toBe(1)
    for (const sign of 'bcdef') write(one, sign)
    await soon(250)
    expect(server.got.length).toBe(1)
    await soon(100)
    expect(server.got.length).toBe(2)
    expect(server.text).toBe('abcdef')
    expect(one.shared.state).toBe('saved')
  })

  test('one act that cuts and puts in is one update', async () => {
    const server = new Server()
    const one = phone(server)
    write(one, 'abc')
    await soon()
    server.got = []
    write(one, 'x', 1, 1)
    await soon()
    expect(server.got.length).toBe(1)
    expect(server.text).toBe('axc')
  })

  test('never two under way', async () => {
    const server = new Server()
    const one = phone(server)
    one.way.delay = 2_000
    write(one, 'a')
    await soon(1_000)
    write(one, 'b')
    await soon(900)
    expect(server.got.length).toBe(0)
    await soon(5_000)
    expect(server.got.length).toBe(2)
    expect(server.text).toBe('ab')
  })

  test('a lost answer: sent again, there once', async () => {
    const server = new Server()
    const one = phone(server)
    one.way.losesAnswers = true
    write(one, 'salam')
    await soon(100)
    expect(one.shared.state).toBe('sending')
    await soon(1_000)
    expect(one.shared.state).toBe('waiting_for_network')
    one.way.losesAnswers = false
    await soon(5_000)
    expect([server.text, one.shared.state]).toEqual(['salam', 'saved'])
    expect(server.got.length).toBe(3)
  })

  test('nobody answers at all: given up after a while, and a late answer is not heard', async () => {
    const server = new Server()
    const one = phone(server)
    one.way.delay = 20_000
    write(one, 'a')
    await soon(15_500)
    one.way.delay = 0
    await soon(2_000)
    expect([server.text, one.shared.state]).toEqual(['a', 'saved'])
    await soon(20_000)
    expect([server.text, one.shared.state]).toEqual(['a', 'saved'])
  })

  test('without a network it waits, and goes at once when there is one', async () => {
    const server = new Server()
    const one = phone(server, memory(), false)
    write(one, 'offline')
    await soon(60_000)
    expect([server.got.length, one.shared.state]).toEqual([0, 'waiting_for_network'])
    one.shared.connected(true)
    await soon(0)
    expect([server.text, one.shared.state]).toEqual(['offline', 'saved'])
  })

  test('a cut while something is under way sends it again', async () => {
    const server = new Server()
    const one = phone(server)
    one.way.delay = 1_000
    write(one, 'a')
    await soon(100)
    one.shared.connected(false)
    write(one, 'b')
    one.way.delay = 0
    one.shared.connected(true)
    await soon(5_000)
    expect([server.text, one.shared.state]).toEqual(['ab', 'saved'])
  })

  test('a server that lacks what it should have gets everything', async () => {
    const server = new Server()
    const one = phone(server)
    write(one, 'one ')
    await soon()
    server.doc = new Doc()
    write(one, 'two')
    await soon()
    expect([server.text, one.shared.state]).toEqual(['one two', 'saved'])
  })

  test('also when all it lacks is of others', async () => {
    const server = new Server()
    const [one, other] = [phone(server), phone(server)]
    write(other, 'theirs ')
    await soon()
    one.shared.receive(server.pieces)
    server.doc = new Doc()
    server.pieces = {}
    write(one, 'mine')
    await soon()
    expect(server.text).toBe('theirs mine')
  })

  test('an hour without a network goes as what it left, not key by key', async () => {
    const server = new Server()
    const store = memory()
    const one = phone(server, store)
    write(one, 'before ')
    await soon()
    one.shared.connected(false)
    for (let n = 0; n < 700; n++) write(one, 'ə')
    for (let n = 0; n < 300; n++) one.shared.edit({ at: one.shared.text.length - 1, cut: 1, put: '' })
    await soon()
    server.got = []
    const after = phone(server, store, false)
    await after.shared.ready
    after.shared.receive(server.pieces)
    write(after, '!')
    after.shared.connected(true)
    await soon()
    expect(server.text).toBe(`before ${'ə'.repeat(400)}!`)
    expect(server.got.length).toBe(1)
    expect(toBytes(server.got[0]!).length).toBeLessThan(900)
    one.shared.connected(true)
    await soon()
    expect([server.text, one.shared.state]).toEqual([after.shared.text, 'saved'])
  })

  test('slow_down waits as long as it is told', async () => {
    const server = new Server()
    const one = phone(server)
    const take = vi.spyOn(server, 'take').mockImplementationOnce(() => {
      throw { code: 'slow_down', retry: 3_000 }
    })
    write(one, 'a')
    await soon(10)
    expect([one.shared.state, one.shared.code]).toEqual(['refused', 'slow_down'])
    write(one, 'b')
    await soon(2_900)
    expect(take).toHaveBeenCalledTimes(1)
    await soon(200)
    expect([server.text, one.shared.state, one.shared.code]).toEqual(['ab', 'saved', undefined])
  })

  test('too long: it says so, keeps the words, and goes when they are made shorter', async () => {
    const server = new Server()
    server.longest = 8
    const one = phone(server)
    write(one, '12345')
    await soon()
    write(one, '67890')
    await soon()
    expect([one.shared.state, one.shared.code, one.shared.text]).toEqual(['refused', 'too_long', '1234567890'])
    await soon(60_000)
    expect(server.got.length).toBe(2)
    one.shared.edit({ at: 7, cut: 3, put: '' })
    await soon()
    expect([server.text, one.shared.state]).toEqual(['1234567', 'saved'])
  })

  test('a reload with the network off loses no word', async () => {
    const server = new Server()
    const store = memory()
    const before = phone(server, store)
    write(before, 'saved ')
    await soon()
    before.shared.connected(false)
    write(before, 'not saved 🌳')
    await soon(0)

    const after = phone(server, store, false)
    await after.shared.ready
    expect([after.shared.text, after.shared.state]).toEqual(['saved not saved 🌳', 'waiting_for_network'])
    after.shared.connected(true)
    await soon()
    expect([server.text, after.shared.state]).toEqual(['saved not saved 🌳', 'saved'])
  })

  test('a reload with the network off shows what is acknowledged too', async () => {
    const server = new Server()
    const store = memory()
    const before = phone(server, store)
    write(before, 'acknowledged')
    await soon()
    await before.shared.close()
    const after = phone(server, store, false)
    await after.shared.ready
    expect([after.shared.text, after.shared.state]).toEqual(['acknowledged', 'saved'])
  })

  test('two tabs of one phone keep each their words, and both come back', async () => {
    const server = new Server()
    const store = memory()
    const [one, other] = [phone(server, store, false), phone(server, store, false)]
    write(one, 'one')
    write(other, 'other')
    await soon()
    vi.advanceTimersByTime(120_000)
    const after = phone(server, store, false)
    await after.shared.ready
    expect(after.shared.text).toMatch(/^(oneother|otherone)$/)
    expect(store.kept.size).toBe(1)
    after.shared.connected(true)
    await soon()
    expect(server.text).toBe(after.shared.text)
    await soon()
    expect(JSON.parse([...store.kept.values()][0]!).unsent).toBeUndefined()
  })

  test('a phone that cannot write anything down still sends', async () => {
    const server = new Server()
    const one = phone(server, { get: () => Promise.reject(new Error()), set: () => Promise.reject(new Error()), drop: async () => {} })
    write(one, 'a')
    await soon()
    expect([server.text, one.shared.state]).toEqual(['a', 'saved'])
  })

  test('pieces are read once, in order, and rubbish among them is passed over', async () => {
    const server = new Server()
    const one = phone(server)
    for (const sign of 'abcdefghijkl') {
      write(one, sign)
      await soon()
    }
    const other = phone(server)
    const seen = vi.fn()
    other.shared.watch(seen)
    other.shared.receive({ ...server.pieces, 99: '****', 100: btoa('rubbish') })
    expect(other.shared.text).toBe('abcdefghijkl')
    expect(seen).toHaveBeenCalledOnce()
    expect(seen.mock.calls[0]![1]).toBe('opening')
    other.shared.receive(server.pieces)
    expect(seen).toHaveBeenCalledOnce()
  })

  test('undo takes back what this page wrote and nothing of others', async () => {
    const server = new Server()
    const [one, other] = [phone(server), phone(server)]
    write(one, 'mine ')
    await soon(1_000)
    other.shared.receive(server.pieces)
    write(other, 'theirs')
    await soon()
    one.shared.receive(server.pieces)
    one.shared.undo()
    expect(one.shared.text).toBe('theirs')
    one.shared.redo()
    await soon()
    expect(server.text).toBe('mine theirs')
  })

  test('a long paste goes in parts, and no part is cut through a pair', async () => {
    const server = new Server()
    const one = phone(server)
    const pasted = 'ქ' + '🌳'.repeat(4_999)
    write(one, pasted)
    await soon(5_000)
    expect([server.text === pasted, one.shared.state]).toEqual([true, 'saved'])
    expect(Math.max(...server.got.map((update) => toBytes(update).length))).toBeLessThan(25_000)
  })

  test.each([1, 2, 3, 4, 5, 6])('three writers in az, ka and emoji converge through cuts, reloads and lost answers (%i)', async (seed) => {
    let state = seed * 7919
    const next = (below: number): number => (state = (state * 48271) % 2147483647) % below
    const words = ['ə', 'məktəb ', 'Şagird\n', 'სკოლა ', 'ღ', '👩🏽‍🏫', '👨‍👩‍👧', '🌳']
    const server = new Server()
    const phones = [phone(server), phone(server), phone(server)]
    for (let step = 0; step < 250; step++) {
      const who = next(3)
      const one = phones[who]!
      const units = [...one.shared.text]
      const from = next(units.length + 1)
      switch (next(12)) {
        case 0:
          one.way.cut = !one.way.cut
          break
        case 1:
          one.way.losesAnswers = !one.way.losesAnswers
          break
        case 2:
          one.way.delay = next(2) * next(900)
          break
        case 3:
          one.shared.connected(next(2) === 0)
          break
        case 4: // a reload
          await soon(0)
          phones[who] = phone(server, one.store, next(2) === 0)
          await soon(0)
          await one.shared.close()
          break
        case 5:
        case 6:
          if (next(4)) one.shared.receive(server.pieces)
          await soon(next(500))
          break
        case 7:
          one.shared[next(2) ? 'undo' : 'redo']()
          break
        case 8:
          one.shared.edit({ at: units.slice(0, from).join('').length, cut: units.slice(from, from + 3).join('').length, put: '' })
          break
        default:
          write(one, words[next(words.length)]!, units.slice(0, from).join('').length)
      }
    }
    for (const one of phones) {
      one.way.cut = one.way.losesAnswers = false
      one.way.delay = 0
      one.shared.connected(false)
      one.shared.connected(true)
    }
    await soon(30_000)
    for (const one of phones) one.shared.receive(server.pieces)
    expect(phones.map(({ shared }) => shared.text)).toEqual([server.text, server.text, server.text])
    expect(phones.map(({ shared }) => shared.state)).toEqual(['saved', 'saved', 'saved'])
    expect(server.text.length).toBeGreaterThan(20)
  })
})
