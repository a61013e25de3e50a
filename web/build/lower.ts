// Brings code down to the browsers of a cheap phone (Chrome 80, Safari 14) without what hurts there,
// and leaves out of Svelte's runtime what a page that never hydrates cannot reach.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { transform } from 'esbuild'
import type { Plugin } from 'vite'

const SVELTE = /[\\/]svelte[\\/]src[\\/]/
const OURS = /[\\/]web[\\/]src[\\/].*\.ts$/

// Private names of classes become short public ones: lowered to WeakMaps they would be slow, and 3 KB heavier.
// Runs behind the compiler, which makes private names of its own for reactive fields.
export function publicNames(): Plugin {
  const names = new Map<string, string>()
  const short = (name: string): string => {
    const known = names.get(name) ?? `$${names.size.toString(36)}`
    names.set(name, known)
    return known
  }
  return {
    name: 'openfloor:public-names',
    enforce: 'post',
    apply: 'build',
    transform(code, id) {
      if (!SVELTE.test(id) && !OURS.test(id)) return null
      return { code: code.replace(/(^|[\s.(!{,;])#([a-zA-Z_$][\w$]*)/gm, (_, before: string, name: string) => before + short(name)), map: null }
    },
  }
}

// Each is a fact of this build (no server rendering, no legacy components, no custom elements), so that the minifier can drop what hangs on it.
const FACTS: readonly [file: RegExp, what: RegExp | string, by: string][] = [
  [/dom[\\/]hydration\.js$/, 'export let hydrating = false', 'export const hydrating = false'],
  [/dom[\\/]hydration\.js$/, 'hydrating = value;', ''],
  [/flags[\\/]index\.js$/, /export let (\w+) = false/g, 'export const $1 = false'],
  [/flags[\\/]index\.js$/, /^\t\w+_mode_flag = (true|false);$/gm, ''],
  [/elements[\\/]custom-element\.js$/, /^[\s\S]*$/, 'export function create_custom_element() {}'],
  [/(errors|warnings)\.js$/, /https:\/\/svelte\.dev\/e\//g, ''],
]

// The phone keeps no deep reactive state ($state.raw alone; a test holds it), awaits nothing in markup, and animates no lists.
const PHONE_FACTS: typeof FACTS = [
  [/client[\\/]proxy\.js$/, /^[\s\S]*$/, 'export const proxy = (value) => value\nexport const get_proxied_value = proxy\nexport const is = Object.is'],
  [/blocks[\\/]boundary\.js$/, /^[\s\S]*$/, readFileSync(new URL('./boundary.js', import.meta.url), 'utf8')],
  // Markup here waits for nothing, so what it reads is simply derived.
  [/reactivity[\\/]async\.js$/, /(export function flatten\([^)]*\) \{)[\s\S]*?\n\}\n/, '$1 fn(sync.map(derived)) }\n'],
  [/client[\\/]errors\.js$/, /throw new Error\(`\w+`\)/g, 'throw Error()'],
  [/reactivity[\\/]deriveds\.js$/, /export function async_derived\([\s\S]*?\n\}\n/, 'export function async_derived() {}\n'],
  [/blocks[\\/]each\.js$/, '(flags & EACH_IS_ANIMATED) !== 0', 'false'],
  [/client[\\/]warnings\.js$/, /console\.warn\(`\w+`\);/g, ''],
  [/(batch|sources|deriveds|runtime)\.js$/, /\b(this|batch|current_batch)\??\.is_fork\b(?! =[^=])/g, 'false'],
]
/** The release these facts were checked against. */
const CHECKED = '5.57.3'

/** A release of Svelte that says one of the facts otherwise stops the build rather than growing in silence. */
export function leaveOut(isPhone: boolean): Plugin {
  const { version } = createRequire(import.meta.url)('svelte/package.json') as { version: string }
  if (version !== CHECKED) throw new Error(`svelte ${version}: check the facts in build/lower.ts again (they hold for ${CHECKED})`)
  const facts = isPhone ? [...FACTS, ...PHONE_FACTS] : FACTS
  return {
    name: 'openfloor:leave-out',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      return isPhone && id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null
    },
    transform(code, id) {
      if (!SVELTE.test(id)) return null
      let result = code
      for (const [file, what, by] of facts) {
        if (!file.test(id)) continue
        const next = result.replace(what, by)
        if (next === result && !/errors|warnings/.test(id)) throw new Error(`${id}: ${String(what)} is no longer there`)
        result = next
      }
      return result === code ? null : { code: result, map: null }
    },
  }
}

// Public class fields are native since Chrome 72 and Safari 14; everything newer than ES2020 is rewritten.
export function lower(): Plugin {
  return {
    name: 'openfloor:lower',
    apply: 'build',
    async renderChunk(code) {
      const lowered = await transform(code, { target: 'es2020', supported: { 'class-field': true, 'class-static-field': true } })
      return { code: lowered.code, map: null }
    },
  }
}
