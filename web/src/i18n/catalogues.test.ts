// @vitest-environment node
// Every language says everything, with the same placeholders and all of its own plurals; no key is unused or missing.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages, readPart } from '../../build/catalogues.ts'
import type { Words } from './index.svelte.ts'

const here = 'src/i18n'
const PARTS = ['common', 'phone', 'phone_more', 'phone_groups', 'phone_debate', 'signs', 'debate_words', 'desk', 'desk_groups', 'desk_debate', 'stage']
const all = languages(here)
const english = Object.fromEntries(PARTS.map((part) => [part, readPart(here, 'en', part) as Record<string, Words>]))

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
const categories = (language: string): string[] => new Intl.PluralRules(language).resolvedOptions().pluralCategories.slice().sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name)
    if (one.isDirectory()) return sources(path)
    return /\.(svelte|ts)$/.test(one.name) && !/\.test\.ts$/.test(one.name) ? [readFileSync(path, 'utf8')] : []
  })
}

test('en, az and ru are there', () => {
  expect(all).toEqual(expect.arrayContaining(['en', 'az', 'ru']))
})

describe.each(all)('%s', (language) => {
  test.each(PARTS)('says all of %s and nothing else', (part) => {
    expect(Object.keys(readPart(here, language, part)).sort()).toEqual(Object.keys(english[part]!).sort())
  })

  test('has the placeholders of English in every text', () => {
    for (const part of PARTS) {
      for (const [key, words] of Object.entries(readPart(here, language, part) as Record<string, Words>)) {
        const model = english[part]![key]!
        const wanted = placeholders(typeof model === 'string' ? model : (model.other ?? ''))
        for (const text of typeof words === 'string' ? [words] : Object.values(words)) {
          const there = placeholders(text)
          // "One question" may leave out the number; nothing else may be left out or made up.
          expect(there.filter((name) => name !== 'n'), `${language} ${key}`).toEqual(wanted.filter((name) => name !== 'n'))
        }
        expect(typeof words, `${language} ${key}`).toBe(typeof model)
      }
    }
  })

  test('has each plural category of its grammar', () => {
    for (const part of PARTS) {
      for (const [key, words] of Object.entries(readPart(here, language, part) as Record<string, Words>)) {
        if (typeof words !== 'string') expect(Object.keys(words).sort(), `${language} ${key}`).toEqual(categories(language))
      }
    }
  })

  test('leaves no text empty and is not much longer than English', () => {
    for (const part of PARTS) {
      for (const [key, words] of Object.entries(readPart(here, language, part) as Record<string, Words>)) {
        const model = english[part]![key]!
        const longest = Math.max(...(typeof model === 'string' ? [model] : Object.values(model)).map((text) => text.length))
        for (const text of typeof words === 'string' ? [words] : Object.values(words)) {
          expect(text.trim(), `${language} ${key}`).not.toBe('')
          expect(text.length, `${language} ${key}: ${text}`).toBeLessThanOrEqual(longest * 1.7 + 14)
        }
      }
    }
  })
})

test('no key stands in two parts', () => {
  const keys = PARTS.flatMap((part) => Object.keys(english[part]!))
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
})

test('every key is used and every used key is there', () => {
  const code = [...sources('src'), readFileSync('index.html', 'utf8')].join('\n')
  const keys = PARTS.flatMap((part) => Object.keys(english[part]!))
  // Families are chosen by a code: t(`kind_${kind}`).
  const families = [...code.matchAll(/`(\w+_)\$\{/g)].map(([, start]) => start!)
  const endings = [...code.matchAll(/\}(_\w+)`/g)].map(([, end]) => end!)
  const used = (key: string): boolean =>
    new RegExp(`['"\`]${key}['"\`]`).test(code) || families.some((start) => key.startsWith(start)) || endings.some((end) => key.endsWith(end)) || COMMON_LATER.has(key)
  expect(keys.filter((key) => !used(key))).toEqual([])
  const asked = [...code.matchAll(/\bt\(\s*'(\w+)'/g)].map(([, key]) => key!)
  expect(asked.filter((key) => !keys.includes(key))).toEqual([])
})

// Words of all three screens that a screen takes up when it is built.
const COMMON_LATER = new Set(Object.keys(english['common']!))
