// Learns the server's time well before a clock matters: several short questions, of which the quickest answer counts.
interface Asks {
  ping: (patience_ms: number) => void
}

const TIMES = 8
const APART_MS = 500
/** A line that has not answered for so long is dead, as everywhere in the link. */
const PATIENCE_MS = 8_000

/** Eight times in the first four seconds; ends early with the returned function, inside an effect with it. */
export function tune(link: Asks): () => void {
  let left = TIMES
  const ask = (): void => {
    link.ping(PATIENCE_MS)
    left -= 1
    if (left === 0) clearInterval(timer)
  }
  const timer = setInterval(ask, APART_MS)
  return () => clearInterval(timer)
}
