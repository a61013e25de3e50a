// Stands in for Svelte's boundary block in the phone: no component here uses <svelte:boundary>, nothing is awaited in markup,
// so what is left is the outermost frame that every mounted tree needs. An error is the caller's.
import { BOUNDARY_EFFECT, EFFECT_PRESERVED, EFFECT_TRANSPARENT } from '#client/constants'
import { block, branch } from '../../reactivity/effects.js'
import { active_effect } from '../../runtime.js'

class Frame {
  is_pending = false
  transform_error = (error) => error
  parent = active_effect.b

  is_rendered() {
    return true
  }

  error(error) {
    throw error
  }

  update_pending_count() {}
}

export function boundary(node, _props, children) {
  const frame = new Frame()
  block(() => {
    branch(() => {
      active_effect.b = frame
      active_effect.f |= BOUNDARY_EFFECT
      children(node)
    })
  }, EFFECT_TRANSPARENT | EFFECT_PRESERVED)
}

export function pending() {
  return 0
}
