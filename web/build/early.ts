// Puts src/base/early.js in front of everything as a small classic script of its own (no inline script: the CSP forbids it).
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { Plugin } from 'vite'

export function early(path: string): Plugin {
  return {
    name: 'openfloor:early',
    apply: 'build',
    transformIndexHtml() {
      const source = transformSync(readFileSync(path, 'utf8'), { minify: true, target: 'es2015' }).code
      return [{ tag: 'script', attrs: { src: `/${name(source)}` }, injectTo: 'head-prepend' }]
    },
    generateBundle() {
      const source = transformSync(readFileSync(path, 'utf8'), { minify: true, target: 'es2015' }).code
      this.emitFile({ type: 'asset', fileName: name(source), source })
    },
  }
}

function name(source: string): string {
  return `assets/early.${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.js`
}
