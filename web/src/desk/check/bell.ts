// The bell, made by the browser itself: two partials that fade, two seconds, no file.

let audio: AudioContext | undefined

/** Rings once. Call it from a touch: browsers stay silent until then. */
export async function bell(): Promise<void> {
  audio ??= new AudioContext()
  await audio.resume()
  const start = audio.currentTime + 0.02
  const partials: readonly (readonly [hertz: number, loud: number, seconds: number])[] = [[880, 0.5, 1.9], [1760, 0.22, 1.2], [2637, 0.12, 0.7]]
  for (const [hertz, loud, seconds] of partials) {
    const tone = audio.createOscillator()
    const fade = audio.createGain()
    tone.frequency.value = hertz
    fade.gain.setValueAtTime(0, start)
    fade.gain.linearRampToValueAtTime(loud, start + 0.008)
    fade.gain.exponentialRampToValueAtTime(0.0001, start + seconds)
    tone.connect(fade).connect(audio.destination)
    tone.start(start)
    tone.stop(start + seconds + 0.05)
  }
}
