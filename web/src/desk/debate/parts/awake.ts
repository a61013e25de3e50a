// Keeps the screen of whoever leads from going dark, where the browser can. Released when the screen closes; asked again when the page comes back.

/** For `$effect(keepAwake)`. */
export function keepAwake(): () => void {
  let lock: { release: () => Promise<void> } | undefined
  let gone = false
  const ask = (): void => {
    if (gone || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    navigator.wakeLock.request('screen').then((got) => {
      if (gone) void got.release()
      else lock = got
    }, () => undefined)
  }
  ask()
  document.addEventListener('visibilitychange', ask)
  return () => {
    gone = true
    document.removeEventListener('visibilitychange', ask)
    void lock?.release().catch(() => undefined)
  }
}
