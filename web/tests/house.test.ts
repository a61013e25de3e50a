// @vitest-environment node
// Rules of the house that no compiler knows.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

function sources(folder: string, ending: RegExp): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name)
    if (one.isDirectory()) return sources(path, ending)
    return ending.test(one.name) ? [[path, readFileSync(path, 'utf8')] as [string, string]] : []
  })
}

test('the phone and the shared parts keep no deep state: its runtime is left out of the phone', () => {
  const deep = ['src/phone', 'src/lib', 'src/i18n'].flatMap((folder) => sources(folder, /\.(svelte|ts)$/)).filter(([path, code]) => !/test\.ts$/.test(path) && /\$state[(<]/.test(code))
  expect(deep.map(([path]) => path)).toEqual([])
})

test('no style writes in capitals', () => {
  expect(sources('src', /\.(svelte|css)$/).filter(([, code]) => /text-transform/.test(code)).map(([path]) => path)).toEqual([])
})

test('no page carries a script or a style of its own', () => {
  for (const page of ['index.html', 'desk.html', 'stage.html']) {
    expect(readFileSync(page, 'utf8')).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/)
  }
})

test('no lock file names a host to fetch from', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"')
})

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

test('every pair of colours can be read, in light and in dark', () => {
  const css = readFileSync('src/base/tokens.css', 'utf8')
  const blocks = css.split('{').map((block) => Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!])))
  const [light, ...dark] = blocks.filter((block) => Object.keys(block).length > 5)
  for (const scheme of [light!, ...dark.map((one) => ({ ...light, ...one }))] as Record<string, string>[]) {
    for (const text of ['ink', 'ink-soft', 'accent', 'side-a', 'side-b', 'danger']) {
      for (const ground of ['paper', 'sheet']) expect(contrast(scheme[text]!, scheme[ground]!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(scheme['accent']!, scheme['accent-soft']!)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(scheme['on-accent']!, scheme['accent']!)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(scheme['on-floor']!, scheme['floor']!)).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['paper', 'sheet']) expect(contrast(scheme['edge']!, scheme[ground]!)).toBeGreaterThanOrEqual(3)
  }
})
