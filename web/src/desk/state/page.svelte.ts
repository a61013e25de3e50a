// Which of the desk's pages is open. It stands in the address, so that Back leads back.

export const PAGES = ['board', 'pocket', 'people', 'meeting', 'check', 'cards', 'print'] as const
export type Page = (typeof PAGES)[number]

const SMALL = '(max-width: 640px)'

export class Pages {
  /** Standing, with a phone in the hand. */
  small = $state(matchMedia(SMALL).matches)
  #asked = $state<Page | undefined>(read())

  constructor() {
    $effect(() => {
      const query = matchMedia(SMALL)
      const turned = () => (this.small = query.matches)
      const back = () => (this.#asked = read())
      query.addEventListener('change', turned)
      addEventListener('popstate', back)
      return () => {
        query.removeEventListener('change', turned)
        removeEventListener('popstate', back)
      }
    })
  }

  get now(): Page {
    return this.#asked ?? (this.small ? 'pocket' : 'board')
  }

  /** Opens a page; reading goes on at its title, or at what `at` selects. */
  go = (page: Page, at = 'main h1'): void => {
    if (page === this.now) return
    history.pushState(null, '', `${location.pathname}?p=${page}`)
    this.#asked = page
    setTimeout(() => {
      const title = document.querySelector<HTMLElement>(at)
      title?.focus({ preventScroll: true })
      // A page begins at its top, with the stage's keys in sight; a part of it where it stands.
      if (at === 'main h1') scrollTo(0, 0)
      else title?.scrollIntoView()
    }, 0)
  }
}

function read(): Page | undefined {
  const asked = new URLSearchParams(location.search).get('p')
  return PAGES.find((one) => one === asked)
}
