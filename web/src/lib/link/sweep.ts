// Sends what closed tabs of this seat left in their outboxes, in order, under their own device and numbers.
import { farNumber } from '../ids.ts'
import type { Device, Lease } from '../outbox/lease.ts'
import { Outbox } from '../outbox/outbox.svelte.ts'
import { openStore } from '../storage/store.ts'
import { Problem } from './http.ts'
import type { Link } from './link.svelte.ts'

export async function sweep(link: Link, lease: Lease, orphans: Device[]): Promise<void> {
  const store = await openStore()
  for (const { device, alias } of orphans) {
    const left = [[new Outbox(store, device, 1, () => undefined), link.seat.token], [new Outbox(store, alias, farNumber(), () => undefined), link.seat.alias?.token]] as const
    for (const [box, token] of left) {
      await box.written
      while (token && box.list.length) {
        for (const { n, wish, as } of box.take()) {
          try {
            await link.call('POST', '/commands', { n, device: box.device, do: wish, ...(as ? { as } : {}) }, token)
            box.ok(n)
          } catch (problem) {
            // Not now: the next sweep goes on from here.
            if (!(problem instanceof Problem) || !problem.refusal || problem.refusal.retry) return
            box.no(n, problem.refusal)
          }
        }
        await box.written
      }
      await store.drop(`outbox.${box.device}`)
    }
    lease.forget(device)
  }
}
