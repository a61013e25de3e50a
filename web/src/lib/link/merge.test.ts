// @vitest-environment node
import { expect, test } from 'vitest'
import { merge } from './merge.ts'

// The examples of RFC 7396, appendix A (objects only: documents hold no arrays of things).
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [undefined, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j with %j is %j', (into, patch, result) => {
  expect(merge(into as unknown, patch)).toEqual(result)
})

test('what a patch does not name stays the same thing, and nothing is changed in place', () => {
  const before = { a: { x: 1 }, b: { y: 1 } }
  const after = merge(before, { b: { y: 2 } })
  expect(after.a).toBe(before.a)
  expect(before.b.y).toBe(1)
  expect(after.b.y).toBe(2)
})
