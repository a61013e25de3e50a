// How a screen gets to its meeting: by the link's secret, by what it kept, or by four digits typed at the desk.
import { call, Problem } from '../lib/link/http.ts'
import { keepSeat, redeem, seats, takeSecret, type Seat } from '../lib/link/seats.ts'
import { recall, remember } from '../lib/storage/store.ts'

interface Asked { screen: string; digits: string; key: string }
interface Paired { meeting?: string; token?: string }

const KEPT = 'stage.meeting'
const PAUSE_MS = 2_000

/** The meeting in the address of this page, if one is. */
function addressed(): string | undefined {
  return location.pathname.split('/')[2] || undefined
}

/** What this screen was paired with before, or what its link says; waits for the network. Throws when the link is no good. */
export async function known(away: (is: boolean) => void, stopped: () => boolean): Promise<Seat | undefined> {
  const meeting = addressed() ?? recall<string>(KEPT)
  if (!meeting) return undefined
  const secret = takeSecret()
  const before = seats().find((seat) => seat.meeting === meeting && !seat.seat)
  if (!secret) return before
  while (!stopped()) {
    try {
      const seat = await redeem(meeting, { secret })
      remember(KEPT, meeting)
      return seat
    } catch (problem) {
      if (!(problem instanceof Problem && /^(offline|busy|going_down)$/.test(problem.code))) throw problem
      away(true)
      await pause()
    }
  }
  return undefined
}

/** Forgets the meeting: the page asks to be paired again. */
export function forget(): void {
  remember(KEPT, undefined)
  history.replaceState(null, '', '/stage')
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

/** Shows digits until somebody types them at a desk; new ones when they run out, and none while the server does not answer. */
export async function pair(show: (digits: string | undefined) => void, stopped: () => boolean): Promise<Seat | undefined> {
  while (!stopped()) {
    const asked = await ask()
    show(asked?.digits)
    if (!asked) {
      await pause()
      continue
    }
    const seat = await answer(asked, stopped)
    if (seat) return seat
  }
  return undefined
}

async function ask(): Promise<Asked | undefined> {
  try {
    return (await call<Asked>('POST', '/api/screens', { body: {} })).body
  } catch {
    return undefined
  }
}

async function answer({ screen, key }: Asked, stopped: () => boolean): Promise<Seat | undefined> {
  while (!stopped()) {
    try {
      const { body } = await call<Paired>('GET', `/api/screens/${screen}?key=${encodeURIComponent(key)}`, { patience_ms: 40_000 })
      if (body.meeting && body.token) {
        const seat: Seat = { meeting: body.meeting, token: body.token }
        keepSeat(seat)
        remember(KEPT, body.meeting)
        history.replaceState(null, '', `/stage/${body.meeting}${location.search}`)
        return seat
      }
    } catch (problem) {
      // The digits ran out, or the server was started anew: ask for others.
      if (problem instanceof Problem && problem.code !== 'offline') return undefined
      await pause()
    }
  }
  return undefined
}
