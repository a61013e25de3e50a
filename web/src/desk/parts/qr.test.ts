import { expect, test } from 'vitest'
import decode from 'qr/decode.js'
import { path, qr } from './qr.ts'

/** The code as a picture with eight pixels to a square, as a camera would see it. */
function seen(squares: boolean[][]) {
  const scale = 8
  const side = squares.length * scale
  const data = new Uint8Array(side * side * 4).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) if (squares[Math.floor(y / scale)]![Math.floor(x / scale)]) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  }
  return { width: side, height: side, data }
}

test.each([
  'http://192.168.1.20:8080/473096',
  'https://meet.example.org/desk/0191d2b4-6f0e-7c3a-9d55-2f1f0c9a7b11#AbCdEfGhIjKlMnOpQrStUv',
  'Аудитория 5: щ, ə, ქ',
])('what is drawn is read again: %s', (text) => {
  expect(decode(seen(qr(text)))).toBe(text)
})

test('it has four white squares around it', () => {
  const code = qr('a')
  expect(code.length).toBe(21 + 8)
  for (const row of code) for (const at of [0, 1, 2, 3, row.length - 1]) expect(row[at]).toBe(false)
})

test('the path draws each dark run once', () => {
  expect(path([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
})
