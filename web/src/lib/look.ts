// Light, dark, or as the phone says; the size of the letters. Remembered on this phone, applied before the first paint by base/early.js.
import { local } from './storage/store.ts'

export type Theme = 'system' | 'light' | 'dark'
export type Size = 'normal' | 'large' | 'huge'

function read(key: string): string | null {
  return local.getItem(`openfloor.${key}`)
}

function write(key: 'theme' | 'size', value: string, plain: string): void {
  const root = document.documentElement
  if (value === plain) {
    local.removeItem(`openfloor.${key}`)
    delete root.dataset[key]
  } else {
    local.setItem(`openfloor.${key}`, value)
    root.dataset[key] = value
  }
}

export const theme = (): Theme => (read('theme') ?? 'system') as Theme
export const setTheme = (next: Theme): void => write('theme', next, 'system')
export const size = (): Size => (read('size') ?? 'normal') as Size
export const setSize = (next: Size): void => write('size', next, 'normal')
