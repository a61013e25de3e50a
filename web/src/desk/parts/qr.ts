// A QR code from a text, drawn in the page: a link that carries a secret is never sent anywhere to be drawn, not even to our own
// server, whose address line a proxy may log. The squares are the work of the library `qr`; this file only draws them.
import encode from 'qr'

/** White squares around the dark ones that a scanner needs. */
const QUIET = 4

/** The dark squares of a text's QR code (byte mode, error correction M), row by row, with the quiet zone. Throws what the library does when it is too long. */
export function qr(text: string): boolean[][] {
  return encode(text, 'raw', { ecc: 'medium', border: QUIET, encoding: 'byte' })
}

/** The same as one SVG path of unit squares. */
export function path(squares: readonly (readonly boolean[])[]): string {
  let drawn = ''
  squares.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      let width = 0
      while (row[x + width]) width++
      if (width) drawn += `M${x} ${y}h${width}v1h-${width}z`
      x += width
    }
  })
  return drawn
}
