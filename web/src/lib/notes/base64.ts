// Bytes as text for the wire and for stores that keep only text.

/** How many bytes go into one call: argument lists are limited. */
const STEP = 0x2000

export function toText(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP))
  return btoa(binary)
}

/** Throws on what is not base64. */
export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
}
