// A phone without a network: what is typed and what was sent survives a reload, and goes by itself when the network is back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open } from './support/browser.mjs'
import { cable } from './support/cable.mjs'
import { meeting, serve } from './support/server.mjs'

let server, browser
const cables = []
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  for (const one of cables) one.close()
  await browser?.close()
  await server?.stop()
})

const until = async (what, condition) => {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail(what)
}

async function joined(address, made) {
  const page = await open(browser)
  await page.goto(`${address}/${made.code}`)
  if (await page.getByRole('button', { name: 'Join', exact: true }).isVisible().catch(() => false)) await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.locator('#ask').waitFor()
  return page
}

test('what is typed survives a reload with the network off, and an unsent question goes once', async () => {
  const made = await meeting(server)
  const wire = await cable(server)
  cables.push(wire)
  const page = await joined(wire.address, made)
  wire.cut()
  await page.getByText('No connection.', { exact: false }).first().waitFor({ timeout: 20_000 })
  await page.locator('#ask').fill('Sent without a network')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Saved on this phone. Will go by itself.').first().waitFor()
  await page.locator('#ask').fill('Only typed, not sent')

  // Reloaded while nothing answers: the browser shows its own page; when the network is back everything is there.
  await page.reload().catch(() => undefined)
  assert.equal((await made.floor()).asked, 0, 'nothing went while the cable was cut')
  wire.mend()
  // The browser may still be on its way to its own page.
  await until('the page came', () => page.goto(`${wire.address}/${made.code}`).then(() => true, () => false))
  await page.locator('#ask').waitFor()
  assert.equal(await page.locator('#ask').inputValue(), 'Only typed, not sent')
  await until('the question arrived', async () => Object.values((await made.floor()).questions).some(({ text }) => text === 'Sent without a network'))
  await page.reload()
  await page.locator('#ask').waitFor()
  await page.locator('#list').getByText('Sent without a network').first().waitFor()
  assert.equal((await made.floor()).asked, 1, 'it went once')
  await page.context().close()
})

test('the same seat comes back after a reload and after the server was killed', async () => {
  const kept = await serve({ data: `${server.folder}-kept` })
  const made = await meeting(kept)
  const page = await open(browser)
  await page.goto(made.links.join.replace(/^https?:\/\/[^/]+/, kept.address))
  await page.locator('#ask').fill('Before the crash')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await until('the question arrived', async () => (await made.floor()).asked === 1)
  await kept.kill('SIGKILL')

  await page.locator('#ask').fill('While it was down')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const again = await serve({ data: `${server.folder}-kept`, listen: `127.0.0.1:${kept.port}` })
  try {
    await until('the second question arrived by itself', async () => (await made.floor()).asked === 2)
    await page.reload()
    await page.getByRole('button', { name: /^Mine/ }).click()
    await page.getByText('Before the crash').first().waitFor()
    await page.getByText('While it was down').first().waitFor()
    assert.equal((await made.floor()).here, 1, 'one seat, not two')
  } finally {
    await again.stop()
  }
  await page.context().close()
})

test('without sockets the phone asks by plain requests', async () => {
  const made = await meeting(server)
  const page = await open(browser)
  await page.goto(`${server.address}/${made.code}?transport=poll`)
  if (await page.getByRole('button', { name: 'Join', exact: true }).isVisible().catch(() => false)) await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.locator('#ask').fill('By plain requests')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await until('the question arrived', async () => (await made.floor()).asked === 1)
  await page.locator('#list').getByText('By plain requests').first().waitFor()
  await page.context().close()
})
