// Builds dist/: the phone by itself, so that nothing the desk needs ever weighs on it, then desk and stage; compresses at the end.
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { compressAll } from '../build/compress.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
await rm('dist', { recursive: true, force: true })
for (const entries of ['phone', 'desk,stage']) {
  process.env.OPENFLOOR_ENTRIES = entries
  await build({ root, logLevel: 'warn' })
}
await compressAll('dist')
