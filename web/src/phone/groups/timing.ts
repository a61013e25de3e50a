// Which grade of a time that runs out is to be said now. Knows no clock: what is left comes in.
import { gradeOf, type Grade } from '../../lib/grades.ts'

/** A time that jumps by more than this was changed by somebody. */
const CHANGED_MS = 5_000

/** Says each grade once, when it is crossed: never on coming in, and only the last of several that were slept through. */
export class Warner {
  #ends: number | undefined
  #grade: Grade | undefined

  /** `ends` is when time is up, absent without a timer. What to say now, if anything. */
  look(now: number, ends: number | undefined): Grade | 'changed' | undefined {
    const before = this.#ends
    const was = this.#grade
    this.#ends = ends
    this.#grade = ends === undefined ? undefined : gradeOf(ends - now)
    if (ends === undefined || before === undefined) return undefined
    if (Math.abs(ends - before) > CHANGED_MS) return 'changed'
    return this.#grade === was ? undefined : this.#grade
  }
}
