import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sideSign, signAt } from './sides.ts'

const sides = ['opening_government', 'opening_opposition', 'closing_government', 'closing_opposition'].map((id) => ({ id, name: id, names: {} }))

test('four sides have four colours and four shapes, by their place', () => {
  const signs = sides.map(({ id }) => sideSign(sides, id)!)
  expect(signs.map(({ letter }) => letter).join('')).toBe('abcd')
  expect(new Set(signs.map(({ shape }) => shape)).size).toBe(4)
  expect(sideSign(sides, 'both')).toBeUndefined()
  expect(signAt(0).shape).toBe('triangle')
})

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

test('the third and fourth colour are read on every ground, also on the stage', () => {
  const css = readFileSync('src/lib/debate/sides.css', 'utf8')
  const [light, dark] = css.split('@media')
  const colours = (text: string): string[] => [...text.matchAll(/--side-[cd]:\s*(#[0-9a-f]{6})/g)].map(([, colour]) => colour!)
  for (const colour of colours(light!)) for (const ground of ['#fbf8f1', '#ffffff']) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5)
  for (const colour of colours(dark!)) for (const ground of ['#0f151c', '#18212b', '#0c1117']) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5)
})
