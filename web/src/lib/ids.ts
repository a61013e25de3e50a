// Random names. crypto.randomUUID is missing on plain HTTP, getRandomValues is not.

export function bytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

export function hex(of: Uint8Array): string {
  return Array.from(of, (one) => one.toString(16).padStart(2, '0')).join('')
}

/** A UUID v4. */
export function uuid(): string {
  const raw = bytes(16)
  raw[6] = (raw[6]! & 15) | 64
  raw[8] = (raw[8]! & 63) | 128
  return hex(raw).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Where an alias's numbers begin: at least 2^32 and far below 2^53, so that they never meet a seat's and join nothing. */
export function farNumber(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return 2 ** 32 * (1 + (high % 2 ** 19)) + low
}
