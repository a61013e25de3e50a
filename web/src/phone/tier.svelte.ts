// Brings the second tier when it is wanted, and again when the network was away.

const AGAIN_MS = 4_000

class Tier {
  parts = $state.raw<typeof import('./later.ts') | undefined>()
  #loading = false

  want(): void {
    if (this.parts || this.#loading) return
    this.#loading = true
    import('./later.ts').then(
      (parts) => (this.parts = parts),
      () => setTimeout(() => {
        this.#loading = false
        this.want()
      }, AGAIN_MS),
    )
  }
}

export const tier = new Tier()
