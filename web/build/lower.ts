// Brings code down to the browsers of a cheap phone (Chrome 80, Safari 14) without what hurts there.
// Private names of Svelte's classes become short public ones: lowered to WeakMaps they would be slow and 1 KB heavier.
import { transform } from 'esbuild'
import type { Plugin } from 'vite'

export function publicNames(): Plugin {
  const names = new Map<string, string>()
  const short = (name: string): string => {
    const known = names.get(name) ?? `$${names.size.toString(36)}`
    names.set(name, known)
    return known
  }
  return {
    name: 'openfloor:public-names',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!/[\\/]svelte[\\/]src[\\/]/.test(id)) return null
      return { code: code.replace(/(^|[\s.(!{])#([a-z_]\w*)/gm, (_, before: string, name: string) => before + short(name)), map: null }
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
