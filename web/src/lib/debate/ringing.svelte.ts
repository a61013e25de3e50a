// The bell of a page as something to draw with: whether sound is blocked, whether the frame flashes now.
// A touch or a key anywhere unlocks the sound; it goes with the component that made it.
import { onDestroy } from 'svelte'
import { Bells, Flasher, shake, type Audible } from '../bells.ts'

export class Ringing {
  #bells = new Bells(() => (this.#sound = this.#bells.state))
  #flasher = new Flasher((on) => (this.#flash = on))
  #sound = $state.raw<Audible>('blocked')
  #flash = $state.raw(false)
  #unlock = (): void => {
    if (this.#sound !== 'ready') void this.#bells.unlock()
  }

  constructor() {
    void this.#bells.unlock()
    addEventListener('pointerdown', this.#unlock)
    addEventListener('keydown', this.#unlock)
    onDestroy(() => {
      removeEventListener('pointerdown', this.#unlock)
      removeEventListener('keydown', this.#unlock)
      this.#flasher.stop()
      this.#bells.close()
    })
  }

  /** `blocked`: a touch or a key is needed; say so. */
  get sound(): Audible {
    return this.#sound
  }
  /** Draw the frame. Changes at most once a second; calm where the person wishes it. */
  get flash(): boolean {
    return this.#flash
  }

  get loud(): number {
    return this.#bells.loud
  }
  set loud(value: number) {
    this.#bells.loud = value
  }

  /** The bell for ear and eye, and for the hand where `how` says so. */
  strike(rings: number, how: { sound?: boolean; shake?: boolean } = {}): void {
    if (how.sound) this.#bells.ring(rings)
    if (how.shake) shake(rings)
    this.#flasher.strike(rings)
  }

  /** One stroke, so that the hall can say whether it hears it. */
  test(): Promise<Audible> {
    return this.#bells.test()
  }

  /** Ends a long bell: the clock was stopped or moved on. */
  hush(): void {
    this.#bells.stop()
  }
}
