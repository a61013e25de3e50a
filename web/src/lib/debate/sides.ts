// The sign of a side: a colour and a shape by its place in the format, the same on phone, desk and stage; its name stands beside it.
// Colours are `--side-a` … `--side-d` of sides.css. Knows nothing of what happens in a debate.
import type { Side } from '../../wire/index.ts'

const SHAPES = {
  triangle: 'M50 6L97 92H3Z',
  circle: 'M50 4a46 46 0 1 0 0 92a46 46 0 1 0 0-92Z',
  square: 'M9 9H91V91H9Z',
  diamond: 'M50 0L100 50L50 100L0 50Z',
} as const
const NAMES = Object.keys(SHAPES) as (keyof typeof SHAPES)[]
const LETTERS = ['a', 'b', 'c', 'd'] as const

export interface SideSign {
  /** `a` to `d`, for `--side-a` and classes. */
  letter: (typeof LETTERS)[number]
  shape: keyof typeof SHAPES
  /** In a box of 100 × 100. */
  path: string
}

/** By the side's place in the format, from 0. */
export function signAt(place: number): SideSign {
  const at = ((place % NAMES.length) + NAMES.length) % NAMES.length
  const shape = NAMES[at]!
  return { letter: LETTERS[at]!, shape, path: SHAPES[shape] }
}

/** By its id; none for `both`, `nobody`, `decided` and `undecided`. */
export function sideSign(sides: readonly Side[], id: string | undefined): SideSign | undefined {
  const place = sides.findIndex((side) => side.id === id)
  return place < 0 ? undefined : signAt(place)
}
