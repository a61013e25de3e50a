// One plain request to the server this page came from. Knows the two shapes of errors, and no screen.
import type { Refusal } from '../../wire/index.ts'

/** Why a request did not succeed: a code of docs/WIRE.md, or `offline` when nothing answered. */
export class Problem extends Error {
  readonly code: string
  readonly retry: number | undefined
  readonly refusal: Refusal | undefined
  /** The whole answer, for what says more than its code. */
  readonly said: unknown

  constructor(code: string, retry?: number, refusal?: Refusal, said?: unknown) {
    super(code)
    this.code = code
    this.retry = retry
    this.refusal = refusal
    this.said = said
  }
}

export interface Answer<T> { status: number; body: T; etag: string | null }

export interface Ask { token?: string; body?: unknown; etag?: string | undefined; patience_ms?: number }

/** Sends a request and reads the answer; throws a Problem for everything but 2xx and 304. */
export async function call<T>(method: string, path: string, { token, body, etag, patience_ms = 15_000 }: Ask = {}): Promise<Answer<T>> {
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), patience_ms)
  try {
    const headers: Record<string, string> = {}
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (token) headers['authorization'] = `Bearer ${token}`
    if (etag) headers['if-none-match'] = etag
    const answer = await fetch(path, {
      method, headers, signal: stop.signal, ...(etag ? { cache: 'no-store' as const } : {}), ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const read = text ? JSON.parse(text) : undefined
    if (answer.ok || answer.status === 304) return { status: answer.status, body: read as T, etag: answer.headers.get('etag') }
    const said = read?.refused ?? read?.errors?.[0]
    throw new Problem(said?.code ?? 'internal', said?.retry ?? read?.retry, read?.refused, read)
  } catch (problem) {
    throw problem instanceof Problem ? problem : new Problem('offline')
  } finally {
    clearTimeout(late)
  }
}
