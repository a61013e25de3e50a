// The sign of a table: a colour and a shape that come from its number alone, the same on paper, phone, desk and stage.
// Knows nothing of what happens at a table. Words: `virtual:catalogue` parts that carry `signs`.
import { t } from '../i18n/index.svelte.ts'

export interface TableSign {
  /** Seen (3:1) on paper, on sheet and on the stage, in light and in dark. */
  colour: string
  /** Read (4.5:1) on the colour. */
  ink: string
  shape: Shape
  /** In a box of 100 × 100, with room for three figures around its middle. */
  path: string
  /** "blue circle", in the language of now. */
  label: () => string
}
type Colour = keyof typeof COLOURS
type Shape = keyof typeof SHAPES

const LIGHT = '#ffffff'
const DARK = '#0b0f14'

/** No yellow: that is what has the floor. No red: that is help. In an order that sets unlike ones side by side. */
export const COLOURS = {
  blue: ['#2d6fdb', LIGHT], orange: ['#e06c00', DARK], green: ['#2f8f3a', DARK], pink: ['#e0589f', DARK],
  brown: ['#96642f', LIGHT], turquoise: ['#0c9299', DARK], purple: ['#8e4fd6', LIGHT], grey: ['#75808c', DARK],
} as const

/** Told apart by outline, whatever colours an eye sees. */
export const SHAPES = {
  circle: 'M50 4a46 46 0 1 0 0 92a46 46 0 1 0 0-92Z',
  square: 'M8 8H92V92H8Z',
  star: 'M50 2L68.2 28.9L99.5 37.9L79.5 63.6L80.6 96.1L50 85L19.4 96.1L20.5 63.6L.5 37.9L31.8 28.9Z',
  heart: 'M50 94C18 70 3 52 3 32C3 16 15 6 28 6C38 6 46 12 50 20C54 12 62 6 72 6C85 6 97 16 97 32C97 52 82 70 50 94Z',
  diamond: 'M50 0L100 50L50 100L0 50Z',
  house: 'M50 2L98 44H88V96H12V44H2Z',
} as const

const colours = Object.keys(COLOURS) as Colour[]
const shapes = Object.keys(SHAPES) as Shape[]
/** After so many tables both rows begin together again; the shapes then move on by one. */
const ROW = 24

/** The sign of a table, by its number from 1. The first 48 differ from each other, neighbours in both colour and shape. */
export function tableSign(number: number): TableSign {
  const place = Math.max(0, number - 1)
  const colour = colours[place % colours.length]!
  const shape = shapes[(place + Math.floor(place / ROW)) % shapes.length]!
  const [fill, ink] = COLOURS[colour]
  return { colour: fill, ink, shape, path: SHAPES[shape], label: () => t(`sign_${colour}_${shape}`) }
}
