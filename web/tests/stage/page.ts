// The stage with what a fixture says in place of a server: /tests/stage/page.html?state=points&lang=az&hall=dark. Time stands, unless `show` is told to let it go.
import { mount, unmount } from 'svelte'
import words from 'virtual:catalogue/stage'
import { language, speak } from '../../src/i18n/index.svelte.ts'
import '../../src/base/base.css'
import '../../src/stage/stage.css'
import { floorOf, NOW, STATES } from './fixtures.ts'
import Page from './Page.svelte'

declare global {
  interface Window { show: (state: string, hall?: 'bright' | 'dark', ahead_ms?: number) => void; states: string[] }
}

const asked = new URLSearchParams(location.search)
void speak(words).then(() => {
  let shown: Record<string, unknown> | undefined
  window.states = STATES
  // `ahead_ms`: time goes on from so much after the fixture's.
  window.show = (state, hall = 'bright', ahead_ms) => {
    const start = Date.now()
    const now = (): number => (ahead_ms === undefined ? NOW : NOW + ahead_ms + Date.now() - start)
    if (shown) void unmount(shown)
    shown = mount(Page, { target: document.getElementById('app')!, props: { floor: floorOf(state, language() as 'en' | 'az' | 'ru'), now, dark: hall === 'dark', state, real: ahead_ms !== undefined } })
  }
  window.show(asked.get('state') ?? 'points', asked.get('hall') === 'dark' ? 'dark' : 'bright')
})
