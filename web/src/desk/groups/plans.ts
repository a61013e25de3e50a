// One-tap plans: well-known shapes of group work, put on the agenda ready to run. Only commands; every figure can be changed afterwards.
import { t } from '../../i18n/index.svelte.ts'
import type { Key } from '../../i18n/keys.ts'
import type { ActivityKind } from '../../wire/index.ts'
import type { Desk } from '../state/desk.svelte.ts'
import { activityId } from '../state/ids.ts'
import type { Settings } from './work.svelte.ts'

export interface Step {
  kind: ActivityKind
  title: Key
  minutes: number
  settings?: Settings
  task?: Key
  /** Keeps the tables of the step before together. */
  follows?: boolean
}
export interface Plan { name: Key; what: Key; steps: readonly Step[] }

export const PLANS: readonly Plan[] = [
  {
    name: 'desk_g_plan_five', what: 'desk_g_plan_five_what',
    steps: [{ kind: 'groups', title: 'desk_g_tables', minutes: 20, settings: { how: 'mixed', size: 5, rounds: 1, seconds: 900 } }],
  },
  {
    name: 'desk_g_plan_124', what: 'desk_g_plan_124_what',
    // A table has two people or more, so thinking alone needs none.
    steps: [
      { kind: 'discussion', title: 'desk_g_alone', minutes: 1 },
      { kind: 'groups', title: 'desk_g_pairs', minutes: 2, task: 'desk_g_pairs_task', settings: { how: 'mixed', size: 2, rounds: 1, seconds: 120, dots: 0 } },
      { kind: 'groups', title: 'desk_g_fours', minutes: 4, task: 'desk_g_fours_task', settings: { how: 'mixed', size: 4, rounds: 1, seconds: 240, dots: 0 }, follows: true },
      { kind: 'discussion', title: 'desk_g_all_together', minutes: 5 },
    ],
  },
  {
    name: 'desk_g_plan_cafe', what: 'desk_g_plan_cafe_what',
    steps: [{ kind: 'groups', title: 'desk_g_cafe', minutes: 50, task: 'desk_g_cafe_task', settings: { how: 'mixed', size: 5, rounds: 3, hosts: true, seconds: 900 } }],
  },
]

/** Puts a plan at the end of the agenda; says whether all of it went through, and where group work begins. */
export async function addPlan(desk: Desk, plan: Plan): Promise<string | undefined> {
  let before: string | undefined
  let first: string | undefined
  for (const step of plan.steps) {
    const id = activityId()
    if (!(await desk.do({ add_activity: { id, kind: step.kind, title: t(step.title), minutes: step.minutes } }))) return undefined
    if (step.kind !== 'groups') continue
    const from = step.follows && before ? { from: before } : {}
    if (!(await desk.do({ set_groups: { activity: id, ...step.settings, ...from, ...(step.task ? { task: t(step.task) } : {}) } }))) return undefined
    first ??= id
    before = id
  }
  return first
}
