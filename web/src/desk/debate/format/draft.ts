// A format while it is being edited: copies, moves, and what cannot be sent as it stands. The server checks it again.
import type { Bell, Format, Kind, Segment } from '../../../wire/index.ts'

export const KINDS: readonly Kind[] = ['speech', 'reply', 'cross', 'free', 'preparation', 'floor', 'vote', 'deliberation']
/** The phases that are always there. */
export const PHASES = ['normal', 'pois-allowed', 'warning', 'overtime'] as const

export type From = 'start' | 'end' | 'past'
export type Wrong = 'no_name' | 'no_length' | 'bell_twice' | 'bell_zero' | 'rings'

/** A plain copy that shares nothing. */
export const copy = (format: Format): Format => JSON.parse(JSON.stringify(format)) as Format

/** Where a bell is counted from, as one would say it. */
export const fromOf = (bell: Bell, length: number): From => (bell.at_s > length ? 'past' : bell.at_s === length ? 'end' : 'start')
/** The seconds one reads for it. */
export const saidOf = (bell: Bell, length: number, from: From): number => (from === 'start' ? bell.at_s : Math.abs(length - bell.at_s))
/** Seconds from the beginning. */
export const atOf = (said: number, length: number, from: From): number => (from === 'start' ? said : from === 'end' ? Math.max(0, length - said) : length + said)

export function newSegment(like: Segment | undefined): Segment {
  const length_s = like?.length_s ?? 300
  return {
    name: '', names: {}, kind: like?.kind ?? 'speech', owner: like?.owner ?? 'nobody', place: 0, by: [], length_s, each_s: 0, first_phase: '',
    bells: like ? like.bells.map((bell) => ({ ...bell })) : [{ at_s: length_s, rings: 2, pause: false, phase: 'overtime' }],
  }
}

/** A new length takes the bells near the end along. */
export function stretch(segment: Segment, length_s: number): void {
  const by = length_s - segment.length_s
  for (const bell of segment.bells) if (bell.at_s > segment.length_s / 2) bell.at_s = Math.max(1, bell.at_s + by)
  segment.length_s = length_s
}

export function move<T>(list: T[], from: number, to: number): boolean {
  if (to < 0 || to >= list.length || from === to) return false
  list.splice(to, 0, ...list.splice(from, 1))
  return true
}

export function wrongIn(segment: Segment): Wrong[] {
  const times = segment.bells.map((bell) => bell.at_s)
  const found: Wrong[] = []
  if (!segment.name.trim()) found.push('no_name')
  if (segment.length_s <= 0) found.push('no_length')
  if (new Set(times).size < times.length) found.push('bell_twice')
  if (times.some((at) => at <= 0)) found.push('bell_zero')
  if (segment.bells.some((bell) => !Number.isInteger(bell.rings) || bell.rings < 0 || bell.rings > 60)) found.push('rings')
  return found
}

/** Bells in their order; an id of its own, so that it never passes for the built-in one it began as. */
export function ready(draft: Format, builtIn: readonly string[]): Format {
  const format = copy(draft)
  if (builtIn.includes(format.id)) format.id = `own-${format.id}`
  for (const segment of format.segments) segment.bells.sort((one, other) => one.at_s - other.at_s)
  return format
}
