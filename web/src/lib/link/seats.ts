// The places this phone holds in meetings, and how it gets one. Tokens stay on the phone and out of every address.
import { bytes, hex } from '../ids.ts'
import { openStore, recall, remember } from '../storage/store.ts'
import type { Role } from '../../wire/index.ts'
import { call } from './http.ts'

export interface Seat {
  meeting: string
  token: string
  code?: string | undefined
  /** Absent for a stage: it reads and has no seat. */
  seat?: string | undefined
  alias?: { token: string; id?: string } | undefined
  roles?: Role[] | undefined
  /** What this phone calls the person, when several share it. */
  called?: string | undefined
  /** The link it came by, so that the same link leads back to the same seat. */
  secret?: string | undefined
  waiting?: boolean | undefined
  /** While waiting to be let in: the same try brings the alias afterwards. */
  try?: string | undefined
  /** Came from another phone by a one-time link. */
  moved?: boolean | undefined
}

export interface JoinAnswer { seat?: string; token: string; alias?: { token: string }; roles?: Role[]; waiting?: boolean }
export interface CodeAnswer { meeting: string; title: string; languages?: string[]; ask?: string[]; ask_first?: boolean }

export function seats(): Seat[] {
  return recall<Seat[]>('seats') ?? []
}

function write(all: Seat[]): void {
  remember('seats', all)
  void openStore().then((store) => store.set('seats', all)).catch(() => undefined)
}

/** The last one used stands first. */
export function keepSeat(seat: Seat): void {
  write([seat, ...seats().filter((one) => one.token !== seat.token && !(one.seat && one.seat === seat.seat))])
}

export function dropSeat(seat: Seat): void {
  write(seats().filter((one) => one.token !== seat.token))
}

/** Browsers that clear localStorage often keep the database: brings the seats back from there. */
export async function restoreSeats(): Promise<void> {
  if (seats().length) return
  const kept = await openStore().then((store) => store.get<Seat[]>('seats')).catch(() => undefined)
  if (kept?.length) remember('seats', kept)
}

/** Digits as people type them: spaces and dashes go, Arabic-Indic and Persian digits are mapped. */
export function readCode(typed: string): string {
  return typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\D/g, '')
    .slice(0, 8)
}

/** A code as it is shown and spoken: in pairs. */
export function pairs(code: string): string {
  return code.replace(/\D/g, '').replace(/(\d\d)(?=\d)/g, '$1 ')
}

/** Takes the secret out of the address at once, so that it is in no history and no screenshot. */
export function takeSecret(): string | undefined {
  const secret = decodeURIComponent(location.hash.slice(1))
  if (!secret) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return secret
}

export interface Key { code?: string | undefined; secret?: string | undefined; called?: string; language?: string; try?: string }

/** Redeems a code or a link's secret. The same try after a bad moment gets the same seat. */
export async function redeem(meeting: string, by: Key): Promise<Seat> {
  const key = `try.${meeting}`
  const again = by.try ?? recall<string>(key) ?? hex(bytes(16))
  remember(key, again)
  const { called, code, secret, language } = by
  const wish = { ...(secret ? { secret } : { code }), language, try: again }
  const { body, status } = await call<JoinAnswer>('POST', `/api/meetings/${meeting}/seats`, { body: wish })
  remember(key, undefined)
  const { seat, token, roles, waiting, alias } = body
  const fresh: Seat = {
    meeting, token, code, secret, called, seat, roles, waiting, try: waiting ? again : undefined,
    moved: status === 200 && !by.try ? true : undefined, alias: alias && { token: alias.token },
  }
  keepSeat(fresh)
  return fresh
}

export async function findMeeting(code: string): Promise<CodeAnswer> {
  return (await call<CodeAnswer>('GET', `/api/codes/${code}`)).body
}
