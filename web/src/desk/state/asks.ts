// The desk's requests besides the socket, as docs/WIRE.md names them. Knows no screen.
import type { Role } from '../../wire/index.ts'
import { bytes, hex } from '../../lib/ids.ts'
import { call } from '../../lib/link/http.ts'
import type { Link } from '../../lib/link/link.svelte.ts'
import { keepSeat } from '../../lib/link/seats.ts'
import { recall, remember } from '../../lib/storage/store.ts'

interface Made { meeting: string; code: string; token: string; seat?: string; links: Links }
/** The addresses a new meeting came with. */
export interface Links { desk: string; stage: string; join: string }

export interface Person {
  seat: string; name?: string; language?: string; tags?: Record<string, boolean> | string[]; roles?: Partial<Record<Role, boolean>> | Role[]
  proxy?: boolean; muted?: boolean; waiting?: boolean; here?: boolean
}
export interface Checked {
  addresses: string[]; phones: number; disk_free_mb?: number; battery?: { percent: number; charging: boolean }; awake?: boolean; saved?: boolean
}

/** Makes a meeting and keeps its desk here. The same attempt after a bad moment makes no second one. */
export async function makeMeeting(title: string, language: string): Promise<string> {
  const attempt = recall<string>('try.make') ?? hex(bytes(16))
  remember('try.make', attempt)
  const { body } = await call<Made>('POST', '/api/meetings', { body: { title, language, template: 'questions', try: attempt } })
  remember('try.make', undefined)
  keepSeat({ meeting: body.meeting, code: body.code, token: body.token, ...(body.seat ? { seat: body.seat } : {}), roles: ['facilitator'] })
  remember(`desk.${body.meeting}`, body.links)
  return body.meeting
}

/** The links of a meeting that was made in this browser; nowhere else are they known. */
export const linksOf = (meeting: string): Links | undefined => recall<Links>(`desk.${meeting}`)

/** The addresses at which phones reach this server, the best first. */
export const hall = async (): Promise<string[]> => (await call<{ addresses: string[] }>('GET', '/api/hall')).body.addresses

/** What only a meeting's desk may ask. */
export class Asks {
  #link: Link

  constructor(link: Link) {
    this.#link = link
  }

  people = (find: string, after?: string): Promise<{ seats: Person[]; next?: string }> => {
    const asked = new URLSearchParams()
    if (find) asked.set('find', find)
    if (after) asked.set('after', after)
    return this.#get(`/seats?${asked}`)
  }
  link = (role: Role, label?: string): Promise<{ link: string; url: string }> => this.#post('/links', label ? { role, label } : { role })
  move = (seat: string): Promise<{ url: string; until: number }> => this.#post(`/seats/${seat}/move`, {})
  pair = (digits: string): Promise<{ screen: string }> => this.#post('/screens', { digits })
  check = (): Promise<Checked> => this.#get('/check')
  practise = (phones: number): Promise<{ practice: string; links: Links }> => this.#post('/practice', { phones })
  erase = async (practice: string): Promise<void> => void (await this.#link.call('DELETE', `/practice/${practice}`))

  #get = async <T>(path: string): Promise<T> => (await this.#link.call<T>('GET', path)).body
  #post = async <T>(path: string, body: unknown): Promise<T> => (await this.#link.call<T>('POST', path, body)).body
}

/** Names or roles however they came, as a list. */
export function names<T extends string>(of: Partial<Record<T, boolean>> | readonly T[] | undefined): T[] {
  if (!of) return []
  return Array.isArray(of) ? [...(of as T[])] : (Object.keys(of) as T[])
}
