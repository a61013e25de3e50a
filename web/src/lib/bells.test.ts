import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bell, Bells, Flasher, flashes, shakes, strokes } from './bells.ts'

test('one, two and three strokes; from four on one long bell', () => {
  expect([0, 1, 2, 3].map(strokes)).toEqual([[], [0], [0, 400], [0, 400, 800]])
  expect(strokes(4)).toEqual([0, 500, 1000, 1500])
  expect(strokes(60)).toHaveLength(60)
  expect(strokes(900)).toHaveLength(60)
})

test('the hand feels as many shakes, at most six', () => {
  expect(shakes(0)).toEqual([])
  expect(shakes(2)).toEqual([300, 200, 300])
  expect(shakes(60)).toHaveLength(11)
})

test('a stroke never reaches beyond what a loudspeaker can say, and dies away', () => {
  const samples = bell(8_000)
  expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.8)
  expect(Math.max(...samples.map(Math.abs))).toBeGreaterThan(0.3)
  expect(samples[0]).toBe(0)
  expect(Math.abs(samples[samples.length - 1]!)).toBeLessThan(0.001)
})

describe('the twin for the eye', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  const changes = (rings: number[], gap: number, calm = false): [number, boolean][] => {
    const seen: [number, boolean][] = []
    const start = Date.now()
    const flasher = new Flasher((on) => seen.push([Date.now() - start, on]))
    for (const one of rings) {
      flasher.strike(one, calm)
      vi.advanceTimersByTime(gap)
    }
    vi.advanceTimersByTime(60_000)
    return seen
  }

  test('never changes more than once a second, whatever rings', () => {
    for (const gap of [0, 120, 400, 999, 1_000, 1_700, 2_500]) {
      const seen = changes([1, 2, 60, 3, 1], gap)
      seen.slice(1).forEach(([at], place) => expect(at - seen[place]![0], `gap ${gap}`).toBeGreaterThanOrEqual(1_000))
      expect(seen.at(-1)![1]).toBe(false)
    }
  })

  test('goes on and off as often as it rings, at most three times', () => {
    expect(changes([2], 0)).toEqual([[0, true], [1_000, false], [2_000, true], [3_000, false]])
    expect(flashes(60, false)).toHaveLength(6)
    expect(flashes(0, false)).toEqual([])
  })

  test('stands still for those who wish it calm', () => {
    expect(changes([2], 0, true)).toEqual([[0, true], [4_000, false]])
  })
})

describe('sound', () => {
  class Context {
    state = 'suspended'
    currentTime = 5
    sampleRate = 8_000
    destination = {}
    onstatechange = (): void => undefined
    started: number[] = []
    resume = () => (allowed ? ((this.state = 'running'), Promise.resolve()) : new Promise<void>(() => undefined))
    createGain = () => ({ gain: { value: 0 }, connect: () => undefined })
    createBuffer = (_: number, length: number) => ({ getChannelData: () => new Float32Array(length) })
    createBufferSource = () => ({ buffer: null, connect: () => undefined, start: (at: number) => this.started.push(at), stop: () => undefined })
  }
  let allowed = false
  let made: Context
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('AudioContext', class extends Context { constructor() { super(); made = this as Context } })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('is blocked until somebody touches the page; what would have rung is not made up for', async () => {
    allowed = false
    const bells = new Bells()
    const asked = bells.unlock()
    await vi.advanceTimersByTimeAsync(300)
    expect(await asked).toBe('blocked')
    expect(bells.ring(2)).toBe(false)
    allowed = true
    expect(await bells.unlock()).toBe('ready')
    expect(made.started).toEqual([])
    expect(bells.ring(2)).toBe(true)
    expect(made.started.map((at) => Math.round(at * 1_000))).toEqual([5_010, 5_410])
  })

  test('a machine without sound says so', async () => {
    vi.stubGlobal('AudioContext', class { constructor() { throw new Error('no') } })
    expect(await new Bells().unlock()).toBe('none')
  })
})
