// A real server for a test: the built binary on a free port, with a data folder of its own.
// Ends only the process it started.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const binary = fileURLToPath(new URL('../../../target/debug/openfloor', import.meta.url))

export async function serve({ data, listen = '127.0.0.1:0', extra = [] } = {}) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'openfloor-e2e-')))
  const child = spawn(process.env.OPENFLOOR_BIN ?? binary, ['serve', '--listen', listen, '--data', folder, ...extra], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let failed = ''
  child.stderr.on('data', (part) => (failed += part))
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the server did not start: ${said}${failed}`)), 20_000)
    child.stdout.on('data', (part) => {
      said += part
      const found = said.match(/http:\/\/(127\.0\.0\.1|localhost):\d+/)
      if (found) {
        clearTimeout(late)
        resolve(found[0])
      }
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${failed}`)))
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  return {
    address,
    folder,
    port: Number(new URL(address).port),
    said: () => said,
    log: () => failed,
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal)
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      if (!data) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function call(address, method, path, token, body) {
  const answer = await fetch(address + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : undefined }
}

// A meeting made over the public contract; `command` speaks as the facilitator.
export async function meeting(server, { title = 'Inclusive schools', language = 'en', template = 'questions' } = {}) {
  const made = await call(server.address, 'POST', '/api/meetings', undefined, { title, language, template })
  if (made.status !== 201) throw new Error(`no meeting: ${JSON.stringify(made)}`)
  const { meeting: id, code, token, links } = made.body
  let n = 0
  const api = (method, path, body, as = token) => call(server.address, method, `/api/meetings/${id}${path}`, as, body)
  const floor = async () => (await api('GET', '/views/floor')).body.view
  return {
    id,
    code,
    token,
    links,
    api,
    floor,
    command: async (wish) => {
      const answer = await api('POST', '/commands', { n: ++n, do: wish })
      if (answer.status !== 200) throw new Error(`${JSON.stringify(wish)}: ${JSON.stringify(answer)}`)
      return answer.body
    },
    // A person who joined over the contract, without a browser.
    person: async ({ name, tags } = {}) => {
      const joined = await call(server.address, 'POST', `/api/meetings/${id}/seats`, undefined, { code, name, tags })
      if (joined.status !== 201) throw new Error(JSON.stringify(joined))
      let count = 0
      return {
        ...joined.body,
        command: (wish, as = joined.body.token) => call(server.address, 'POST', `/api/meetings/${id}/commands`, as, { n: ++count, do: wish }),
      }
    },
    activity: async () => Object.keys((await floor()).agenda)[0],
  }
}
