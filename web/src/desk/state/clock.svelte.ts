// The server's time, once a second, for ages and count-downs. One timer for the whole desk.

export class Clock {
  #offset: () => number
  #now = $state(Date.now())

  // `offset`: how far the server's clock is ahead of this one, in ms.
  constructor(offset: () => number) {
    this.#offset = offset
    $effect(() => {
      const timer = setInterval(() => (this.#now = Date.now()), 1000)
      return () => clearInterval(timer)
    })
  }

  /** Milliseconds since 1970, on the server's clock. */
  get now(): number {
    return this.#now + this.#offset()
  }

  /** Whole seconds until a time; 0 when it has passed. */
  until(at: number): number {
    return Math.max(0, Math.ceil((at - this.now) / 1000))
  }

  /** Whole minutes since a time, rounded down. */
  minutesSince(at: number): number {
    return Math.max(0, Math.floor((this.now - at) / 60_000))
  }
}

/** The next time that this clock says `hh:mm`. */
export function nextAt(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() < now - 60 * 60_000) at.setDate(at.getDate() + 1)
  return at.getTime()
}
