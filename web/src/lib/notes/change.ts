// What became of a text, and where a place in it went. Places are UTF-16 units, as a textarea and Yjs count them.

/** From `at` on `cut` units were taken out and `put` was put in. */
export interface Change { at: number; cut: number; put: string }

/** One step of a Yjs delta: pass over, put in, take out. */
export interface Step { retain?: number; insert?: string | object; delete?: number }

const high = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800
const low = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/**
 * The least change that makes `now` of `before`, or nothing. `caret` is where the caret stands now: among equal signs it says which one
 * was typed or deleted. A surrogate pair is never cut in half.
 */
export function changeOf(before: string, now: string, caret: number): Change | undefined {
  if (before === now) return undefined
  const shorter = Math.min(before.length, now.length)
  let head = 0
  while (head < shorter && before.charCodeAt(head) === now.charCodeAt(head)) head++
  let tail = 0
  while (tail < shorter && before.charCodeAt(before.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) tail++
  // Among equal signs the place is open between the two: it ends at the caret if it can.
  if (head + tail > shorter) tail = Math.min(tail, Math.max(now.length - caret, shorter - head))
  let at = Math.min(head, shorter - tail)
  if (at > 0 && high(before, at - 1) && (low(before, at) || low(now, at))) at--
  if (tail > 0 && low(now, now.length - tail) && (high(before, before.length - tail - 1) || high(now, now.length - tail - 1))) tail--
  return { at, cut: before.length - tail - at, put: now.slice(at, now.length - tail) }
}

/** Where the place `at` is after `steps`. What is put in exactly there comes behind it, or before it when it `gives` way. */
export function placeAfter(at: number, steps: readonly Step[], gives: 'stays' | 'gives'): number {
  let read = 0 // in the text before
  let place = at
  for (const { retain = 0, insert, delete: cut = 0 } of steps) {
    if (typeof insert === 'string' && (read < at || (read === at && gives === 'gives'))) place += insert.length
    if (read < at) place -= Math.min(cut, at - read)
    read += retain + cut
    if (read > at) break
  }
  return place
}

/** The end of the last thing that `steps` put in or took out: where the caret belongs after an undo. */
export function endOf(steps: readonly Step[]): number {
  let read = 0
  let end = 0
  for (const { retain = 0, insert, delete: cut } of steps) {
    read += retain
    if (typeof insert === 'string') read += insert.length
    if (insert !== undefined || cut !== undefined) end = read
  }
  return end
}
