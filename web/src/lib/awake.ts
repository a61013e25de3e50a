// Keeps the screen of this device on while somebody needs it. Where the wake lock is missing (plain HTTP, old phones) a silent
// picture plays instead; whether that holds nobody knows, so nothing is promised.

/** Whether this device can shake. iPhones cannot; a desk says that it can and stays still. */
export function canShake(): boolean {
  return 'vibrate' in navigator && matchMedia('(pointer: coarse)').matches
}

type Sentinel = { release: () => Promise<void> }

let wanted = 0
let sentinel: Sentinel | undefined
let clip: HTMLVideoElement | undefined

/** Keeps the screen on until the returned function is called; several may ask at once. */
export function stayAwake(): () => void {
  wanted++
  if (wanted === 1) begin()
  return () => {
    wanted--
    if (wanted === 0) end()
  }
}

function begin(): void {
  document.addEventListener('visibilitychange', hold)
  // A clip may play only after a touch.
  document.addEventListener('pointerdown', hold)
  hold()
}

function end(): void {
  document.removeEventListener('visibilitychange', hold)
  document.removeEventListener('pointerdown', hold)
  void sentinel?.release().catch(() => undefined)
  sentinel = undefined
  clip?.remove()
  clip = undefined
}

function hold(): void {
  if (document.visibilityState === 'hidden') {
    // The browser lets go of it by itself.
    sentinel = undefined
    return
  }
  if (sentinel) return
  const lock = (navigator as { wakeLock?: { request: (kind: 'screen') => Promise<Sentinel> } }).wakeLock
  if (!lock) return play()
  lock.request('screen').then((got) => {
    sentinel = got
    if (wanted === 0) end()
  }, play)
}

function play(): void {
  if (wanted === 0) return
  try {
    clip ??= silentClip()
    void clip.play().catch(() => undefined)
  } catch {
    // Then it goes dark as it always does.
  }
}

/** Two grey points, painted here: media from elsewhere is not allowed. */
function silentClip(): HTMLVideoElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 2
  canvas.getContext('2d')!.fillRect(0, 0, 2, 2)
  const video = document.createElement('video')
  video.className = 'vh'
  video.muted = true
  video.setAttribute('playsinline', '')
  video.setAttribute('aria-hidden', 'true')
  video.srcObject = canvas.captureStream(1)
  document.body.append(video)
  return video
}
