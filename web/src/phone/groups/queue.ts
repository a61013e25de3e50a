// Whose turn it is to report, from what the hall sees.
import type { FloorGroup, FloorWork } from '../../wire/index.ts'

/** Tables that still report after the one that does now, in their order. */
export function waitingToReport(work: FloorWork, groups: Readonly<Record<string, FloorGroup>>, activity: string): string[] {
  return Object.entries(groups)
    .filter(([id, one]) => one.activity === activity && one.order !== undefined && !one.reported && id !== work.reporting)
    .sort(([, a], [, b]) => a.order! - b.order!)
    .map(([id]) => id)
}

/** Milliseconds left of the report that runs; absent when nobody reports. */
export function reportLeft(work: FloorWork, now: number): number | undefined {
  if (!work.reporting) return undefined
  return work.report_left_ms ?? (work.report_ends_at === undefined ? undefined : work.report_ends_at - now)
}
