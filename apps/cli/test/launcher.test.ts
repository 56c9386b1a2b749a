import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const LAUNCHER = fileURLToPath(new URL('../../../bin/st2', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'st2-launcher-'))

afterAll(() => rmSync(folder, { recursive: true }))

function launch(path: string, argv: readonly string[], cwd = folder) {
  const env = { PATH: '/usr/bin:/bin', HOME: folder, COLUMNS: '100' }
  const { status, stdout, stderr } = spawnSync(path, argv, { cwd, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

it('runs from any folder and through links to links', () => {
  symlinkSync(LAUNCHER, join(folder, 'st2-link'))
  symlinkSync('st2-link', join(folder, 'st2'))
  for (const path of [LAUNCHER, join(folder, 'st2'), './st2']) {
    expect(launch(path, ['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^st2 \S+, on Node 2\d/),
    })
  }
})

it('tells usage errors on standard error with exit code 2', () => {
  const { status, stdout, stderr } = launch(LAUNCHER, ['execution', 'frobnicate'])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^usage: st2 execution \[-h\] \{list,[\s\S]*invalid choice: 'frobnicate'/)
})

it('ends quietly when its reader has seen enough', () => {
  const { status, stderr } = launch('/bin/sh', ['-c', `"${LAUNCHER}" run -h | head -n 1 >&2`])
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^usage: st2 run .*\n$/) })
})

it('is the same as one bundled file, alone in a folder', () => {
  const bundle = join(folder, 'st2.mjs')
  const build = fileURLToPath(new URL('../esbuild.config.ts', import.meta.url))
  expect(spawnSync(process.execPath, [build, bundle], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  for (const argv of [['--version'], ['execution', 'list', '-h'], ['login']]) {
    const [bundled, sources] = [launch(process.execPath, [bundle, ...argv]), launch(LAUNCHER, argv)]
    expect(bundled).toEqual(sources)
  }
})
