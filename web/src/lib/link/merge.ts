// RFC 7396 merge patch that leaves untouched branches as they were, so that only what changed is drawn again.

type Node = Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function merge<T>(into: T, patch: unknown): T {
  if (!isNode(patch)) return patch as T
  const result: Node = isNode(into) ? { ...into } : {}
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === null) delete result[key]
    else result[key] = merge(result[key], value)
  }
  return result as T
}
