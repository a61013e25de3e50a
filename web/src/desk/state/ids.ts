// Names for what the desk adds to the agenda.
import { uuid } from '../../lib/ids.ts'

/** A UUID v7: begins with the time, so that activities sort as they were made. */
export function activityId(now = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid().slice(15)}`
}
