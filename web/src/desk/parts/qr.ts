// A QR code from a text, drawn in the page: a link that carries a secret is never sent anywhere to be drawn.
// Byte mode, error correction M, versions 1–20 (ISO/IEC 18004:2015). Knows nothing of meetings.

/** Per version 1–20 at level M: error correction signs per block, blocks of the short kind, their data signs, blocks one sign longer. */
const BLOCKS: readonly (readonly [number, number, number, number])[] = [
  [10, 1, 16, 0], [16, 1, 28, 0], [26, 1, 44, 0], [18, 2, 32, 0], [24, 2, 43, 0], [16, 4, 27, 0], [18, 4, 31, 0], [22, 2, 38, 2],
  [22, 3, 36, 2], [26, 4, 43, 1], [30, 1, 50, 4], [22, 6, 36, 2], [22, 8, 37, 1], [24, 4, 40, 5], [24, 5, 41, 5], [28, 7, 45, 3],
  [28, 10, 46, 1], [26, 9, 43, 4], [26, 3, 44, 11], [26, 3, 41, 13],
]

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x
  LOG[x] = i
  x = x & 128 ? (x << 1) ^ 0x11d : x << 1
}
const times = (a: number, b: number) => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0)

function correction(data: readonly number[], length: number): number[] {
  let generator = [1]
  for (let i = 0; i < length; i++) {
    const next = [...generator, 0]
    generator.forEach((sign, at) => (next[at + 1] = next[at + 1]! ^ times(sign, EXP[i]!)))
    generator = next
  }
  const rest = [...data, ...new Array<number>(length).fill(0)]
  data.forEach((_, at) => {
    const lead = rest[at]!
    generator.forEach((sign, i) => (rest[at + i] = rest[at + i]! ^ times(sign, lead)))
  })
  return rest.slice(data.length)
}

function signs(text: string): { version: number; codewords: number[] } {
  const bytes = [...new TextEncoder().encode(text)]
  const version = 1 + BLOCKS.findIndex(([, short, size, long], i) => bytes.length + (i < 9 ? 2 : 3) <= short * size + long * (size + 1))
  if (version === 0) throw new RangeError('too long for a QR code')
  const [ecc, short, size, long] = BLOCKS[version - 1]!
  const total = short * size + long * (size + 1)
  const bits: number[] = []
  const put = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >>> i) & 1)
  }
  put(4, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  bytes.forEach((byte) => put(byte, 8))
  put(0, Math.min(4, total * 8 - bits.length))
  while (bits.length % 8) bits.push(0)
  const data: number[] = []
  for (let i = 0; i < bits.length; i += 8) data.push(bits.slice(i, i + 8).reduce((sum, bit) => sum * 2 + bit, 0))
  for (let pad = 0xec; data.length < total; pad ^= 0xec ^ 0x11) data.push(pad)

  const blocks: number[][] = []
  for (let i = 0, at = 0; i < short + long; i++) {
    const length = i < short ? size : size + 1
    blocks.push(data.slice(at, at + length))
    at += length
  }
  const ends = blocks.map((block) => correction(block, ecc))
  const codewords: number[] = []
  for (let i = 0; i <= size; i++) for (const block of blocks) if (i < block.length) codewords.push(block[i]!)
  for (let i = 0; i < ecc; i++) for (const end of ends) codewords.push(end[i]!)
  return { version, codewords }
}

/** Remainder of a code word's bits: format (BCH 15,5) and version (BCH 18,6) information. */
function remainder(value: number, generator: number, degree: number): number {
  let rest = value << degree
  for (let i = 31; i >= degree; i--) if ((rest >>> i) & 1) rest ^= generator << (i - degree)
  return rest
}

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => ((r >> 1) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

type Grid = (boolean | undefined)[][]

function frame(version: number): Grid {
  const size = version * 4 + 17
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined))
  const finder = (row: number, column: number) => {
    for (let r = -1; r <= 7; r++)
      for (let c = -1; c <= 7; c++)
        if (grid[row + r] && column + c >= 0 && column + c < size) {
          const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3))
          grid[row + r]![column + c] = ring !== 2 && ring !== 4
        }
  }
  finder(0, 0)
  finder(0, size - 7)
  finder(size - 7, 0)
  for (let i = 8; i < size - 8; i++) grid[6]![i] = grid[i]![6] = i % 2 === 0
  const places = alignment(version)
  for (const r of places)
    for (const c of places) {
      if ((r === 6 && c === 6) || (r === 6 && c === size - 7) || (r === size - 7 && c === 6)) continue
      for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) grid[r + y]![c + x] = Math.max(Math.abs(x), Math.abs(y)) !== 1
    }
  if (version >= 7) {
    const bits = (version << 12) | remainder(version, 0x1f25, 12)
    for (let i = 0; i < 18; i++) {
      const row = Math.floor(i / 3)
      const column = size - 11 + (i % 3)
      grid[row]![column] = grid[column]![row] = ((bits >> i) & 1) === 1
    }
  }
  return grid
}

function alignment(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const last = version * 4 + 10
  const step = Math.ceil((last - 6) / (count - 1) / 2) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => last - (count - 2 - i) * step)]
}

function format(grid: Grid, mask: number): void {
  const size = grid.length
  const bits = ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412 // level M is 00
  for (let i = 0; i < 15; i++) {
    const on = ((bits >> i) & 1) === 1
    if (i < 6) grid[i]![8] = on
    else if (i < 8) grid[i + 1]![8] = on
    else if (i === 8) grid[8]![7] = on
    else grid[8]![14 - i] = on
    if (i < 8) grid[8]![size - 1 - i] = on
    else grid[size - 15 + i]![8] = on
  }
  grid[size - 8]![8] = true
}

function fill(grid: Grid, codewords: readonly number[], mask: number): void {
  const size = grid.length
  let at = 0
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    const upward = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const row = upward ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (grid[row]![column] !== undefined) continue
        const bit = ((codewords[at >> 3] ?? 0) >> (7 - (at & 7))) & 1
        grid[row]![column] = (bit === 1) !== MASKS[mask]!(row, column)
        at++
      }
    }
  }
}

function penalty(grid: Grid): number {
  const size = grid.length
  let sum = 0
  let dark = 0
  const line = (read: (i: number) => boolean) => {
    let run = 0
    let bits = 0
    for (let i = 0; i < size; i++) {
      run = i > 0 && read(i) === read(i - 1) ? run + 1 : 1
      if (run === 5) sum += 3
      else if (run > 5) sum++
      bits = ((bits << 1) | (read(i) ? 1 : 0)) & 0x7ff
      if (i >= 10 && (bits === 0x5d0 || bits === 0x05d)) sum += 40
    }
  }
  for (let i = 0; i < size; i++) {
    line((j) => grid[i]![j]!)
    line((j) => grid[j]![i]!)
    for (let j = 0; j < size; j++) {
      const sign = grid[i]![j]!
      if (sign) dark++
      if (i > 0 && j > 0 && sign === grid[i - 1]![j] && sign === grid[i]![j - 1] && sign === grid[i - 1]![j - 1]) sum += 3
    }
  }
  return sum + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10
}

/** The dark squares of a text's QR code, row by row, without the quiet zone. Throws a `RangeError` above 660 bytes. */
export function qr(text: string): boolean[][] {
  const { version, codewords } = signs(text)
  let best: Grid | undefined
  let least = Infinity
  for (let mask = 0; mask < 8; mask++) {
    const grid = frame(version)
    format(grid, mask)
    fill(grid, codewords, mask)
    const cost = penalty(grid)
    if (cost < least) {
      least = cost
      best = grid
    }
  }
  return best!.map((row) => row.map((sign) => sign === true))
}

/** The same as one SVG path of unit squares, moved by a quiet zone of four. */
export function path(squares: readonly (readonly boolean[])[]): string {
  let drawn = ''
  squares.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      let width = 0
      while (row[x + width]) width++
      if (width) drawn += `M${x + 4} ${y + 4}h${width}v1h-${width}z`
      x += width
    }
  })
  return drawn
}
