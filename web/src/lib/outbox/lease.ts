// Which outbox ("device") this tab writes to. A tab holds its device by a short lease in localStorage;
// another tab takes its own, or adopts one whose lease ran out, with whatever was left unsent in it.
import { recall, remember } from '../storage/store.ts'
import { uuid } from '../ids.ts'

/** How long a lease holds without being renewed, and how often it is. */
const HOLD_MS = 12_000
const RENEW_MS = 4_000

export interface Device { device: string; alias: string }
interface Kept { alias: string; tab: string; until: number }
type Leases = Record<string, Kept>

export class Lease {
  readonly seat: string
  #tab = uuid()
  #held: Device | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(seat: string) {
    this.seat = seat
  }

  get #key(): string {
    return `leases.${this.seat}`
  }

  /** Adopts a free device or makes a new one, and keeps it until `release`. */
  take(now = Date.now()): Device {
    const free = Object.entries(recall<Leases>(this.#key) ?? {}).find(([, kept]) => kept.until <= now)
    this.#held = free ? { device: free[0], alias: free[1].alias } : { device: uuid(), alias: uuid() }
    this.#write(now + HOLD_MS)
    this.#timer = setInterval(() => this.#write(Date.now() + HOLD_MS), RENEW_MS)
    return this.#held
  }

  /** Devices nobody holds: their unsent commands want to be sent by somebody. */
  orphans(now = Date.now()): Device[] {
    return Object.entries(recall<Leases>(this.#key) ?? {})
      .filter(([device, kept]) => device !== this.#held?.device && kept.until <= now)
      .map(([device, kept]) => ({ device, alias: kept.alias }))
  }

  /** The device is used up. */
  forget(device: string): void {
    const leases = recall<Leases>(this.#key) ?? {}
    delete leases[device]
    remember(this.#key, leases)
  }

  release(): void {
    clearInterval(this.#timer)
    if (this.#held) this.#write(0)
    this.#held = undefined
  }

  #write(until: number): void {
    if (!this.#held) return
    const leases = recall<Leases>(this.#key) ?? {}
    const kept = leases[this.#held.device]
    // Somebody else took it while this tab slept: the server tells the two apart (4009).
    if (until === 0 && kept && kept.tab !== this.#tab) return
    leases[this.#held.device] = { alias: this.#held.alias, tab: this.#tab, until }
    remember(this.#key, leases)
  }
}
