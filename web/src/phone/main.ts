// The phone's entry: the join form of the page comes alive first, the meeting's screens as soon as there is a seat.
import './phone.css'
import { mount } from 'svelte'
import words from 'virtual:catalogue/phone'
import { speak } from '../i18n/index.svelte.ts'
import { prepareAnnouncer } from '../lib/announce.ts'
import App from './App.svelte'
import { welcome } from './join.ts'

prepareAnnouncer()
const spoken = speak(words)
void welcome(spoken).then(async (seat) => {
  await spoken
  const join = document.querySelector('#join')!
  const typed = join.contains(document.activeElement)
  join.remove()
  mount(App, { target: document.querySelector('#app')!, props: { first: seat } })
  // Whoever came by the form goes on at the sentence of now.
  if (typed) document.getElementById('now')?.focus()
})
