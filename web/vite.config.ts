// Three entries (phone, desk, stage) into dist/, hashed files under /assets/.
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { catalogues } from './build/catalogues.ts'
import { early } from './build/early.ts'
import { leaveOut, lower, publicNames } from './build/lower.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const ENTRIES = { phone: 'index.html', desk: 'desk.html', stage: 'stage.html' }
const wanted = (process.env.OPENFLOOR_ENTRIES ?? 'phone,desk,stage').split(',')
const input = Object.fromEntries(Object.entries(ENTRIES).filter(([name]) => wanted.includes(name)).map(([name, file]) => [name, here(file)]))

export default defineConfig({
  root: here('.'),
  publicDir: 'public',
  plugins: [
    leaveOut(wanted.includes('phone')),
    svelte({ configFile: here('svelte.config.js') }),
    catalogues(here('src/i18n')),
    early(here('src/base/early.js')),
    publicNames(),
    lower(),
  ],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    target: 'es2022', // `lower` does the rest
    cssTarget: ['chrome80', 'safari14'],
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { /* pure_getters would drop the reads that effects wait for */ passes: 3, unsafe_arrows: true, sequences: false, keep_fargs: false, unsafe_methods: true } },
    modulePreload: false,
    cssCodeSplit: !wanted.includes('phone'),
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: `manifest.${wanted[0]}.json`,
    emptyOutDir: false,
    copyPublicDir: wanted.includes('phone'),
    rollupOptions: { input },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], restoreMocks: true },
})
