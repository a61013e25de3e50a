import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { COLOURS, SHAPES, tableSign } from './tables.ts'

const channel = (part: string): number => {
  const value = parseInt(part, 16) / 255
  return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const light = (hex: string): number => 0.2126 * channel(hex.slice(1, 3)) + 0.7152 * channel(hex.slice(3, 5)) + 0.0722 * channel(hex.slice(5, 7))
function contrast(one: string, other: string): number {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
// Paper and sheet of both schemes, and the stage's two halls.
const GROUNDS = ['#fbf8f1', '#ffffff', '#0f151c', '#18212b', '#0c1117']
const numbers = Array.from({ length: 300 }, (_, place) => place + 1)
const kind = (number: number): string => `${tableSign(number).colour} ${tableSign(number).shape}`

describe('the sign of a table', () => {
  test.each(Object.entries(COLOURS))('%s is seen on every ground and its number is read on it', (_, [colour, ink]) => {
    for (const ground of GROUNDS) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3)
    expect(contrast(ink, colour)).toBeGreaterThanOrEqual(4.5)
  })

  test('is the same for the same number, and none of the first 48 is like another', () => {
    expect(kind(3)).toBe(kind(3))
    expect(new Set(numbers.slice(0, 48).map(kind)).size).toBe(Object.keys(COLOURS).length * Object.keys(SHAPES).length)
  })

  test('differs from its neighbours in colour and in shape', () => {
    for (const number of numbers) {
      expect(tableSign(number).colour).not.toBe(tableSign(number + 1).colour)
      expect(tableSign(number).shape).not.toBe(tableSign(number + 1).shape)
    }
  })

  test('of the first six tables each has a shape of its own, for eyes that see no colours', () => {
    expect(new Set([1, 2, 3, 4, 5, 6].map((number) => tableSign(number).shape)).size).toBe(6)
  })

  test('has a name of its own in every language', () => {
    for (const language of ['en', 'az', 'ru']) {
      const words = JSON.parse(readFileSync(`src/i18n/${language}/signs.json`, 'utf8')) as Record<string, string>
      const names = Object.keys(COLOURS).flatMap((colour) => Object.keys(SHAPES).map((shape) => words[`sign_${colour}_${shape}`]))
      expect(new Set(names).size).toBe(48)
      expect(names).not.toContain(undefined)
    }
  })
})
