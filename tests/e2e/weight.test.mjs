// The first visit, from the scanned address to the first acknowledged question: every byte counts, dynamic imports and catalogue too.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open } from './support/browser.mjs'
import { meeting, serve } from './support/server.mjs'

const ALL_KB = 45
const SCRIPT_KB = 25

let server, browser
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const language of ['en', 'az', 'ru']) {
  test(`a first visit in ${language} is light`, async () => {
    const made = await meeting(server)
    const page = await open(browser, { language })
    const debug = await page.context().newCDPSession(page)
    await debug.send('Network.enable')
    const kinds = new Map()
    const sizes = new Map()
    let socket = 0
    debug.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response))
    debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength))
    debug.on('Network.webSocketFrameReceived', ({ response }) => (socket += response.payloadData.length))
    debug.on('Network.webSocketFrameSent', ({ response }) => (socket += response.payloadData.length))

    await page.goto(made.links.join.replace(/^https?:\/\/[^/]+/, server.address))
    await page.locator('#ask').fill('Can students volunteer?')
    await page.locator('form button.btn:not([type=button])').last().click()
    await page.waitForFunction(() => document.querySelector('#list ol li, #list article') && !document.querySelector('#list .underway'))
    for (let tries = 0; ; tries++) {
      const floor = await made.floor()
      if (Object.keys(floor.questions).length === 1) break
      assert.ok(tries < 100, 'the question was acknowledged')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }

    const rows = [...sizes].map(([id, bytes]) => ({ bytes, url: kinds.get(id)?.url ?? '', type: kinds.get(id)?.mimeType ?? '' }))
    const all = (rows.reduce((sum, { bytes }) => sum + bytes, 0) + socket) / 1024
    const script = rows.filter(({ type }) => /javascript/.test(type)).reduce((sum, { bytes }) => sum + bytes, 0) / 1024
    const table = rows.map(({ bytes, url }) => `${String(bytes).padStart(6)} ${new URL(url).pathname}`).join('\n')
    console.log(`${language}: ${all.toFixed(1)} KB in all, ${script.toFixed(1)} KB of it JavaScript, ${socket} B on the socket`)
    assert.ok(all <= ALL_KB, `${all.toFixed(1)} KB\n${table}`)
    assert.ok(script <= SCRIPT_KB, `${script.toFixed(1)} KB of script\n${table}`)
    await page.context().close()
  })
}
