// How much time is left, in figures and in words. Knows neither a clock nor a language.

export type Warning = 'none' | 'five' | 'two' | 'one' | 'half' | 'over'

const MINUTE = 60_000

/** What the words beside the clock say. */
export function warning(left_ms: number): Warning {
  if (left_ms <= 0) return 'over'
  if (left_ms <= MINUTE / 2) return 'half'
  if (left_ms <= MINUTE) return 'one'
  if (left_ms <= 2 * MINUTE) return 'two'
  return left_ms <= 5 * MINUTE ? 'five' : 'none'
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
