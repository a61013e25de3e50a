// The words of the interface in one language at a time. `t` is reactive: a switch of language redraws what it wrote.
import { recall, remember } from '../lib/storage/store.ts'
import type { Key } from './keys.ts'

/** A text with {placeholders}, or one per plural category, chosen by `n`. */
export type Words = string | Partial<Record<Intl.LDMLPluralRule, string>>
/** Address of the file of each language. */
export type Catalogue = Readonly<Record<string, string>>
export type Values = Readonly<Record<string, string | number>>

/** Each language by its own name. */
export const NAMES: Readonly<Record<string, string>> = {
  en: 'English', az: 'Azərbaycanca', ru: 'Русский', ka: 'ქართული', hy: 'Հայերեն', tr: 'Türkçe',
}
/** Its short sign for a chip. */
export const CHIPS: Readonly<Record<string, string>> = { en: 'EN', az: 'AZ', ru: 'РУ', ka: 'ქა', hy: 'ՀԱ', tr: 'TR' }
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ckb)\b/

let words = $state.raw<Readonly<Record<string, Words>>>({})
let current = $state.raw('en')
let rules = new Intl.PluralRules('en')
const loaded: Catalogue[] = []

/** The language of the interface now. */
export function language(): string {
  return current
}

/** The languages the interface has. */
export function offered(): string[] {
  return Object.keys(loaded[0] ?? {}).sort()
}

/** The language a person wants, of those there are: what they chose, what the link says, what the browser says, English. */
export function preferred(there: readonly string[], meeting?: string): string {
  const asked = new URLSearchParams(location.search).get('lang')
  const wishes = [asked, recall<string>('language'), ...(navigator.languages ?? [navigator.language]), meeting, 'en']
  for (const wish of wishes) {
    const short = wish?.toLowerCase().split('-')[0]
    if (short && there.includes(short)) return short
  }
  return there[0] ?? 'en'
}

async function read(address: string): Promise<Record<string, Words>> {
  for (let wait = 400; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await fetch(address)
      if (answer.ok) return (await answer.json()) as Record<string, Words>
    } catch {
      // No network: it comes when the network does.
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/** Adds a file's words (`virtual:catalogue/…`) in the language of now; the first call decides the language. */
export async function speak(catalogue: Catalogue): Promise<void> {
  if (!loaded.length) current = preferred(Object.keys(catalogue))
  if (loaded.includes(catalogue)) return
  loaded.push(catalogue)
  install(current, { ...words, ...(await read(catalogue[current] ?? catalogue['en']!)) })
}

/** Switches the language of everything on the screen, and remembers it. */
export async function switchTo(next: string): Promise<void> {
  remember('language', next)
  const all = await Promise.all(loaded.map((catalogue) => read(catalogue[next] ?? catalogue['en']!)))
  install(next, Object.assign({}, ...all) as Record<string, Words>)
}

/** Puts words in place; tests use it directly. */
export function install(next: string, catalogue: Readonly<Record<string, Words>>): void {
  current = next
  words = catalogue
  rules = new Intl.PluralRules(next)
  document.documentElement.lang = next
  document.documentElement.dir = direction(next)
}

export function direction(of: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(of) ? 'rtl' : 'ltr'
}

/** The text of a key. `n` chooses the plural. */
export function t(key: Key, values?: Values): string {
  const found = words[key] ?? key
  const text = typeof found === 'string' ? found : (found[rules.select(Number(values?.['n'] ?? 0))] ?? found.other ?? key)
  return values ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)) : text
}

/** The text of a code that may have none of its own: `refusal_{code}`, else `refusal_other`. */
export function refusalText(code: string): string {
  const key = `refusal_${code}`
  return t((key in words ? key : 'refusal_other') as Key)
}
