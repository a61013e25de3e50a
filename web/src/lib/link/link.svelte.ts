// The line between this page and its meeting: documents come in, commands go out, and a bad network is its business alone.
// Invariants: a document is exactly the server's at `#at`; a command leaves the outbox only when it was answered for good;
// at most one connection speaks for this device. Knows no rule of the meeting.
import type { At, Care, Command, Concerns, Desk, Floor, Mine, Role, ServerSays } from '../../wire/index.ts'
import { farNumber } from '../ids.ts'
import { Lease } from '../outbox/lease.ts'
import { Outbox, type Sending } from '../outbox/outbox.svelte.ts'
import { openStore, type Store } from '../storage/store.ts'
import { call, Problem } from './http.ts'
import { merge } from './merge.ts'
import { keepSeat, redeem, type Seat } from './seats.ts'

/** `live`: talking. `away`: trying again by itself. The last three need the person: `replaced` by another tab, `revoked`, `lost` (the token is not known). */
export type Status = 'starting' | 'live' | 'away' | 'replaced' | 'revoked' | 'lost'

export interface LinkOptions {
  seat: Seat
  /** What to follow; default `['floor']`. */
  audiences?: string[]
  /** `poll` never tries a socket. */
  transport?: 'poll' | undefined
}

const UPGRADE_MS = 8_000
const PING_MS = 22_000
const SILENCE_MS = 8_000
const WAKE_MS = 3_000
const SOCKET_AGAIN_MS = 60_000
const FIRST_WAIT_MS = 500
/** A break shorter than this is nobody's news. */
const AWAY_MS = 1_200
const OFFLINE_MS = 800
const LONGEST_WAIT_MS = 15_000

export class Link {
  status = $state.raw<Status>('starting')
  /** Every document followed, by audience; each is replaced, never changed. */
  docs = $state.raw<Readonly<Record<string, unknown>>>({})
  roles = $state.raw<readonly Role[]>([])
  /** True while the page asks instead of listening, because sockets are blocked here. */
  polling = $state.raw(false)

  /** Set while polling: something is ready to be posted. */
  kick: (() => void) | undefined
  /** Another part of the page that listens in; nothing said means that the line is gone. */
  heard: ((said?: ServerSays) => void) | undefined
  readonly seat: Seat
  readonly own: Outbox
  readonly unnamed: Outbox
  readonly audiences: Set<string>
  #lease: Lease
  #at: Record<string, At> = {}
  #socket: WebSocket | undefined
  #welcomed = false
  #failures = 0
  #waits = 0
  #forced: boolean
  #stopPolling: (() => void) | undefined
  #timers: Record<string, ReturnType<typeof setTimeout>> = {}
  #offset = 0
  #trip = Infinity
  #stopped = false
  #first: Promise<unknown> | undefined

  constructor({ seat, audiences = ['floor'], transport }: LinkOptions) {
    this.seat = seat
    this.roles = seat.roles ?? []
    this.audiences = new Set(audiences)
    this.#forced = transport === 'poll'
    const opened = openStore()
    const store: Store = {
      get: async (key) => (await opened).get(key),
      set: async (key, value) => (await opened).set(key, value),
      drop: async (key) => (await opened).drop(key),
    }
    this.#lease = new Lease(seat.seat ?? seat.meeting)
    const { device, alias } = this.#lease.take()
    this.own = new Outbox(store, device, 1, () => this.#flush())
    this.unnamed = new Outbox(store, alias, farNumber(), () => this.#flush())
  }

  get floor(): Floor | undefined {
    return this.docs['floor'] as Floor | undefined
  }
  get desk(): Desk | undefined {
    return this.docs['desk'] as Desk | undefined
  }
  get care(): Care | undefined {
    return this.docs['care'] as Care | undefined
  }
  get concerns(): Concerns | undefined {
    return this.docs['concerns'] as Concerns | undefined
  }
  get mine(): Mine | undefined {
    return this.docs['mine'] as Mine | undefined
  }
  /** What was done without name: the alias's own document. */
  get mineUnnamed(): Mine | undefined {
    return this.docs['unnamed'] as Mine | undefined
  }
  /** Not let in yet (*ask me first*). */
  get waiting(): boolean {
    return this.mine?.seat?.waiting ?? (this.mine ? false : (this.seat.waiting ?? false))
  }
  /** The server's clock, in milliseconds. */
  now(): number {
    return Date.now() + this.#offset
  }

  start(): void {
    addEventListener('online', this.#wake)
    addEventListener('offline', this.#doubt)
    document.addEventListener('visibilitychange', this.#wake)
    addEventListener('pagehide', this.#hide)
    addEventListener('pageshow', this.#show)
    // The snapshot travels while the socket is being opened, and the hello then says where it stands.
    if (!this.#forced) this.#first = Promise.all([...this.audiences].map((audience) => this.fetch(audience, true).catch(() => undefined)))
    this.#connect()
    this.#sweep()
  }

  stop(): void {
    this.#stopped = true
    removeEventListener('online', this.#wake)
    removeEventListener('offline', this.#doubt)
    document.removeEventListener('visibilitychange', this.#wake)
    removeEventListener('pagehide', this.#hide)
    removeEventListener('pageshow', this.#show)
    this.#drop()
    for (const key of Object.keys(this.#timers)) this.#clear(key)
    this.#stopPolling?.()
    this.#lease.release()
  }

  /** Sends a command; it is kept until it is answered, through reloads and bad networks. `as`: act for a proxy. */
  send(wish: Command, how: { anonymous?: boolean; as?: string } = {}): Sending {
    return how.anonymous && this.seat.alias ? this.unnamed.add(wish) : this.own.add(wish, how.as)
  }

  /** Follows one more audience (`group/…`, `chair/…`). */
  follow(audience: string): void {
    this.audiences.add(audience)
    this.#say({ follow: [audience] })
  }

  unfollow(audience: string): void {
    this.audiences.delete(audience)
    this.#forget(audience)
    this.#say({ unfollow: [audience] })
  }

  /** Says a frame of another part of the page; false when there is no socket to say it on. */
  say(what: unknown): boolean {
    if (this.#welcomed) this.#say(what)
    return this.#welcomed
  }

  /** Ids of listed questions that look like `text`. */
  async similar(text: string): Promise<string[]> {
    const { body } = await this.call<{ questions: string[] }>('POST', '/similar', { text })
    return body.questions
  }

  /** A request of this meeting under this seat's token. */
  call<T>(method: string, path: string, body?: unknown, token = this.seat.token) {
    return call<T>(method, `/api/meetings/${this.seat.meeting}${path}`, body === undefined ? { token } : { token, body })
  }

  /** After `replaced`: this tab takes a device of its own. */
  takeOver(): void {
    location.reload()
  }

  // ── what transports use ──

  /** Fetches a document. `behind`: one that lags a little will do, patches cover the rest. */
  async fetch(audience: string, behind = false): Promise<At> {
    const { body } = await this.call<{ at: At; view: unknown }>('GET', `/views/${audience}${behind ? '?behind=1' : ''}`)
    this.put(audience, body.view, body.at)
    return body.at
  }

  put(audience: string, document: unknown, at?: At): void {
    if (at) this.#at[audience] = at
    this.docs = { ...this.docs, [audience]: document }
  }

  /** The token is refused: nothing gets better by waiting. */
  refused(code: string): boolean {
    if (code !== 'bad_token' && code !== 'revoked') return false
    this.#end(code === 'revoked' ? 'revoked' : 'lost')
    return true
  }

  live(): void {
    this.#waits = 0
    this.#clear('away')
    this.status = 'live'
  }

  // ── the socket ──

  #connect(): void {
    if (this.#stopped || this.#socket) return
    if (this.#forced) return void this.#poll()
    const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/ws`, 'openfloor.1')
    this.#socket = socket
    this.#welcomed = false
    let opened = false
    this.#timer('upgrade', UPGRADE_MS, () => {
      this.#failures = 2
      this.#closed(0)
    })
    socket.onopen = () => {
      opened = true
      this.#failures = 0
      this.#clear('upgrade')
      this.#listen(UPGRADE_MS)
      void Promise.resolve(this.#first).then(() => {
        this.#first = undefined
        if (this.#socket === socket) this.#hello()
      })
    }
    socket.onmessage = ({ data }) => {
      this.#listen(PING_MS, () => this.ping(SILENCE_MS))
      this.#hear(JSON.parse(data as string) as ServerSays)
    }
    socket.onclose = ({ code }) => {
      if (!opened) this.#failures++
      this.#closed(code)
    }
  }

  #hello(): void {
    const { token, alias } = this.seat
    const at = Object.fromEntries([...this.audiences].map((audience) => [audience, this.#at[audience] ?? null]))
    this.#say({ hello: { token, device: this.own.device, ...(alias ? { alias: alias.token, alias_device: this.unnamed.device } : {}), at } }, true)
  }

  #hear(said: ServerSays): void {
    const { welcome, take, views, gone, ok, no, pong, away } = said
    if (welcome) {
      this.#stopPolling?.()
      this.#stopPolling = undefined
      this.polling = false
      this.#welcomed = true
      if (this.#trip === Infinity) this.#offset = welcome.now - Date.now()
      if (welcome.roles) this.roles = Array.isArray(welcome.roles) ? welcome.roles : (Object.keys(welcome.roles) as Role[])
      this.own.begin(welcome.n)
      if (welcome.mine) this.put('mine', welcome.mine)
      if (this.seat.try && !this.waiting) this.#letIn()
      for (const [id, also] of Object.entries(welcome.also ?? {})) {
        if (this.seat.alias && !this.seat.alias.id) {
          this.seat.alias.id = id
          keepSeat(this.seat)
        }
        this.unnamed.begin(also.n)
        if (also.mine) this.put('unnamed', also.mine)
      }
      this.live()
      this.ping(SILENCE_MS)
      this.#flush()
    }
    for (const audience of take ?? []) {
      void this.fetch(audience, true).then((at) => this.#say({ have: { [audience]: at } }), (problem: Problem) => {
        if (problem.code === 'offline') this.#closed(0)
        else this.refused(problem.code)
      })
    }
    if (views) this.#patch(views)
    for (const audience of gone ?? []) this.#forget(audience)
    for (const n of ok ?? []) {
      this.own.ok(n)
      this.unnamed.ok(n)
    }
    for (const [n, refusal] of no ?? []) this.#box(n).no(n, refusal)
    if (pong) {
      const trip = Date.now() - pong[0]
      // The quickest answer tells the time best.
      if (trip <= this.#trip) this.#offset = pong[1] - (pong[0] + trip / 2)
      this.#trip = Math.min(this.#trip, trip)
    }
    this.heard?.(said)
    if (away) this.#waits = Math.max(this.#waits, Math.ceil(Math.log2(away.retry / FIRST_WAIT_MS)))
  }

  #patch(views: NonNullable<ServerSays['views']>): void {
    const docs = { ...this.docs }
    const wasWaiting = this.waiting
    for (const [audience, [revision, patch]] of Object.entries(views)) {
      const name = audience.startsWith('mine/') ? 'unnamed' : audience
      docs[name] = merge(docs[name], patch)
      const at = this.#at[audience]
      if (at) this.#at[audience] = [at[0], revision]
    }
    this.docs = docs
    if (wasWaiting && !this.waiting) this.#letIn()
  }

  #letIn(): void {
    void this.admitted().then(() => {
      this.#drop()
      this.#timer('again', 0, () => this.#connect())
    }, () => undefined)
  }

  /** Just let in, or let in while this page was closed: the same try as before brings the alias, a new hello the rest.
   *  Where nothing answers the try is kept for the next time. */
  async admitted(): Promise<void> {
    const { meeting, code, secret, try: again } = this.seat
    try {
      if (again) this.seat.alias = (await redeem(meeting, { code, secret, try: again })).alias
    } catch (problem) {
      if (/offline|busy/.test((problem as Problem).code)) throw problem
    }
    this.seat.waiting = this.seat.try = undefined
    keepSeat(this.seat)
  }

  #box(n: number): Outbox {
    return this.unnamed.list.some((one) => one.n === n) ? this.unnamed : this.own
  }

  #flush(): void {
    if (!this.#welcomed) return this.kick?.()
    for (const { n, wish, as } of this.own.take()) this.#say({ n, do: wish, ...(as ? { as } : {}) })
    const as = this.seat.alias?.id
    if (as) for (const { n, wish } of this.unnamed.take()) this.#say({ n, do: wish, as })
  }

  #say(what: unknown, early = false): void {
    if (this.#socket?.readyState === 1 && (early || this.#welcomed)) this.#socket.send(JSON.stringify(what))
  }

  /** Asks for the server's time and a sign of life within `patience` ms. */
  ping(patience: number): void {
    this.#say({ ping: Date.now() })
    this.#listen(patience)
  }

  /** Expects a sign of life within `ms`; `then` default: the line is dead. */
  #listen(ms: number, then = () => this.#closed(0)): void {
    this.#timer('listen', ms, then)
  }

  #timer(name: string, ms: number, then: () => void): void {
    this.#clear(name)
    this.#timers[name] = setTimeout(then, ms)
  }

  #clear(name: string): void {
    clearTimeout(this.#timers[name])
    delete this.#timers[name]
  }

  #drop(): void {
    const socket = this.#socket
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
    this.#socket = undefined
    this.#welcomed = false
    this.#clear('upgrade')
    this.#clear('listen')
    this.own.rest()
    this.unnamed.rest()
    this.heard?.()
  }

  #closed(code: number): void {
    this.#drop()
    if (code === 4001 || code === 4003) return this.#end(code === 4003 ? 'revoked' : 'lost')
    if (code === 4009) return this.#end('replaced')
    if (this.#stopped) return
    if (this.#stopPolling) return this.#timer('again', SOCKET_AGAIN_MS, () => this.#connect())
    if (this.status === 'live' && !this.#timers['away']) this.#timer('away', AWAY_MS, () => (this.status = 'away'))
    if (this.#failures >= 2) return void this.#poll()
    this.#again()
  }

  /** Full jitter: everyone of a hall comes back, but not in the same moment. */
  #again(): void {
    const wait = Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#waits++)
    this.#timer('again', wait, () => this.#connect())
  }

  #end(status: Status): void {
    this.#clear('away')
    this.#stopPolling?.()
    this.#stopped = true
    this.#drop()
    this.status = status
  }

  /** Sockets do not come through here: the same addresses are asked every few seconds. */
  async #poll(): Promise<void> {
    try {
      const { poll } = await import('./poll.ts')
      if (this.#stopped || this.#stopPolling || this.#socket) return
      this.#stopPolling = poll(this, () => {
        // Nothing answers at all: it is the network, not the socket.
        this.#stopPolling = undefined
        this.#failures = 0
        this.status = 'away'
        this.#again()
      })
      this.polling = true
      if (!this.#forced) this.#timer('again', SOCKET_AGAIN_MS, () => this.#connect())
    } catch {
      // Not even the page's own files come: there is no network.
      this.status = 'away'
      this.#failures = 0
      this.#again()
    }
  }

  /** Sends what other tabs and other people of this phone left behind. */
  #sweep(): void {
    this.#timer('sweep', 15_000, () => {
      const orphans = this.#lease.orphans()
      if (orphans.length && this.status === 'live') void import('./sweep.ts').then(({ sweep }) => sweep(this, this.#lease, orphans)).catch(() => undefined)
      this.#sweep()
    })
  }

  #forget(audience: string): void {
    const docs = { ...this.docs }
    delete docs[audience]
    delete this.#at[audience]
    this.docs = docs
  }

  #wake = (): void => {
    if (this.#stopped || document.visibilityState === 'hidden') return
    if (this.#socket) return this.ping(WAKE_MS)
    this.#waits = 0
    if (!this.#stopPolling) this.#timer('again', 0, () => this.#connect())
  }

  /** The phone says that its network is gone. It may mean the internet alone, so the line itself is asked. */
  #doubt = (): void => {
    if (this.#socket) this.ping(OFFLINE_MS)
    else this.kick?.()
  }

  #hide = (): void => this.#lease.release()

  /** Back from the browser's page cache: the device may be another tab's by now. */
  #show = (shown: PageTransitionEvent): void => {
    if (shown.persisted) location.reload()
  }
}
