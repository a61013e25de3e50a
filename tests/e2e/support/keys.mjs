// A page without a mouse.
import assert from 'node:assert/strict'

// Goes by Tab until the wanted element has the focus; fails when a whole round does not reach it.
export async function tabTo(wanted, backwards = false) {
  const page = wanted.page()
  for (let steps = 0; steps < 120; steps++) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
    if (await wanted.evaluate((one) => one === document.activeElement).catch(() => false)) {
      // What has the focus is not hidden behind a bar.
      const seen = await wanted.evaluate((one) => {
        const box = one.getBoundingClientRect()
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return !!top && (one.contains(top) || top.contains(one))
      })
      assert.ok(seen, 'what has the focus can be seen')
      return
    }
  }
  assert.fail('not reached by Tab')
}

// Goes there by Tab and presses a key on it.
export async function press(wanted, key = 'Enter') {
  await wanted.waitFor({ timeout: 5000 })
  await tabTo(wanted)
  await wanted.page().keyboard.press(key)
}

// Goes to a field by Tab and types over what stands in it.
export async function write(wanted, text) {
  await wanted.waitFor({ timeout: 5000 })
  await tabTo(wanted)
  await wanted.page().keyboard.press('Control+A')
  await wanted.page().keyboard.type(text)
}
