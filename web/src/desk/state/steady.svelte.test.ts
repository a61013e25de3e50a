import { flushSync } from 'svelte'
import { afterEach, expect, test, vi } from 'vitest'
import { Steady } from './steady.svelte.ts'

let stop = () => {}
afterEach(() => {
  stop()
  document.body.innerHTML = ''
})

function given(first: string[]) {
  let wanted = $state.raw(first)
  let steady!: Steady
  const list = document.createElement('ol')
  list.innerHTML = '<li><button>one</button></li>'
  document.body.append(list)
  let unwatch = () => {}
  const root = $effect.root(() => {
    steady = new Steady(() => wanted)
    unwatch = steady.watch(list)
  })
  stop = () => {
    unwatch()
    root()
  }
  flushSync()
  return { steady, list, then: (ids: string[]) => { wanted = ids; flushSync() } }
}

test('with nobody in it, the list follows', () => {
  const { steady, then } = given(['a', 'b'])
  then(['b', 'a', 'c'])
  expect(steady.shown).toEqual(['b', 'a', 'c'])
  expect(steady.stale).toBe(false)
})

test('under a finger it stands still, and says how many are new', () => {
  const { steady, list, then } = given(['a', 'b'])
  list.dispatchEvent(new Event('pointerenter'))
  then(['c', 'b', 'a', 'd'])
  expect(steady.shown).toEqual(['a', 'b'])
  expect(steady.fresh).toBe(2)
  steady.settle()
  expect(steady.shown).toEqual(['c', 'b', 'a', 'd'])
})

test('under focus it stands still, and follows when the focus has left', async () => {
  const { steady, list, then } = given(['a', 'b'])
  list.querySelector('button')!.focus()
  then(['b', 'a'])
  expect(steady.shown).toEqual(['a', 'b'])
  list.querySelector('button')!.blur()
  await Promise.resolve()
  flushSync()
  expect(steady.shown).toEqual(['b', 'a'])
})

test('what a person has dealt with leaves at once, the others stay', () => {
  const { steady, list, then } = given(['a', 'b', 'c'])
  list.dispatchEvent(new Event('pointerenter'))
  then(['c', 'b'])
  steady.drop('a')
  expect(steady.shown).toEqual(['b', 'c'])
})

test('what only comes behind the last one moves nothing, and is shown at once', () => {
  const { steady, list, then } = given(['a', 'b'])
  list.dispatchEvent(new Event('pointerenter'))
  then(['a', 'b', 'c'])
  expect(steady.shown).toEqual(['a', 'b', 'c'])
})

test('a mouse that rests is no hand any more', () => {
  vi.useFakeTimers()
  const { steady, list, then } = given(['a', 'b'])
  list.dispatchEvent(new Event('pointermove'))
  then(['b', 'a'])
  expect(steady.shown).toEqual(['a', 'b'])
  vi.advanceTimersByTime(3000)
  flushSync()
  expect(steady.shown).toEqual(['b', 'a'])
  vi.useRealTimers()
})

test('a second click does not fall on what came in the place of a card', () => {
  const { steady, list } = given(['a', 'b'])
  let clicks = 0
  list.querySelector('button')!.addEventListener('click', () => clicks++)
  steady.drop('a')
  list.querySelector('button')!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
  list.querySelector('button')!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 0 }))
  expect(clicks).toBe(1)
})
