// Puts a text on the phone's clipboard, also where the page came by plain HTTP.

/** Whether it got there. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'vh'
    document.body.append(area)
    area.select()
    // Old, and the only way without a secure address.
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
