// How long a text is in the eyes of its writer.

interface Segments { segment(text: string): Iterable<unknown> }
const Segmenter = (Intl as unknown as { Segmenter?: new (language?: string, how?: { granularity: string }) => Segments }).Segmenter
const by = Segmenter && new Segmenter(undefined, { granularity: 'grapheme' })

/** Graphemes, where the browser can count them; code points where it cannot. */
export function lengthOf(text: string): number {
  let count = 0
  for (const _one of by ? by.segment(text) : text) count++
  return count
}
