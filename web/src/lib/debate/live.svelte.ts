// A clock that goes by itself on a screen, from the last word of the server's, and tells bells and milestones as they come.
// One timer for all clocks of a page, woken only when a figure, a bell or a milestone is due.
import { untrack } from 'svelte'
import type { Clock, ClockBell, Counts } from '../../wire/index.ts'
import * as truth from './clock.ts'
import { Crossed } from './crossed.ts'

export interface Told {
  /** Crossed while one looks; also silent ones (`rings` 0). */
  bell?: (bell: ClockBell) => void
  milestone?: (milestone: truth.Milestone) => void
}

/** Browsers wake a little early at times: what is so near counts as due. */
const NEAR_MS = 4
/** Looks again after so long even when nothing is due: the time of the server's may have been learned better meanwhile. */
const LONGEST_MS = 10_000

const all = new Set<LiveClock>()
let timer: ReturnType<typeof setTimeout> | undefined

function wake(): void {
  for (const one of all) one.look()
  plan()
}

function plan(): void {
  clearTimeout(timer)
  if (all.size === 0) return
  const waits = [...all].map((one) => one.wait()).filter((wait) => wait !== undefined)
  if (waits.length) timer = setTimeout(wake, Math.max(0, Math.min(LONGEST_MS, ...waits)))
}

function seenAgain(): void {
  if (document.visibilityState === 'visible') wake()
}

export class LiveClock {
  #read: () => Clock | undefined
  #now: () => number
  #told: Told
  #crossed = new Crossed()
  #at = $state.raw(0)

  /** `now` is the server's time (`link.now`). Made while a component is; goes with it. */
  constructor(read: () => Clock | undefined, now: () => number, told: Told = {}) {
    this.#read = read
    this.#now = now
    this.#told = told
    this.#at = now()
    $effect(() => {
      if (all.size === 0) document.addEventListener('visibilitychange', seenAgain)
      all.add(this)
      return () => {
        all.delete(this)
        if (all.size === 0) document.removeEventListener('visibilitychange', seenAgain)
        plan()
      }
    })
    $effect(() => {
      void this.#read()
      untrack(() => {
        this.look()
        plan()
      })
    })
  }

  /** Takes the time of now, and tells what was crossed. */
  look(): void {
    const clock = untrack(this.#read)
    const now = this.#now()
    this.#at = now
    for (const one of this.#crossed.look(clock, now + NEAR_MS)) {
      if ('bell' in one) this.#told.bell?.(one.bell)
      else this.#told.milestone?.(one.milestone)
    }
  }

  /** Milliseconds until it looks different; none while it stands. */
  wait(): number | undefined {
    const clock = untrack(this.#read)
    const next = clock && truth.nextChange(clock, this.#now() + NEAR_MS)
    return next === undefined ? undefined : next - this.#now()
  }

  /** The server's time at the last change of a figure. */
  get at(): number {
    return this.#at + NEAR_MS
  }
  get clock(): Clock | undefined {
    return this.#read()
  }
  get shown(): number {
    return this.#of(truth.shown, 0)
  }
  get state(): truth.Standing | undefined {
    return this.#of<truth.Standing | undefined>(truth.state, undefined)
  }
  get running(): boolean {
    return this.#of(truth.running, false)
  }
  get over(): boolean {
    return this.#of(truth.isOver, false)
  }
  get phase(): string {
    return this.#of(truth.phase, 'normal')
  }
  get phaseWord(): truth.PhaseWord {
    return this.#of<truth.PhaseWord>(truth.phaseWord, 'none')
  }
  get points(): boolean {
    return this.#of(truth.points, false)
  }
  get share(): number {
    return this.#of(truth.share, 0)
  }
  get nextBell(): { bell: ClockBell; wait_ms?: number } | undefined {
    return this.#of(truth.nextBell, undefined)
  }
  digits(counts: Counts): truth.Digits | undefined {
    return this.#of((clock, now) => truth.digits(clock, now, counts), undefined)
  }

  #of<T>(ask: (clock: Clock, now: number) => T, none: T): T {
    const clock = this.#read()
    return clock ? ask(clock, this.at) : none
  }
}
