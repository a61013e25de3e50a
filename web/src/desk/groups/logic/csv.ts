// A list of who sits where, as people keep it: name and table, by comma, semicolon or tab, with or without a first line of titles.
// Parsed here and matched to people by their names; knows no network.

export interface Row { name: string; table: string }

const TITLE_NAME = /^(name|names|full name|person|participant|ad|adı|ad soyad|iştirakçı|имя|фио|участник|სახელი|անուն|isim)$/i
const TITLE_TABLE = /^(table|group|table number|masa|qrup|стол|группа|მაგიდა|սեղան)$/i

/** The fields of each line. Quotes hold separators and line ends; a doubled quote is one. */
export function fields(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '')
  const first = plain.split(/\r?\n/, 1)[0] ?? ''
  const by = ['\t', ';', ','].find((sign) => first.includes(sign)) ?? ','
  const lines: string[][] = []
  let line: string[] = []
  let field = ''
  let quoted = false
  const end = () => {
    line.push(field.trim())
    field = ''
  }
  for (let at = 0; at < plain.length; at++) {
    const sign = plain[at]!
    if (quoted) {
      if (sign !== '"') field += sign
      else if (plain[at + 1] === '"') field += plain[++at]
      else quoted = false
    } else if (sign === '"' && field.trim() === '') {
      quoted = true
      field = ''
    } else if (sign === by) end()
    else if (sign === '\n') {
      end()
      lines.push(line)
      line = []
    } else if (sign !== '\r') field += sign
  }
  end()
  lines.push(line)
  return lines.filter((one) => one.some((value) => value !== ''))
}

/** The rows of a list. A first line of titles says which column is which; without one, the name comes first. */
export function rows(text: string): Row[] {
  const lines = fields(text)
  const titles = lines[0] ?? []
  const name = titles.findIndex((one) => TITLE_NAME.test(one))
  const table = titles.findIndex((one) => TITLE_TABLE.test(one))
  const titled = name >= 0 || table >= 0
  const at = titled ? { name: name >= 0 ? name : table === 0 ? 1 : 0, table: table >= 0 ? table : name === 0 ? 1 : 0 } : { name: 0, table: 1 }
  return lines.slice(titled ? 1 : 0).map((line) => ({ name: line[at.name] ?? '', table: line[at.table] ?? '' })).filter((row) => row.name !== '')
}

/** A name without what people write differently: case, marks, ə and ı, spaces, order of given and family name. */
export function folded(name: string): string {
  const plain = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ə/g, 'e').replace(/ı/g, 'i').replace(/ё/g, 'е').replace(/ß/g, 'ss')
  return plain.split(/[\s,.]+/u).filter(Boolean).sort().join(' ')
}

export interface Matched {
  /** Seat → number of its table. */
  fixed: Record<string, number>
  /** Names of tables that are no numbers, by the number they got. */
  names: Record<number, string>
  /** How many tables the list has. */
  tables: number
  /** Names of the list that nobody here has. */
  unknown: string[]
  /** Names that several people here have: nobody is guessed. */
  several: string[]
  /** Names without a table. */
  without: string[]
}

export function matched(list: readonly Row[], people: readonly { seat: string; name?: string }[]): Matched {
  const byName = new Map<string, string[]>()
  for (const { seat, name } of people) {
    if (!name) continue
    const key = folded(name)
    byName.set(key, [...(byName.get(key) ?? []), seat])
  }
  const number = numbered(list)
  const found: Matched = { fixed: {}, names: {}, tables: number.tables, unknown: [], several: [], without: [] }
  for (const { name, table } of list) {
    const seats = byName.get(folded(name)) ?? []
    const at = number.of(table)
    if (at === undefined) found.without.push(name)
    else if (seats.length === 0) found.unknown.push(name)
    else if (seats.length > 1) found.several.push(name)
    else found.fixed[seats[0]!] = at
  }
  found.names = number.names
  return found
}

/** Tables may be numbers or names; names get the numbers that are free, in their order. */
function numbered(list: readonly Row[]): { of: (table: string) => number | undefined; names: Record<number, string>; tables: number } {
  const digits = (table: string) => {
    const value = Number(/^\D*(\d{1,3})\D*$/.exec(table)?.[1])
    return value >= 1 ? value : undefined
  }
  const all = [...new Set(list.map((row) => row.table).filter(Boolean))]
  const given = new Map<string, number>()
  const names: Record<number, string> = {}
  const plain = all.every((table) => digits(table) !== undefined) && new Set(all.map(digits)).size === all.length
  let next = 1
  for (const table of all) {
    if (plain) given.set(table, digits(table)!)
    else {
      given.set(table, next)
      names[next++] = table
    }
  }
  return { of: (table) => given.get(table), names, tables: Math.max(0, ...given.values()) }
}
