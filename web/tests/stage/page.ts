// The stage with what a fixture says in place of a server: /tests/stage/page.html?state=points&lang=az&hall=dark. Time stands.
import { mount } from 'svelte'
import words from 'virtual:catalogue/stage'
import { language, speak } from '../../src/i18n/index.svelte.ts'
import '../../src/base/base.css'
import '../../src/stage/stage.css'
import { floorOf, NOW } from './fixtures.ts'
import Page from './Page.svelte'

const asked = new URLSearchParams(location.search)
void speak(words).then(() => {
  const floor = floorOf(asked.get('state') ?? 'points', language() as 'en' | 'az' | 'ru')
  mount(Page, { target: document.getElementById('app')!, props: { floor, now: () => NOW, dark: asked.get('hall') === 'dark' } })
})
