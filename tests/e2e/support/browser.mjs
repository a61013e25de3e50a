// Debian's Chromium, and the checks every screen must pass: axe, 44 px targets, no sideways scrolling.
import assert from 'node:assert/strict'
import { readFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const outFolder = fileURLToPath(new URL('../out/', import.meta.url))
await mkdir(outFolder, { recursive: true })

// The tags are not cumulative: each level names its own criteria.
export const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export function launch(extra = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...extra,
    ],
  })
}

const opened = new Map()
export const PHONE = { width: 390, height: 844 }
export const SMALL = { width: 320, height: 640 }
export const DESK = { width: 1280, height: 800 }
export const STAGE = { width: 1920, height: 1080 }

// A page of its own (own storage), in a language and a scheme. Fails the test on any error a page throws.
export async function open(browser, { size = PHONE, language = 'en', scheme = 'light', touch = false } = {}) {
  const context = await browser.newContext({
    viewport: size, locale: language, colorScheme: scheme, reducedMotion: 'reduce', bypassCSP: false, hasTouch: touch,
  })
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  page.wrong = []
  opened.set(page, `${opened.size + 1}-${size.width}`)
  page.on('pageerror', (error) => page.wrong.push(String(error)))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(line.text())) page.wrong.push(line.text())
  })
  return page
}

export function nothingWrong(...pages) {
  for (const page of pages) assert.deepEqual(page.wrong, [], `${page.url()} threw`)
}

// Until nothing has come or gone for a moment: a page whose parts still arrive changes under whoever looks at it.
export const settled = (page) => page.evaluate(() => new Promise((done) => {
  const finish = () => { seen.disconnect(); clearTimeout(quiet); clearTimeout(latest); done() }
  const seen = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(finish, 100) })
  let quiet = setTimeout(finish, 100)
  const latest = setTimeout(finish, 3000)
  seen.observe(document, { subtree: true, childList: true })
}))

// axe on the page as it stands, or on the one part that changed: no violation and nothing left unresolved.
export async function axe(page, where, within) {
  await page.evaluate(axeSource + ';0').catch(async () => {
    // A page with Trusted Types takes the source through the debugger instead.
    const debug = await page.context().newCDPSession(page)
    await debug.send('Runtime.evaluate', { expression: axeSource })
    await debug.detach()
  })
  const found = await page.evaluate(async ([tags, within]) => {
    const result = await window.axe.run(within ?? document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] })
    const short = (list) => list.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.slice(0, 4).map((node) => `${node.target.join(' ')} :: ${node.any.concat(node.all, node.none).map((c) => c.message).join('; ')}`),
    }))
    return { violations: short(result.violations), incomplete: short(result.incomplete), passes: result.passes.length }
  }, [TAGS, within])
  assert.deepEqual(found.violations, [], `axe violations on ${where}`)
  assert.deepEqual(found.incomplete, [], `axe could not decide on ${where}`)
}

// Everything that can be touched is at least `least` px both ways (inline links in a sentence excepted, as in WCAG 2.5.8).
export async function targets(page, where, least = 44) {
  const small = await page.evaluate((px) => {
    const all = [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=switch], [role=radio], [tabindex="0"]')]
    const seen = all.filter((one) => one.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) && !one.closest('[inert]') && !one.disabled)
    return seen.flatMap((one) => {
      let box = one.getBoundingClientRect()
      // A box with a label is touched by its label.
      const label = one.labels?.[0]?.getBoundingClientRect()
      if (label && /checkbox|radio/.test(one.type)) box = { width: Math.max(box.width, label.width), height: Math.max(box.height, label.height) }
      if (box.width === 0 || box.height === 0 || one.matches('.vh, .skip')) return []
      const inline = one.matches('a') && getComputedStyle(one).display === 'inline'
      return inline || (box.width >= px - 0.5 && box.height >= px - 0.5)
        ? [] : [`${one.tagName.toLowerCase()}.${one.className} "${(one.textContent || one.ariaLabel || '').trim().slice(0, 40)}" ${Math.round(box.width)}×${Math.round(box.height)}`]
    })
  }, least)
  assert.deepEqual(small, [], `too small to touch on ${where}`)
}

// The page fits its width.
export async function fits(page, where) {
  const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: window.innerWidth }))
  assert.ok(scroll <= width, `${where} scrolls sideways: ${scroll} > ${width}`)
}

export async function picture(page, name) {
  await page.screenshot({ path: `${outFolder}${name}.png` })
}

// Runs a story; when it fails, leaves a picture of every open page in out/.
export async function told(story) {
  try {
    await story()
  } catch (problem) {
    for (const [page, name] of opened) if (!page.isClosed()) await picture(page, `failed-${name}`).catch(() => undefined)
    throw problem
  }
}
