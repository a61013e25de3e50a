// Remembers on this phone: IndexedDB, or localStorage where that is missing, or memory where both are.
// Knows nothing of what it keeps.

export interface Store {
  get<T>(key: string): Promise<T | undefined>
  set(key: string, value: unknown): Promise<void>
  drop(key: string): Promise<void>
}

const PREFIX = 'openfloor.'

/** localStorage, or a plain object in its place when the browser refuses it. */
export const local = ((): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  try {
    localStorage.setItem(`${PREFIX}probe`, '')
    localStorage.removeItem(`${PREFIX}probe`)
    return localStorage
  } catch {
    const kept = new Map<string, string>()
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }
  }
})()

export function recall<T>(key: string): T | undefined {
  try {
    const text = local.getItem(PREFIX + key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

export function remember(key: string, value: unknown): void {
  try {
    if (value === undefined) local.removeItem(PREFIX + key)
    else local.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Full: what is typed stays on the screen.
  }
}

const simple: Store = {
  get: async <T>(key: string) => recall<T>(key),
  set: async (key, value) => remember(key, value),
  drop: async (key) => remember(key, undefined),
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function indexed(db: IDBDatabase): Store {
  const act = <T>(mode: IDBTransactionMode, what: (kept: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction('kept', mode)
      const request = what(transaction.objectStore('kept'))
      // A write counts once its transaction is complete, not when its request is.
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
  return {
    get: (key) => act('readonly', (kept) => kept.get(key)),
    set: async (key, value) => void (await act('readwrite', (kept) => kept.put(value, key))),
    drop: async (key) => void (await act('readwrite', (kept) => kept.delete(key))),
  }
}

/** Opens the best store this browser has; a database that does not open within a second counts as missing. */
export async function openStore(): Promise<Store> {
  try {
    const request = indexedDB.open('openfloor', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('kept')
    const db = await Promise.race([settled(request), new Promise<never>((_, late) => setTimeout(late, 1000))])
    return indexed(db)
  } catch {
    return simple
  }
}
