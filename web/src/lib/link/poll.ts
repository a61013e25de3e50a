// Where sockets are blocked: asks for the documents every few seconds and posts the commands, over the same addresses.
import type { At, Mine } from '../../wire/index.ts'
import type { Outbox } from '../outbox/outbox.svelte.ts'
import { call, Problem } from './http.ts'
import type { Link } from './link.svelte.ts'

const EVERY_MS = 2_000
const HIDDEN_MS = 10_000

interface MineAnswer { at: At; mine: Mine; n: number }

/** Starts asking; `failed` is called once when nothing answers, and it has stopped then. Returns what stops it. */
export function poll(link: Link, failed: () => void): () => void {
  const etags: Record<string, string | undefined> = {}
  const base = `/api/meetings/${link.seat.meeting}`
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let begun = false
  let busy = false

  async function ask<T>(path: string, token: string): Promise<T | undefined> {
    const key = token + path
    const { status, body, etag } = await call<T>('GET', base + path, { token, etag: etags[key] })
    etags[key] = etag ?? undefined
    return status === 304 ? undefined : body
  }

  async function post(box: Outbox, token: string): Promise<void> {
    for (const { n, wish, as } of box.take()) {
      try {
        await call('POST', `${base}/commands`, { token, body: { n, device: box.device, do: wish, ...(as ? { as } : {}) } })
        box.ok(n)
      } catch (problem) {
        const { refusal, code, retry } = problem as Problem
        if (refusal) box.no(n, refusal)
        else if (code === 'slow_down' || code === 'busy') box.no(n, { code, detail: '', retry: retry ?? EVERY_MS })
        else throw problem
        if (refusal?.retry ?? retry) return
      }
    }
  }

  async function read(box: Outbox, token: string, name: string): Promise<void> {
    const mine = await ask<MineAnswer>(`/mine?device=${box.device}`, token)
    if (mine) link.put(name, mine.mine)
    if (link.seat.try && !link.waiting) await link.admitted()
    if (mine && !begun) box.begin(mine.n)
  }

  async function round(): Promise<void> {
    busy = true
    try {
      const { token, alias } = link.seat
      if (link.seat.seat) await read(link.own, token, 'mine')
      if (alias) await read(link.unnamed, alias.token, 'unnamed')
      if (!begun) {
        if (!link.seat.seat) link.own.begin()
        begun = true
      }
      if (!link.waiting) {
        for (const audience of link.audiences) {
          const view = await ask<{ at: At; view: unknown }>(`/views/${audience}`, token)
          if (view && !stopped) link.put(audience, view.view, view.at)
        }
      }
      if (stopped) return
      link.live()
      await post(link.own, token)
      if (alias) await post(link.unnamed, alias.token)
    } catch (problem) {
      if (stopped) return
      link.own.rest()
      link.unnamed.rest()
      begun = false
      const code = problem instanceof Problem ? problem.code : 'internal'
      if (link.refused(code)) return
      if (code === 'offline') {
        stop()
        return failed()
      }
    }
    busy = false
    if (!stopped) timer = setTimeout(() => void round(), (document.hidden ? HIDDEN_MS : EVERY_MS) * (0.75 + Math.random() / 2))
  }

  function stop(): void {
    stopped = true
    clearTimeout(timer)
    link.kick = undefined
  }

  link.kick = () => {
    if (busy) return
    clearTimeout(timer)
    timer = setTimeout(() => void round(), 0)
  }
  void round()
  return stop
}
