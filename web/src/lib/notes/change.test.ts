import { describe, expect, test } from 'vitest'
import { toBytes, toText } from './base64.ts'
import { changeOf, endOf, placeAfter, type Step } from './change.ts'
import { asMessage } from './send.ts'

const apply = (text: string, { at, cut, put }: { at: number; cut: number; put: string }): string => text.slice(0, at) + put + text.slice(at + cut)

describe('the least change', () => {
  test.each([
    // before, now, caret, at, cut, put
    ['', 'ə', 1, 0, 0, 'ə'],
    ['aaa', 'aaaa', 2, 1, 0, 'a'], // the caret says which of the equal ones is new
    ['aaa', 'aa', 1, 1, 1, ''],
    ['aaa', 'aaaa', 4, 3, 0, 'a'],
    ['მე', 'მენ', 3, 2, 0, 'ნ'],
    ['a🌳b', 'a🌲b', 3, 1, 2, '🌲'], // two trees share their first half
    ['🌳', '🌲🌳', 2, 0, 0, '🌲'],
    ['🌳🌳', '🌳', 2, 2, 2, ''],
    ['👨‍👩‍👧', '👨‍👩', 5, 5, 3, ''],
    ['teh end', 'the end', 3, 1, 2, 'he'], // autocorrect
    ['one two', 'one 2', 5, 4, 3, '2'],
    ['abc', 'abc', 1, -1, 0, ''],
    ['abcdef', 'xbcdef', 6, 0, 1, 'x'], // changed far from the caret
    ['abc', '', 0, 0, 3, ''],
  ])('%j → %j with the caret at %i', (before, now, caret, at, cut, put) => {
    const change = changeOf(before, now, caret)
    expect(change).toEqual(at < 0 ? undefined : { at, cut, put })
  })

  test('always gives the text back, and never half a pair', () => {
    const signs = ['a', 'ə', 'ღ', '🌳', '🌲', '👩🏽‍🏫', '\n']
    let seed = 7
    const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below
    const some = (): string => Array.from({ length: next(7) }, () => signs[next(signs.length)]!).join('')
    for (let round = 0; round < 5_000; round++) {
      const [before, now] = [some(), some()]
      const change = changeOf(before, now, next(now.length + 1))
      if (!change) continue
      expect(apply(before, change)).toBe(now)
      const parts = [before.slice(0, change.at), before.slice(change.at, change.at + change.cut), before.slice(change.at + change.cut), change.put]
      for (const part of parts) expect(part).not.toMatch(/[\ud800-\udfff]/u)
    }
  })
})

describe('a place', () => {
  const hello: [string, Step[], number, number, number][] = [
    ['text before it', [{ insert: 'ab' }], 3, 5, 5],
    ['text behind it', [{ retain: 4 }, { insert: 'ab' }], 3, 3, 3],
    ['text exactly there', [{ retain: 3 }, { insert: 'ab' }], 3, 3, 5],
    ['a cut before it', [{ retain: 1 }, { delete: 2 }], 3, 1, 1],
    ['a cut around it', [{ retain: 1 }, { delete: 5 }], 3, 1, 1],
    ['a cut behind it', [{ retain: 3 }, { delete: 2 }], 3, 3, 3],
    ['a replacement around it', [{ retain: 1 }, { insert: 'xyz' }, { delete: 4 }], 3, 4, 4],
    ['several', [{ insert: 'a' }, { retain: 2 }, { delete: 1 }, { insert: 'b' }], 3, 3, 4],
    ['nothing', [], 3, 3, 3],
  ]
  test.each(hello)('after %s', (_, steps, at, stays, gives) => {
    expect(placeAfter(at, steps, 'stays')).toBe(stays)
    expect(placeAfter(at, steps, 'gives')).toBe(gives)
  })

  test('after an undo is where something changed', () => {
    expect(endOf([{ retain: 2 }, { insert: 'abc' }])).toBe(5)
    expect(endOf([{ retain: 2 }, { delete: 4 }])).toBe(2)
    expect(endOf([])).toBe(0)
  })
})

test('bytes and texts, also long ones', () => {
  const bytes = Uint8Array.from({ length: 40_000 }, (_, at) => at % 256)
  expect(toBytes(toText(bytes))).toEqual(bytes)
  expect(() => toBytes('*')).toThrow()
})

test('a message of y-sync: kind, length, update', () => {
  expect(toBytes(asMessage(toText(Uint8Array.of(0, 0))))).toEqual(Uint8Array.of(2, 2, 0, 0))
  const long = toBytes(asMessage(toText(new Uint8Array(300))))
  expect([...long.subarray(0, 3)]).toEqual([2, 0xac, 2])
  expect(long.length).toBe(303)
})
