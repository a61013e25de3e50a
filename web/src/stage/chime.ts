// A soft sound made here, without a file: two quiet tones, less than a second and a half.
const TONES = [523.25, 659.25]
const LOUD = 0.25

let context: AudioContext | undefined

/** Browsers give sound only after somebody touched the page; before that this stays silent. */
export function chime(): void {
  try {
    context ??= new AudioContext()
    void context.resume()
    const start = context.currentTime + 0.02
    TONES.forEach((tone, place) => note(context!, tone, start + place * 0.35))
  } catch {
    // No sound on this machine: the words stand on the screen.
  }
}

function note(audio: AudioContext, tone: number, at: number): void {
  const source = audio.createOscillator()
  const gain = audio.createGain()
  source.frequency.value = tone
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(LOUD, at + 0.04)
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.9)
  source.connect(gain).connect(audio.destination)
  source.start(at)
  source.stop(at + 1)
}
