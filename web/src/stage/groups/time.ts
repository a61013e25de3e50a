// How much time is left, in figures and in words. Knows neither a clock nor a language.

import { gradeOf } from '../../lib/grades.ts'

export type Warning = 'none' | 'five' | 'two' | 'one' | 'half' | 'over'

const WORDS = { min5: 'five', min2: 'two', min1: 'one', sec30: 'half', up: 'over' } as const

/** What the words beside the clock say. */
export function warning(left_ms: number): Warning {
  const grade = gradeOf(left_ms)
  return grade ? WORDS[grade] : 'none'
}

/** "11:40", "1:05:00"; over time "+0:12". A second is shown until it is over. */
export function figures(left_ms: number): string {
  const seconds = left_ms > 0 ? Math.ceil(left_ms / 1000) : Math.floor(-left_ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  const text = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
  return left_ms > 0 ? text : `+${text}`
}
