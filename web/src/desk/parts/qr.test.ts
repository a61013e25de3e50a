import { expect, test } from 'vitest'
import { path, qr } from './qr.ts'

/** Reads the fifteen format bits beside the top-left finder, level and mask included. */
function format(code: boolean[][]): number {
  const places: [number, number][] = [[8, 0], [8, 1], [8, 2], [8, 3], [8, 4], [8, 5], [8, 7], [8, 8], [7, 8], [5, 8], [4, 8], [3, 8], [2, 8], [1, 8], [0, 8]]
  return places.reduce((bits, [row, column]) => bits * 2 + (code[row]![column] ? 1 : 0), 0) ^ 0x5412
}

test('a code is square, grows by four, and has its three finders', () => {
  const code = qr('http://192.168.1.20:8080/473096')
  expect(code.length).toBe(29)
  for (const row of code) expect(row.length).toBe(29)
  const finder = [0, 1, 2, 3, 4, 5, 6].map((row) => code[row]!.slice(0, 7).map(Number).join(''))
  expect(finder).toEqual(['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'])
  for (let i = 8; i < 21; i++) expect(code[6]![i]).toBe(i % 2 === 0)
})

test('the format says error correction M, with a remainder that is right', () => {
  for (const text of ['a', 'http://a/b', 'щ'.repeat(120)]) {
    let rest = format(qr(text))
    expect(rest >> 13).toBe(0)
    for (let i = 14; i >= 10; i--) if ((rest >> i) & 1) rest ^= 0x537 << (i - 10)
    expect(rest).toBe(0)
  }
})

test('what is too long is refused, never cut', () => {
  expect(() => qr('x'.repeat(667))).toThrow(RangeError)
  expect(qr('x'.repeat(666)).length).toBe(97)
})

test('the path keeps a quiet zone of four squares', () => {
  expect(path([[true, true, false, true]])).toBe('M4 4h2v1h-2zM7 4h1v1h-1z')
})
