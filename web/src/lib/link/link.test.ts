// The link against a server of frames: what it says, when it says it again, and what it does when nothing comes back.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServerSays } from '../../wire/index.ts'
import { Link } from './link.svelte.ts'
import type { Seat } from './seats.ts'

class Socket {
  static all: Socket[] = []
  static get last(): Socket {
    return Socket.all.at(-1)!
  }
  readyState = 0
  said: Record<string, unknown>[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string
  readonly protocol: string

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
    Socket.all.push(this)
  }
  send(text: string): void {
    this.said.push(JSON.parse(text) as Record<string, unknown>)
  }
  close(): void {
    this.readyState = 3
  }
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
  hear(says: ServerSays): void {
    this.onmessage?.({ data: JSON.stringify(says) })
  }
  shut(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
  get commands(): unknown[] {
    return this.said.filter((one) => 'do' in one)
  }
}

const FLOOR = { at: [7, 1], view: { meeting: { title: 'T', code: '473096', state: 'live' }, agenda: {}, questions: {}, here: 1 } }
let answers: (path: string, init: RequestInit) => { status: number; body?: unknown; etag?: string } | undefined
let asked: string[]
let link: Link | undefined

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  Socket.all = []
  asked = []
  answers = () => ({ status: 200, body: FLOOR })
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('indexedDB', undefined)
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    asked.push(`${init.method} ${path}`)
    const answer = answers(path, init)
    if (!answer) throw new TypeError('no network')
    return new Response(answer.status === 304 || !answer.body ? null : JSON.stringify(answer.body), { status: answer.status, headers: answer.etag ? { etag: answer.etag } : {} })
  })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  link?.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined)

async function start(more: Partial<Seat> = {}, options: { transport?: 'poll'; audiences?: string[] } = {}): Promise<Link> {
  link = new Link({ seat: { meeting: 'm', seat: 's', token: 'T', alias: { token: 'A' }, ...more }, ...options })
  link.start()
  await settle()
  return link
}

async function welcome(says: ServerSays['welcome'] = { roles: [], now: Date.now(), n: 0, also: { alias: { n: 0 } } }): Promise<Socket> {
  Socket.last.open()
  await settle()
  Socket.last.hear({ welcome: says })
  await settle()
  return Socket.last
}

test('says hello with both tokens, each with a device of its own, and where its document stands; no token is in the address', async () => {
  await start()
  Socket.last.open()
  await settle()
  const { hello } = Socket.last.said[0] as { hello: Record<string, unknown> }
  expect(hello).toMatchObject({ token: 'T', alias: 'A', at: { floor: [7, 1] } })
  expect(hello['device']).not.toBe(hello['alias_device'])
  expect(Socket.last.url).toMatch(/^ws:\/\/[^/]+\/ws$/)
  expect(Socket.last.protocol).toBe('openfloor.1')
})

test('merges patches and goes on from the last revision after a break', async () => {
  const link = await start()
  const socket = await welcome()
  expect(link.status).toBe('live')
  socket.hear({ views: { floor: [2, { here: 5, questions: { q: { text: 'Why?' } } }] } })
  expect(link.floor).toMatchObject({ here: 5, questions: { q: { text: 'Why?' } }, meeting: { title: 'T' } })
  socket.shut()
  await vi.advanceTimersByTimeAsync(500)
  Socket.last.open()
  await settle()
  expect(Socket.all.length).toBe(2)
  expect((Socket.last.said[0] as { hello: { at: unknown } }).hello.at).toEqual({ floor: [7, 2] })
})

test('takes a snapshot when told to, and says which one it has', async () => {
  await start()
  const socket = await welcome()
  answers = () => ({ status: 200, body: { at: [8, 30], view: { here: 9 } } })
  socket.hear({ take: ['floor'] })
  await settle()
  expect(asked.at(-1)).toBe('GET /api/meetings/m/views/floor?behind=1')
  expect(socket.said.at(-1)).toEqual({ have: { floor: [8, 30] } })
})

test('sends commands in order, the anonymous ones as the alias with far numbers', async () => {
  const link = await start()
  const socket = await welcome()
  const vote = link.send({ vote: { question: 'q', on: true } })
  link.send({ ask: { id: 'x', activity: 'a', text: 'Why?', anonymous: true } }, { anonymous: true })
  await settle()
  expect(socket.commands[0]).toEqual({ n: 1, do: { vote: { question: 'q', on: true } } })
  const secret = socket.commands[1] as { n: number; as: string }
  expect(secret.as).toBe('alias')
  expect(secret.n).toBeGreaterThanOrEqual(2 ** 32)
  expect(Number.isSafeInteger(secret.n)).toBe(true)
  socket.hear({ ok: [1, secret.n] })
  expect(await vote.done).toBeUndefined()
  expect(link.unnamed.list).toEqual([])
})

test('an unanswered command goes again after a break, under its number', async () => {
  const link = await start()
  const socket = await welcome()
  link.send({ vote: { question: 'q', on: true } })
  await settle()
  socket.shut()
  await vi.advanceTimersByTimeAsync(500)
  const next = await welcome({ roles: [], now: 0, n: 0, also: {} })
  expect(next.commands).toEqual([{ n: 1, do: { vote: { question: 'q', on: true } } }])
})

test('keeps a command through a reload', async () => {
  const before = await start()
  before.send({ vote: { question: 'q', on: true } })
  await settle()
  before.stop()
  await start()
  const socket = await welcome()
  expect(socket.commands).toHaveLength(1)
})

test('a silent line is given up after a ping without answer', async () => {
  await start()
  const socket = await welcome()
  socket.hear({ pong: [Date.now(), Date.now()] })
  await vi.advanceTimersByTimeAsync(22_000)
  expect(socket.said.at(-1)).toHaveProperty('ping')
  await vi.advanceTimersByTimeAsync(8_000)
  expect(socket.readyState).toBe(3)
  await vi.advanceTimersByTimeAsync(500)
  expect(Socket.all.length).toBe(2)
})

test('a short break is nobody’s news; a longer one is said within two seconds', async () => {
  const link = await start()
  ;(await welcome()).shut()
  await vi.advanceTimersByTimeAsync(500)
  await welcome()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(link.status).toBe('live')
  Socket.last.shut()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(link.status).toBe('away')
})

test('told that the network is gone, it asks the line and believes the line', async () => {
  const link = await start()
  const socket = await welcome()
  dispatchEvent(new Event('offline'))
  expect(socket.said.at(-1)).toHaveProperty('ping')
  socket.hear({ pong: [Date.now(), Date.now()] })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(link.status).toBe('live')
  dispatchEvent(new Event('offline'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(link.status).toBe('away')
})

test('asks at once when the phone wakes', async () => {
  await start()
  const socket = await welcome()
  const before = socket.said.length
  dispatchEvent(new Event('online'))
  expect(socket.said.length).toBe(before + 1)
  expect(socket.said.at(-1)).toHaveProperty('ping')
})

test('knows the clock of the server from the quickest answer', async () => {
  const link = await start()
  const socket = await welcome()
  const sent = Date.now()
  await vi.advanceTimersByTimeAsync(100)
  socket.hear({ pong: [sent, sent + 50 + 5_000] })
  expect(link.now() - Date.now()).toBe(5_000)
  const again = Date.now()
  await vi.advanceTimersByTimeAsync(900)
  socket.hear({ pong: [again, again + 9_000] })
  expect(link.now() - Date.now()).toBe(5_000)
})

test.each([[4001, 'lost'], [4003, 'revoked'], [4009, 'replaced']] as const)('closed with %i it is %s and does not come back by itself', async (code, status) => {
  const link = await start()
  ;(await welcome()).shut(code)
  expect(link.status).toBe(status)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Socket.all.length).toBe(1)
})

test('waits longer each time, with jitter', async () => {
  await start()
  await welcome()
  const waits: number[] = []
  for (let round = 0; round < 4; round++) {
    Socket.last.open()
    const count = Socket.all.length
    Socket.last.shut()
    let waited = 0
    while (Socket.all.length === count) {
      await vi.advanceTimersByTimeAsync(50)
      waited += 50
    }
    waits.push(waited)
  }
  expect(waits).toEqual([250, 500, 1000, 2000])
})

test('after two failed upgrades it asks instead, and posts what is to be sent', async () => {
  const link = await start()
  const posted: unknown[] = []
  answers = (path, init) => {
    if (path.endsWith('/commands')) {
      posted.push(JSON.parse(init.body as string))
      return { status: 200, body: { ok: 1 } }
    }
    return path.includes('/mine') ? { status: 200, body: { at: [7, 1], mine: { votes: {} }, n: 0 } } : { status: 200, body: FLOOR, etag: '"1"' }
  }
  const sending = link.send({ vote: { question: 'q', on: true } })
  Socket.last.shut()
  await vi.advanceTimersByTimeAsync(500)
  Socket.last.shut()
  await vi.waitFor(() => expect(link.polling).toBe(true))
  await vi.advanceTimersByTimeAsync(3000)
  expect(link.status).toBe('live')
  expect(posted).toEqual([{ n: 1, device: link.own.device, do: { vote: { question: 'q', on: true } } }])
  expect(await sending.done).toBeUndefined()
})

test('`poll` never opens a socket', async () => {
  const link = await start({}, { transport: 'poll' })
  await vi.waitFor(() => expect(link.polling).toBe(true))
  expect(Socket.all).toEqual([])
})

test('without any network it keeps trying the socket', async () => {
  answers = () => undefined
  const link = await start()
  Socket.last.shut()
  await vi.advanceTimersByTimeAsync(500)
  Socket.last.shut()
  await vi.waitFor(() => expect(asked.filter((one) => one.includes('/mine')).length).toBeGreaterThan(0))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(Socket.all.length).toBeGreaterThan(2)
  expect(link.polling).toBe(true)
})

test('let in at last, it brings the alias by the same try and says hello again', async () => {
  const link = await start({ alias: undefined, waiting: true, try: 'abc', code: '473096' })
  const socket = await welcome({ roles: [], now: 0, n: 0, mine: { seat: { waiting: true }, votes: {}, questions: {}, groups: {}, dots: {}, discussions: {}, debates: {} } })
  expect(link.waiting).toBe(true)
  answers = (path) => (path.endsWith('/seats') ? { status: 200, body: { seat: 's', token: 'T', alias: { token: 'A2' } } } : { status: 200, body: FLOOR })
  socket.hear({ views: { mine: [2, { seat: { waiting: null } }] } })
  await vi.advanceTimersByTimeAsync(600)
  expect(link.waiting).toBe(false)
  Socket.last.open()
  await settle()
  expect(Socket.last.said[0]).toMatchObject({ hello: { alias: 'A2' } })
})

test('let in while its page was closed, it brings the alias when it comes back, and as often as it takes', async () => {
  let reached = false
  answers = (path) => (!path.endsWith('/seats') ? { status: 200, body: FLOOR } : reached ? { status: 200, body: { seat: 's', token: 'T', alias: { token: 'A2' } } } : undefined)
  await start({ alias: undefined, waiting: true, try: 'abc', code: '473096' })
  const says = { roles: [], now: 0, n: 0, mine: { seat: {}, votes: {}, questions: {}, groups: {}, dots: {}, discussions: {}, debates: {} } }
  const socket = await welcome(says)
  await vi.advanceTimersByTimeAsync(600)
  expect(Socket.all.length).toBe(1)
  reached = true
  socket.shut()
  await vi.advanceTimersByTimeAsync(600)
  await welcome(says)
  await vi.advanceTimersByTimeAsync(600)
  Socket.last.open()
  await settle()
  expect(Socket.last.said[0]).toMatchObject({ hello: { alias: 'A2' } })
})

test('what is gone is forgotten', async () => {
  const link = await start({}, { audiences: ['floor', 'desk'] })
  const socket = await welcome()
  socket.hear({ views: { desk: [2, { counts: { seats: 3 } }] } })
  expect(link.desk).toBeDefined()
  socket.hear({ gone: ['desk'] })
  expect(link.desk).toBeUndefined()
})
