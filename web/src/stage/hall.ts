// Where phones reach this server, and the two codes to scan. A code is fetched with the stage's token and shown as a picture.
import type { Link } from '../lib/link/link.svelte.ts'
import { call } from '../lib/link/http.ts'
import { isOwn } from '../lib/link/own.ts'

/** The address to type: this page's own, unless that only works on this computer. */
export async function address(): Promise<string> {
  if (!isOwn(location.hostname)) return location.host
  try {
    const { body } = await call<{ addresses: string[] }>('GET', '/api/hall')
    const outside = body.addresses.map((one) => one.replace(/^https?:\/\//, '').replace(/\/$/, '')).find((one) => !isOwn(one))
    return outside ?? location.host
  } catch {
    return location.host
  }
}

/** The picture of a code as an address of this page's own; empty when there is none. */
export async function picture(link: Link, of: 'join' | 'wifi'): Promise<string> {
  try {
    const answer = await fetch(`/api/meetings/${link.seat.meeting}/qr?of=${of}`, { headers: { authorization: `Bearer ${link.seat.token}` } })
    return answer.ok ? URL.createObjectURL(await answer.blob()) : ''
  } catch {
    return ''
  }
}
