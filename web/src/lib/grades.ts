// How near the end of a time is, in grades that have words. Knows no clock: what is left comes in.

/** Seconds left at which a grade begins. */
const GRADES = { min5: 300, min2: 120, min1: 60, sec30: 30, up: 0 } as const
export type Grade = keyof typeof GRADES

const FALLING = (Object.keys(GRADES) as Grade[]).reverse()

/** The grade of a time left (ms); none while there is plenty. */
export function gradeOf(left_ms: number): Grade | undefined {
  return FALLING.find((grade) => Math.ceil(left_ms / 1000) <= GRADES[grade])
}
