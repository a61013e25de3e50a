import { afterEach, expect, test } from 'vitest'
import { install } from '../../../i18n/index.svelte.ts'
import { isInside, readScore, scoreText, stepped, type Range } from './scores.ts'

const SPEECH: Range = [6000, 8000, 50]
afterEach(() => install('en', {}))

test('a score is written as people write it in their language', () => {
  install('en', {})
  expect([7250, 7000, 7225].map(scoreText)).toEqual(['72.5', '70', '72.25'])
  install('ru', {})
  expect(scoreText(7250)).toBe('72,5')
})

test('comma and point are both read; what is no number is none', () => {
  expect(['72,5', '72.5', ' 72 ', '72.05', '0'].map(readScore)).toEqual([7250, 7250, 7200, 7205, 0])
  expect(['', 'x', '7.255', '7,5,5', '-3', '1e3'].map(readScore)).toEqual(Array(6).fill(undefined))
})

test('a step begins in the middle, goes to the nearest step and stays inside', () => {
  expect(stepped(undefined, 1, SPEECH)).toBe(7000)
  expect(stepped(7000, 1, SPEECH)).toBe(7050)
  expect(stepped(7010, 1, SPEECH)).toBe(7050)
  expect(stepped(7010, -1, SPEECH)).toBe(7000)
  expect(stepped(8000, 1, SPEECH)).toBe(8000)
  expect(stepped(6000, -1, SPEECH)).toBe(6000)
})

test('inside is between the ends and on a step', () => {
  expect([6000, 7250, 8000].every((one) => isInside(one, SPEECH))).toBe(true)
  expect([5950, 8050, 7225].some((one) => isInside(one, SPEECH))).toBe(false)
})
