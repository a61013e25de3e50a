// A judge's sheet: nothing typed is lost, and only the newest goes out.
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Command, MyJudging } from '../../../wire/index.ts'
import type { Talk } from '../talk.svelte.ts'
import { Sheet, type Speech } from './sheet.svelte.ts'

const first: Speech = { segment: 0, side: 'proposition', isReply: false, place: 1 }
const judging: MyJudging = { state: 'empty', flaws: [], speech: [6000, 8000, 50], to_confirm: {} }

class PretendTalk {
  activity = 'd'
  mine = $state.raw({ judge: judging })
  debate = { format: { sides: [{ id: 'proposition' }, { id: 'opposition' }], segments: [{ kind: 'speech', owner: 'proposition', place: 1 }, { kind: 'speech', owner: 'opposition', place: 1 }, { kind: 'floor', owner: 'nobody' }] } }
  sent: Command[] = []
  answers: ((refusal?: { code: string }) => void)[] = []
  link = { seat: { seat: 's' }, send: (wish: Command) => this.send(wish) }
  underway = (): undefined => undefined
  send(wish: Command) {
    this.sent.push(wish)
    return { done: new Promise((resolve) => this.answers.push(resolve)) }
  }
}

let talk: PretendTalk
let sheet: Sheet
let end: () => void

function open(): void {
  end = $effect.root(() => {
    sheet = new Sheet(talk as unknown as Talk)
    sheet.start()
  })
  flushSync()
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  talk = new PretendTalk()
  open()
})
afterEach(() => {
  sheet.stop()
  end()
  vi.useRealTimers()
})

test('what is typed is saved a moment later, once, and then says so', async () => {
  sheet.setMark(first, { score: 7000 })
  sheet.setMark(first, { score: 7250 })
  flushSync()
  expect(sheet.state).toBe('saving')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(talk.sent).toEqual([{ save_ballot: { activity: 'd', ballot: { marks: { 0: { place: 1, score: 7250 } }, ranks: {} } } }])
  talk.answers[0]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(sheet.state).toBe('saved')
})

test('typed on while it was on its way: it is not called saved, and the newest follows', async () => {
  sheet.setMark(first, { score: 7000 })
  await vi.advanceTimersByTimeAsync(1_000)
  sheet.setMark(first, { score: 7100 })
  talk.answers[0]!()
  await vi.advanceTimersByTimeAsync(0)
  expect(sheet.state).toBe('saving')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(talk.sent).toHaveLength(2)
})

test('a reload before it was saved brings it back and sends it', async () => {
  sheet.setMark(first, { score: 7100, remark: 'Clear' })
  sheet.stop()
  end()
  open()
  expect(sheet.mark(first)).toEqual({ place: 1, score: 7100, remark: 'Clear' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(talk.sent).toHaveLength(1)
})

test('the speeches of the sides are marked, and what is missing is known', () => {
  expect(sheet.speeches.map(({ segment }) => segment)).toEqual([0, 1])
  sheet.setMark(first, { score: 7100 })
  expect(sheet.missing.map(({ segment }) => segment)).toEqual([1])
  expect(sheet.total('proposition')).toEqual({ points: 7100, complete: true })
  expect(sheet.total('opposition').complete).toBe(false)
})

test('a ballot that was handed in shows what the meeting has', () => {
  sheet.setMark(first, { score: 7100 })
  talk.mine = { judge: { ...judging, state: 'handed_in', ballot: { marks: { 0: { place: 1, score: 6900 } }, ranks: {} } } }
  flushSync()
  expect(sheet.mark(first).score).toBe(6900)
})
