// The stage: what the hall looks at. Reads the floor, changes nothing.
import { mount } from 'svelte'
import words from 'virtual:catalogue/stage'
import { speak } from '../i18n/index.svelte.ts'
import '../base/base.css'
import './stage.css'
import App from './App.svelte'


void speak(words).then(() => {
  document.getElementById('old')?.remove()
  mount(App, { target: document.getElementById('app')! })
})
