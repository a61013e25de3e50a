import { describe, expect, test } from 'vitest'
import { DEBATES, DISCUSSIONS, floorOf } from '../../../tests/stage/fixtures.ts'
import { inLine } from '../discussion/line.ts'
import { showing } from '../showing.ts'
import { flows, moved, percent, points, ribbons, scene, tenths } from './scene.ts'

const shown = (name: string) => scene(DEBATES[name]!('en'))

describe('what the hall sees of a debate', () => {
  test.each([
    ['setup', 'setup'], ['preparation', 'motion'], ['slide-before-start', 'motion'], ['points', 'speech'], ['between', 'between'], ['bank', 'bank'], ['free', 'free'], ['hall', 'part'],
    ['vote-before', 'vote'], ['swing', 'swing'], ['result', 'result'], ['finished', 'over'],
  ])('%s is a picture of its own', (name, is) => expect(shown(name).is).toBe(is))

  test('nobody has the floor before the clock starts', () => {
    expect(shown('ready')).toMatchObject({ is: 'speech', holds: false, turn: { side: 'proposition' }, next: { side: 'opposition' } })
    expect(shown('points')).toMatchObject({ is: 'speech', holds: true })
    expect(shown('paused')).toMatchObject({ is: 'speech', holds: true })
  })

  test('who is next in the segment where the debate stands gets ready for it', () => {
    const ready = shown('british-ready')
    expect(ready).toMatchObject({ is: 'speech', holds: false, turn: { segment: 2 } })
    expect(ready).not.toHaveProperty('next')
  })

  test('an open vote stands before everything, and says how many, never how', () => {
    expect(shown('vote-after')).toEqual({ is: 'vote', round: 'after', voted: 21 })
    expect(scene({ ...DEBATES['result']!('en'), vote: 'after' }).is).toBe('vote')
  })
})

describe('who changed their mind', () => {
  const swing = DEBATES['swing']!('en').swing!
  const ids = ['proposition', 'opposition', 'undecided']

  test('the most moved first; who stayed has not moved', () => {
    expect(moved(swing)[0]).toEqual({ from: 'undecided', to: 'opposition', people: 21 })
    expect(moved(swing).every(({ from, to }) => from !== to)).toBe(true)
  })

  test('ribbons fill both columns and no ribbon leaves its block', () => {
    const { left, right, ribbons: all } = ribbons(swing, ids, 60, 2)
    expect(all.reduce((sum, { people }) => sum + people, 0)).toBe(flows(swing).reduce((sum, { people }) => sum + people, 0))
    expect(left.at(-1)!.to).toBeCloseTo(60)
    expect(right.at(-1)!.to).toBeCloseTo(60)
    for (const one of all) {
      const [from, to] = [left.find(({ id }) => id === one.from)!, right.find(({ id }) => id === one.to)!]
      expect(one.left[0]).toBeGreaterThanOrEqual(from.from - 1e-9)
      expect(one.left[1]).toBeLessThanOrEqual(from.to + 1e-9)
      expect(one.right[1]).toBeLessThanOrEqual(to.to + 1e-9)
    }
  })

  test('too few to be told apart have no ribbons', () => {
    expect(ribbons(DEBATES['swing-few']!('en').swing!, ids, 60, 2).ribbons).toEqual([])
  })

  test('figures are written as people read them', () => {
    expect([tenths(230), tenths(75), points(22650), points(15000)]).toEqual(['23', '7.5', '226.5', '150'])
    expect(percent({ a: 1, b: 2 }, 'a')).toBe(33)
    expect(percent({}, 'a')).toBe(0)
  })
})

describe('a line of speakers', () => {
  test('shows three, by their places, written questions among them', () => {
    const floor = floorOf('d-queue', 'en')
    expect(inLine(floor.discussions['x']!, floor.questions).map(({ place, who, text }) => [place, who, text !== undefined])).toEqual([[1, 'a teacher', true], [2, 'Tural Aliyev', false], [3, undefined, true]])
  })

  test('stands in the order of places, also from ten on', () => {
    const line = Object.fromEntries([10, 9, 8].map((place) => [place, { hand: place, kind: 'ordinary' as const }]))
    expect(inLine({ ...DISCUSSIONS['d-speaking']!('en'), line }, {}).map(({ place }) => place)).toEqual([8, 9, 10])
  })
})

describe('which picture the stage shows', () => {
  test('a debate or discussion that is staged', () => {
    expect(showing(floorOf('points', 'en'))).toMatchObject({ is: 'debate', activity: 'x' })
    expect(showing(floorOf('d-empty', 'en'))).toMatchObject({ is: 'discussion', activity: 'x' })
  })

  test('a debate’s own screen shows it whatever is staged or hidden, until all are called back', () => {
    const floor = floorOf('points', 'en')
    const elsewhere = { ...floor, meeting: { ...floor.meeting, stage: 'y', hidden: true, joining: true } }
    expect(showing(elsewhere, 'x')).toMatchObject({ is: 'debate', activity: 'x' })
    expect(showing(elsewhere, 'gone').is).toBe('quiet')
    expect(showing({ ...elsewhere, meeting: { ...elsewhere.meeting, called_back: true, hidden: false } }, 'x').is).toBe('look_up')
  })
})
