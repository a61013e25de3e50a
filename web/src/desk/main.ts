// The entry of the desk.
import '../base/base.css'
import './desk.css'
import { mount } from 'svelte'
import words from 'virtual:catalogue/desk'
import { speak } from '../i18n/index.svelte.ts'
import { prepareAnnouncer } from '../lib/announce.ts'
import App from './App.svelte'

prepareAnnouncer()
void speak(words).then(() => {
  document.getElementById('old')?.remove()
  mount(App, { target: document.querySelector('#app')! })
})
