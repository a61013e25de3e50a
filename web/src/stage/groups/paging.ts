// Long lists are shown in pages that turn calmly. Knows what stands on which page, not how it looks.

export const PAGE_MS = 15_000

/** Parts a list into the fewest pages of at most `most`, as even as can be. */
export function pagesOf<T>(list: readonly T[], most: number): T[][] {
  const count = Math.ceil(list.length / most)
  if (count <= 1) return [list.slice()]
  const size = Math.ceil(list.length / count)
  return Array.from({ length: count }, (_, page) => list.slice(page * size, (page + 1) * size)).filter((page) => page.length > 0)
}

/** Which page each thing of these heights stands on, when a page is `room` high; what is higher has a page of its own. */
export function pack(heights: readonly number[], room: number): number[] {
  let page = 0
  let used = 0
  return heights.map((height) => {
    if (used > 0 && used + height > room) {
      page += 1
      used = 0
    }
    used += height
    return page
  })
}

/** Which of `count` pages is shown `ms` after the first was; a touch of a key moves on from there. */
export function pageAt(ms: number, count: number, moved: number): number {
  if (count <= 1) return 0
  const turned = Math.floor(Math.max(0, ms) / PAGE_MS) + moved
  return ((turned % count) + count) % count
}
