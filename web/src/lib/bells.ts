// Bells made here, without files: strokes of a small bell, their twin for the eye and for the hand.
// Knows nothing of debates. Sound needs a touch of the page first; until then it is blocked, and says so.

/** Between strokes; from four on they follow each other as one long bell. */
const APART_MS = 400
const LONG_APART_MS = 500
const MOST = 60
/** Partials of a small hand bell: share of the ground tone, loudness, seconds until it has died away. */
const TONE = 880
const PARTIALS = [[0.5, 0.22, 1.5], [1, 1, 1.1], [2.0, 0.55, 0.7], [2.74, 0.4, 0.5], [4.07, 0.22, 0.3], [5.4, 0.12, 0.2]] as const
const LENGTH_S = 1.6
const ATTACK_S = 0.003

/** When each stroke falls, in milliseconds from the first. */
export function strokes(rings: number): number[] {
  const count = Math.max(0, Math.min(MOST, Math.floor(rings)))
  return Array.from({ length: count }, (_, place) => place * (count > 3 ? LONG_APART_MS : APART_MS))
}

/** The same for a hand that holds the phone: shakes and pauses for `navigator.vibrate`, at most three seconds. */
export function shakes(rings: number): number[] {
  const count = Math.min(6, strokes(rings).length)
  return Array.from({ length: Math.max(0, count * 2 - 1) }, (_, place) => (place % 2 ? 200 : 300))
}

/** Shakes the phone where it can; whether it can. */
export function shake(rings: number): boolean {
  return rings > 0 && navigator.vibrate?.(shakes(rings)) === true
}

/** Never above one change a second. */
export const FLASH_MS = 1_000
/** At most so many flashes for a bell. */
const FLASHES = 3

/** When the twin for the eye goes on and off, in milliseconds from the bell. Calm: on once, off once. */
export function flashes(rings: number, calm: boolean): number[] {
  if (rings <= 0) return []
  const count = Math.min(FLASHES, Math.ceil(rings))
  if (calm) return [0, count * 2 * FLASH_MS]
  return Array.from({ length: count * 2 }, (_, place) => place * FLASH_MS)
}

/** Turns flashes on and off; a bell that comes while one still flashes begins at the next full second of it. */
export class Flasher {
  #timers: ReturnType<typeof setTimeout>[] = []
  #on = false
  #changed = -Infinity
  #show: (on: boolean) => void

  constructor(show: (on: boolean) => void) {
    this.#show = show
  }

  strike(rings: number, calm = prefersCalm()): void {
    const plan = flashes(rings, calm)
    if (!plan.length) return
    this.#clear()
    const now = Date.now()
    // On already: the plan's own first change falls away, its off comes later.
    const wait = Math.max(0, this.#changed + FLASH_MS - now)
    const steps = this.#on ? plan.slice(1) : plan
    steps.forEach((at, place) => this.#timers.push(setTimeout(() => this.#turn((place % 2 === 0) !== (steps !== plan)), wait + at)))
  }

  stop(): void {
    this.#clear()
    this.#turn(false)
  }

  #turn(on: boolean): void {
    if (on === this.#on) return
    this.#on = on
    this.#changed = Date.now()
    this.#show(on)
  }

  #clear(): void {
    this.#timers.forEach(clearTimeout)
    this.#timers = []
  }
}

export function prefersCalm(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** `blocked`: the browser waits for a touch or a key. `none`: there is no sound on this machine. */
export type Audible = 'ready' | 'blocked' | 'none'

export class Bells {
  #context: AudioContext | undefined
  #volume: GainNode | undefined
  #stroke: AudioBuffer | undefined
  #sounding: AudioBufferSourceNode[] = []
  #loud = 0.8
  #changed: () => void
  #none = false

  /** `changed` is called when `state` may say something else. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed
  }

  get state(): Audible {
    if (this.#none) return 'none'
    return this.#context?.state === 'running' ? 'ready' : 'blocked'
  }

  /** 0 to 1. */
  get loud(): number {
    return this.#loud
  }
  set loud(value: number) {
    this.#loud = Math.max(0, Math.min(1, value))
    if (this.#volume) this.#volume.gain.value = this.#loud
  }

  /** Asks for sound; call it from a touch or a key, and once at the beginning: some browsers remember. */
  async unlock(): Promise<Audible> {
    try {
      this.#prepare()
      // Without a touch this promise may never come back: nothing waits for it longer than a moment.
      await Promise.race([this.#context!.resume(), new Promise((resolve) => setTimeout(resolve, 300))])
    } catch {
      this.#none = true
    }
    this.#changed()
    return this.state
  }

  /** So many strokes now. Silent while blocked: a bell that comes late would lie. Whether it was heard. */
  ring(rings: number): boolean {
    const context = this.#context
    if (!context || context.state !== 'running') return false
    this.stop()
    const start = context.currentTime + 0.01
    for (const at of strokes(rings)) this.#strike(context, start + at / 1_000)
    return rings > 0
  }

  /** Unlocks, and rings once so that the hall can say whether it hears it. */
  async test(): Promise<Audible> {
    const state = await this.unlock()
    this.ring(1)
    return state
  }

  /** Ends a long bell. */
  stop(): void {
    for (const source of this.#sounding) source.stop()
    this.#sounding = []
  }

  close(): void {
    this.stop()
    void this.#context?.close().catch(() => undefined)
    this.#context = undefined
    this.#volume = undefined
    this.#stroke = undefined
  }

  #prepare(): void {
    if (this.#context) return
    const context = new AudioContext()
    this.#context = context
    this.#volume = context.createGain()
    this.#volume.gain.value = this.#loud
    this.#volume.connect(context.destination)
    this.#stroke = context.createBuffer(1, Math.ceil(LENGTH_S * context.sampleRate), context.sampleRate)
    this.#stroke.getChannelData(0).set(bell(context.sampleRate))
    context.onstatechange = () => this.#changed()
  }

  #strike(context: AudioContext, at: number): void {
    const source = context.createBufferSource()
    source.buffer = this.#stroke!
    source.connect(this.#volume!)
    source.start(at)
    this.#sounding.push(source)
  }
}

/** One stroke, as samples. Never beyond ±1, so that it does not crackle, also where strokes ring into each other. */
export function bell(rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.ceil(LENGTH_S * rate))
  const whole = PARTIALS.reduce((sum, [, loud]) => sum + loud, 0) * 1.5
  samples.forEach((_, place) => {
    const time = place / rate
    const attack = Math.min(1, time / ATTACK_S)
    const rest = Math.min(1, (LENGTH_S - time) / 0.05)
    const sum = PARTIALS.reduce((all, [tone, loud, dies]) => all + loud * Math.exp((-5 * time) / dies) * Math.sin(2 * Math.PI * TONE * tone * time), 0)
    samples[place] = (attack * rest * sum) / whole
  })
  return samples
}
