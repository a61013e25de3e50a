import { describe, expect, test } from 'vitest'
import type { Floor, Question } from '../wire/index.ts'
import { showing } from './showing.ts'

const question = (votes: number, more: Partial<Question> = {}): Question => ({ activity: 'a', text: `${votes}`, state: 'listed', votes, at: votes, ...more })

function floor(meeting: Partial<Floor['meeting']> = {}, more: Partial<Floor> = {}): Floor {
  return {
    meeting: { title: 'Inclusive schools', code: '473096', state: 'live', ...meeting },
    agenda: {
      a: { kind: 'questions', title: 'Questions', state: 'open', rank: 1 },
      b: { kind: 'groups', title: 'Group work', state: 'planned', rank: 2 },
    },
    questions: { one: question(1), two: question(2), three: question(3), four: question(4), kept: question(9, { state: 'parked' }) },
    works: {}, groups: {}, reports: {}, discussions: {}, debates: {}, here: 0, asked: 5, listed: 4, merged: 0, dismissed: 0, ...more,
  }
}

describe('what the hall sees', () => {
  test('a hidden stage shows nothing else, whatever goes on', () => {
    expect(showing(floor({ hidden: true, called_back: true, state: 'ended' })).is).toBe('hidden')
  })

  test('before the start joining has the whole stage', () => {
    expect(showing(floor({ state: 'prepared' })).is).toBe('joining')
  })

  test('the question being answered stands above at most two that come next', () => {
    const shown = showing(floor({ stage: 'a', featured: 'four' }, { questions: { ...floor().questions, four: question(4, { state: 'on_stage' }) } }))
    expect(shown).toMatchObject({ is: 'question', now: { id: 'four' } })
    expect(shown.is === 'question' && shown.next.map(({ id }) => id)).toEqual(['three', 'two'])
  })

  test('without one, the next three stand in the order the meeting is led by', () => {
    const shown = showing(floor({ stage: 'a' }))
    expect(shown.is === 'list' && shown.next.map(({ id }) => id)).toEqual(['four', 'three', 'two'])
  })

  test('the fair order is the server\'s', () => {
    const questions = { one: question(1, { fair: 1 }), two: question(2, { fair: 3 }), three: question(3, { fair: 2 }) }
    const shown = showing(floor({ stage: 'a' }, { questions, agenda: { a: { kind: 'questions', title: 'Questions', state: 'open', rank: 1, order: 'fair' } } }))
    expect(shown.is === 'list' && shown.next.map(({ id }) => id)).toEqual(['one', 'three', 'two'])
  })

  test('between two activities it says what comes', () => {
    expect(showing(floor())).toEqual({ is: 'quiet', title: 'Inclusive schools', coming: 'Group work' })
  })
})
