import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { addWebui } from '../src/http/webui.ts'
import { temporaryFolder } from './support/server.ts'

const SCRIPT = 'document.title = "built"'
const IMMUTABLE = 'public, max-age=31536000, immutable'

it('sends assets compressed to whom that suits, and everything else as it is', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'assets'))
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder.path, 'assets/main-1.js'), SCRIPT)
  writeFileSync(join(folder.path, 'assets/main-1.js.gz'), gzipSync(SCRIPT))
  await using app = fastify()
  await addWebui(app, { folder: folder.path })
  const get = (url: string, encodings: string) => app.inject({ url, headers: { 'accept-encoding': encodings } })

  const compressed = await get('/assets/main-1.js', 'br, gzip')
  expect(compressed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': IMMUTABLE,
    vary: 'accept-encoding',
  })
  expect(gunzipSync(compressed.rawPayload).toString()).toBe(SCRIPT)

  const plain = await get('/assets/main-1.js', 'identity')
  expect(plain.headers).not.toHaveProperty('content-encoding')
  expect(plain.headers).toMatchObject({ 'cache-control': IMMUTABLE, vary: 'accept-encoding' })
  expect(plain.payload).toBe(SCRIPT)

  const page = await get('/', 'gzip')
  expect(page.headers).not.toHaveProperty('content-encoding')
  expect(page.headers['cache-control']).toBe('no-cache')
})
