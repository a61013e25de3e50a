// The desk with what fixtures say in place of a server: /tests/desk/page.html?state=running&lang=az. What is sent lies in `sent`.
import { mount } from 'svelte'
import words from 'virtual:catalogue/desk'
import { language, speak } from '../../src/i18n/index.svelte.ts'
import { prepareAnnouncer } from '../../src/lib/announce.ts'
import type { Role } from '../../src/wire/index.ts'
import '../../src/base/base.css'
import '../../src/desk/desk.css'
import Open from '../../src/desk/Open.svelte'
import { FORMATS } from './formats.ts'
import { MEETING, documents, PEOPLE } from './fixtures.ts'

const asked = new URLSearchParams(location.search)
const sent: unknown[] = []
Object.assign(window, { sent })

const answer = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const real = window.fetch.bind(window)

prepareAnnouncer()
void speak(words).then(() => {
  const of = documents(asked.get('state') ?? 'running', language() as 'en' | 'az' | 'ru', Date.now())
  window.fetch = async (input, init) => {
    const path = new URL(String(input instanceof Request ? input.url : input), location.href).pathname
    const view = /\/views\/(.+)$/.exec(path)?.[1]
    if (view) return of.views[view] ? answer({ at: [1, 1], view: of.views[view] }) : answer({ errors: [{ code: 'not_allowed' }] }, 403)
    if (path === '/api/formats') return answer(FORMATS)
    if (path === '/api/hall') return answer({ addresses: ['http://192.168.1.20:8080'] })
    if (path.endsWith('/seats')) return answer({ seats: PEOPLE })
    if (path.endsWith('/links')) return answer({ link: 'l', url: `http://192.168.1.20:8080/desk/${MEETING}#AbCdEfGhIjKlMnOpQrStUv`, role: 'timekeeper' })
    if (path === '/api/formats/read') return answer({ format: FORMATS[0], problems: [{ line: 12, says: 'bell after the end of the speech: left out' }] })
    return path.startsWith('/api') ? answer({}) : real(input, init)
  }
  class Line {
    readyState = 1
    onopen?: () => void
    onmessage?: (event: { data: string }) => void
    constructor() {
      setTimeout(() => this.onopen?.(), 0)
    }
    send(text: string): void {
      const said = JSON.parse(text) as { hello?: unknown; n?: number; do?: unknown; ping?: number; follow?: string[] }
      if (said.hello) this.#say({ welcome: { now: Date.now(), n: 0, roles: of.roles as Role[] }, take: Object.keys(of.views) })
      if (said.follow) this.#say({ take: said.follow.filter((one) => of.views[one]) })
      if (said.ping !== undefined) this.#say({ pong: [said.ping, Date.now()] })
      if (said.n !== undefined) {
        sent.push(said.do)
        this.#say({ ok: [said.n] })
      }
    }
    close(): void {
      this.readyState = 3
    }
    #say(what: unknown): void {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(what) }), 0)
    }
  }
  window.WebSocket = Line as unknown as typeof WebSocket
  mount(Open, { target: document.getElementById('app')!, props: { seat: { meeting: MEETING, token: 't', seat: 'me', roles: of.roles as Role[] }, made: false } })
})
