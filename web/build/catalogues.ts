// Turns src/i18n/{language}/{part}.json into one small file per language and entry, so that a phone loads
// its own language and its own screens and nothing else. `virtual:catalogue/phone` names the files.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

// What each file carries; a later file (phone_more) adds to those before it.
const FILES: Record<string, readonly string[]> = {
  phone: ['common', 'phone'],
  phone_more: ['phone_more'],
  phone_groups: ['signs', 'phone_groups'],
  phone_debate: ['debate_words', 'phone_debate'],
  desk: ['common', 'signs', 'debate_words', 'desk', 'desk_groups', 'desk_debate'],
  stage: ['common', 'signs', 'debate_words', 'stage'],
}
const PREFIX = 'virtual:catalogue/'

export function languages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory()).map((one) => one.name).sort()
}

export function readPart(folder: string, language: string, part: string): Record<string, unknown> {
  const path = join(folder, language, `${part}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {}
}

export function catalogues(folder: string): Plugin {
  let building = false
  return {
    name: 'openfloor:catalogues',
    config(_, { command }) {
      building = command === 'build' && !process.env.VITEST
    },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null
      const file = id.slice(PREFIX.length + 1)
      const parts = FILES[file]
      if (!parts) throw new Error(`no catalogue ${file}`)
      const addresses = Object.fromEntries(languages(folder).map((language) => {
        const words = Object.assign({}, ...parts.map((part) => readPart(folder, language, part))) as Record<string, unknown>
        const source = JSON.stringify(words)
        if (!building) return [language, `data:application/json,${encodeURIComponent(source)}`]
        for (const part of parts) this.addWatchFile(join(folder, language, `${part}.json`))
        const fileName = `assets/${file}.${language}.${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.json`
        this.emitFile({ type: 'asset', fileName, source })
        return [language, `/${fileName}`]
      }))
      return `export default ${JSON.stringify(addresses)}`
    },
  }
}
