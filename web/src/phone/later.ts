// The second tier: what a first question does not need. Loaded when wanted, or in a quiet moment.
export { default as Introduce } from './Introduce.svelte'
export { default as Notice } from './Notice.svelte'
export { default as Own } from './Own.svelte'
