// The formats of this server, and what a desk says of a format: its whole time, its order of speeches. Numbers and texts alone.
import { figures } from '../../lib/debate/clock.ts'
import { call } from '../../lib/link/http.ts'
import type { Format } from '../../wire/index.ts'

/** What is wrong in a file, and in which line of it (0: in no line). */
export interface Flaw { line: number; says: string }
export interface ReadFormat { format?: Format; problems: readonly Flaw[] }

/** Offered first; everything else stands under *More formats*. */
export const FIRST: readonly string[] = ['school-mini', 'oxford', 'world-schools', 'british-parliamentary']

let known: Promise<readonly Format[]> | undefined

/** The built-in formats; asked once. */
export function formats(): Promise<readonly Format[]> {
  known ??= call<readonly Format[]>('GET', '/api/formats').then(({ body }) => body, (problem: unknown) => {
    known = undefined
    throw problem
  })
  return known
}

/** Reads a file of ours or of Debatekeeper's. */
export const readFormat = async (text: string): Promise<ReadFormat> => (await call<ReadFormat>('POST', '/api/formats/read', { body: { text } })).body

/** Seconds of all segments, without preparation. */
export const speaking = (segments: readonly { length_s?: number }[]): number => segments.reduce((sum, one) => sum + (one.length_s ?? 0), 0)

/** Whole minutes of a format, rounded up, with its preparation. */
export const minutesOf = (format: Pick<Format, 'segments' | 'preparation'>): number => Math.ceil((speaking(format.segments) + (format.preparation?.length_s ?? 0)) / 60)

/** "7:00" */
export const span = (seconds: number): string => figures(seconds)

/** Seconds from "7:00", "7" (minutes) or "0:45"; absent when it is none of these. */
export function seconds(text: string): number | undefined {
  const found = /^\s*(-?)(\d{1,3})(?::([0-5]?\d))?\s*$/.exec(text)
  if (!found) return undefined
  const value = Number(found[2]) * 60 + Number(found[3] ?? 0)
  return found[1] ? -value : value
}

/** The format as a file's text. */
export async function writeFormat(format: Format, as: 'toml' | 'xml'): Promise<string> {
  const answer = await fetch('/api/formats/write', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ format, as }) })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}
