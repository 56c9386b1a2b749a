import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, chmod, constants, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOutcome, RunRequest } from '@st2/engine/runner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRequest } from './requests.ts'
import { makeFolder, openHost, run, type TestHost } from './support.ts'

let host: TestHost
let pack: string
let script: string

beforeAll(async () => {
  host = await openHost()
  pack = await makeFolder()
  await mkdir(join(pack, 'actions'))
  script = join(pack, 'actions', "it's a script.sh")
  await writeFile(script, '#!/bin/sh\nfor a; do echo "arg:$a"; done\n')
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
})

const runScript = (changes: Partial<RunRequest> = {}): Promise<RunOutcome> =>
  run(host, makeRequest('local-shell-script', { entry_point: script, pack_path: pack, ...changes }))

describe('local-shell-script', () => {
  it('makes the script executable and passes named and positional arguments untouched', async () => {
    await chmod(script, 0o644)
    const outcome = await runScript({
      action: {
        ref: 'tests.action',
        pack: 'tests',
        name: 'action',
        parameters: {
          a: { type: 'string', position: 0 },
          lst: { type: 'array' },
          obj: { type: 'object' },
          flag: { type: 'boolean' },
        },
      },
      action_parameters: { a: "h w'q $(id) \n;", lst: ['x', 'y'], obj: { k: 'v' }, flag: false },
    })
    expect(outcome).toMatchObject({
      status: 'succeeded',
      result: { stdout: "arg:--lst=['x', 'y']\narg:--obj={'k': 'v'}\narg:h w'q $(id) \n;" },
    })
    await access(script, constants.X_OK)
  })

  it('runs a script without a shebang line as the shell would', async () => {
    const bare = join(pack, 'actions', 'bare')
    await writeFile(bare, 'echo "bare $1"\n', { mode: 0o755 })
    const outcome = await runScript({
      entry_point: bare,
      action: { ref: 'tests.a', pack: 'tests', name: 'a', parameters: { n: { type: 'boolean' } } },
      action_parameters: { n: true },
    })
    expect(outcome).toMatchObject({ result: { stdout: 'bare --n' } })
  })

  it("gives the shell's answer for a script that is not there", async () => {
    const outcome = await runScript({ entry_point: join(pack, 'actions', 'missing') })
    expect(outcome).toMatchObject({ status: 'failed', result: { return_code: 127 } })
  })

  it.each([[null], ['']])('refuses the entry point %j', async (entry_point) => {
    expect(await runScript({ entry_point })).toMatchObject({
      status: 'failed',
      result: { error: 'Missing entry_point action metadata attribute' },
    })
  })
})

describe('local-shell-script: content_version', () => {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', pack, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      encoding: 'utf8',
    }).trim()
  const atVersion = (content_version: string, debug = false): Promise<RunOutcome> =>
    runScript({ entry_point: join(pack, 'actions', 'v.sh'), runner_parameters: { content_version, debug } })

  it('says that a pack without git has no versions', async () => {
    expect(await atVersion('v1')).toMatchObject({
      status: 'failed',
      result: { error: expect.stringMatching(/is not a git repository/) },
    })
  })

  it('runs the script of that revision and removes the checkout', async () => {
    await writeFile(join(pack, 'actions', 'v.sh'), 'echo "one $0"\n')
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'one')
    git('tag', 'v1')
    await writeFile(join(pack, 'actions', 'v.sh'), 'echo "two $0"\n')
    git('commit', '-qam', 'two')

    const outcome = await atVersion('v1')
    expect(outcome).toMatchObject({
      status: 'succeeded',
      result: { stdout: expect.stringMatching(/^one .tmp.st2-git-worktree-/) },
    })
    const [path = ''] = /\/tmp\/st2-git-worktree-[^/]+/.exec(JSON.stringify(outcome)) ?? []
    expect(existsSync(path)).toBe(false)
    expect(git('worktree', 'list').split('\n')).toHaveLength(1)
  })

  it('keeps the checkout for debugging', async () => {
    const outcome = await atVersion('v1', true)
    const [path = ''] = /\/tmp\/st2-git-worktree-[^/]+/.exec(JSON.stringify(outcome)) ?? []
    expect(existsSync(path)).toBe(true)
    git('worktree', 'remove', '--force', path)
  })

  it.each([['v9'], ['--detach']])('refuses the unknown revision %s', async (version) => {
    expect(await atVersion(version)).toMatchObject({
      status: 'failed',
      result: { error: expect.stringContaining(`Invalid content_version "${version}" provided.`) },
    })
  })
})
