import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { install, preferred, t } from '../i18n/index.svelte.ts'
import { clock, day } from '../i18n/dates.ts'
import { announce, announceOthers, prepareAnnouncer } from './announce.ts'
import { lengthOf } from './graphemes.ts'
import { farNumber, uuid } from './ids.ts'
import { pairs, readCode } from './link/seats.ts'
import { openStore } from './storage/store.ts'
import ru from '../i18n/ru/phone.json'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('codes are read as people type them and shown in pairs', () => {
  expect(readCode('47 30 96')).toBe('473096')
  expect(readCode('٤٧٣٠٩٦')).toBe('473096')
  expect(readCode('۴۷-۳۰-۹۶')).toBe('473096')
  expect(readCode('/473096')).toBe('473096')
  expect(pairs('473096')).toBe('47 30 96')
  expect(pairs('473')).toBe('47 3')
})

test('names are UUIDs of version 4 without randomUUID', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  for (let round = 0; round < 200; round++) {
    const far = farNumber()
    expect(far).toBeGreaterThanOrEqual(2 ** 32)
    expect(far + 2 ** 32).toBeLessThan(Number.MAX_SAFE_INTEGER)
  }
})

test('Russian counts in all its forms', () => {
  install('ru', ru)
  expect([1, 2, 5, 11, 21, 22, 101].map((n) => t('list_count', { n }))).toEqual([
    '1 вопрос', '2 вопроса', '5 вопросов', '11 вопросов', '21 вопрос', '22 вопроса', '101 вопрос',
  ])
  expect(document.documentElement.lang).toBe('ru')
  expect(day(new Date(2026, 10, 24).getTime())).toBe('24 ноября 2026')
})

test('the link, the choice, the browser and the meeting decide the language, in this order', () => {
  localStorage.clear()
  vi.stubGlobal('navigator', { languages: ['fr-FR', 'az-Latn-AZ'] })
  expect(preferred(['az', 'en', 'ru'])).toBe('az')
  localStorage.setItem('openfloor.language', '"ru"')
  expect(preferred(['az', 'en', 'ru'])).toBe('ru')
  expect(preferred(['en'])).toBe('en')
})

test('a clock never runs below zero', () => {
  expect([245_000, 60_000, 999, -5].map(clock)).toEqual(['4:05', '1:00', '0:01', '0:00'])
})

test('a family of faces is one sign', () => {
  expect(lengthOf('👨‍👩‍👧 və e\u0301')).toBe(6)
})

test('own acts are said at once, those of others at most every five seconds and only the last', () => {
  prepareAnnouncer()
  const polite = document.querySelector('[aria-live=polite]')!
  announce('Sent.')
  vi.advanceTimersByTime(60)
  expect(polite.textContent).toBe('Sent.')
  announceOthers('1 new')
  vi.advanceTimersByTime(100)
  expect(polite.textContent).toBe('1 new')
  announceOthers('2 new')
  announceOthers('3 new')
  vi.advanceTimersByTime(4_000)
  expect(polite.textContent).toBe('1 new')
  vi.advanceTimersByTime(1_200)
  expect(polite.textContent).toBe('3 new')
})

test('without a database it keeps things in localStorage', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const store = await openStore()
  await store.set('k', { a: 1 })
  expect(await store.get('k')).toEqual({ a: 1 })
  expect(localStorage.getItem('openfloor.k')).toBe('{"a":1}')
  await store.drop('k')
  expect(await store.get('k')).toBeUndefined()
})

test('with a database it keeps things there', async () => {
  vi.useRealTimers()
  await import('fake-indexeddb/auto')
  const store = await openStore()
  await store.set('k', { a: 1 })
  expect(await store.get('k')).toEqual({ a: 1 })
  expect(localStorage.getItem('openfloor.k')).toBeNull()
})
