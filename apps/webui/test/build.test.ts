import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildWebui } from '../build.config.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'st2-webui-build-'))
  for (const folder of ['dist', 'node_modules']) mkdirSync(join(root, folder))
  write('dist/index.html', 'the previous one')
  write('dist/.built-from', 'the previous sources')
  write('index.html', '<script type="module" src="./main.js"></script>')
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

it('leaves what was built before when a build fails', async () => {
  write('main.js', 'import "./is-missing.js"')
  await expect(build()).rejects.toThrow('is-missing.js')
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('the previous one')
  expect(readFileSync(join(root, 'dist/.built-from'), 'utf8')).toBe('the previous sources')
  expect(readdirSync(join(root, 'node_modules')), 'nothing half built is left').toEqual([])
})

it('replaces what was built before as a whole', async () => {
  write('main.js', 'document.title = "built"')
  await build()
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toMatch(/assets\/index-.*\.js/)
  expect(existsSync(join(root, 'dist/.built-from')), 'whoever builds says from what').toBe(false)
  expect(readdirSync(join(root, 'node_modules'))).toEqual([])
})

it('leaves a compressed copy beside each asset that is worth it, and beside nothing that people edit', async () => {
  const text = 'much of the same, '.repeat(200)
  write('main.js', `document.title = ${JSON.stringify(text)}`)
  mkdirSync(join(root, 'public'))
  write('public/config.js', `// ${text}`)
  await build()
  const assets = join(root, 'dist/assets')
  const [copy = '', ...others] = readdirSync(assets).filter((name) => name.endsWith('.gz'))
  expect(others).toEqual([])
  const plain = readFileSync(join(assets, copy.slice(0, -'.gz'.length)), 'utf8')
  expect(gunzipSync(readFileSync(join(assets, copy))).toString()).toBe(plain)
  expect(plain).toContain(text)
  expect(readdirSync(join(root, 'dist')).sort()).toEqual(['assets', 'config.js', 'index.html'])
})

function build(): Promise<void> {
  return buildWebui(root, { configFile: false, logLevel: 'silent' })
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text)
}
