// Writes .br and .gz beside each file, so that the server only serves files.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const WORTH = /\.(html|js|css|json|svg|txt|webmanifest)$/

async function files(folder) {
  const found = await readdir(folder, { withFileTypes: true })
  return (await Promise.all(found.map((one) => (one.isDirectory() ? files(join(folder, one.name)) : [join(folder, one.name)])))).flat()
}

export async function compressAll(folder) {
  await Promise.all((await files(folder)).filter((path) => WORTH.test(path)).map(async (path) => {
    const plain = await readFile(path)
    const small = await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
    await writeFile(`${path}.br`, small)
    await writeFile(`${path}.gz`, await zip(plain, { level: 9 }))
  }))
}
