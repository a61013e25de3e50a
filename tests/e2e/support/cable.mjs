// A cable between browser and server that can be cut and mended: sockets too, which a browser's own offline switch leaves alone.
import { connect, createServer } from 'node:net'

export async function cable(server) {
  const open = new Set()
  let isCut = false
  const line = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(server.port, '127.0.0.1')
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise((resolve) => line.listen(0, '127.0.0.1', resolve))
  line.unref() // a story that fails leaves nothing that waits
  return {
    address: `http://127.0.0.1:${line.address().port}`,
    cut() {
      isCut = true
      for (const one of open) one.destroy()
    },
    mend() {
      isCut = false
    },
    close() {
      this.cut()
      line.close()
    },
  }
}
