import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { runtimeFolder } from '../src/python/runtime-folder.ts'
import { openPacks, PYTHON, runPython } from './python-requests.ts'
import { makeFolder, openHost } from './support.ts'

/** Every Python that is installed here, from the oldest that is supported. */
const PYTHONS = [PYTHON, ...[8, 9, 10, 11, 12, 13, 14].flatMap((minor) => pathOf(`python3.${minor}`))]

function pathOf(name: string): string[] {
  const { status, stdout } = spawnSync(name, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  return status === 0 ? [stdout.trim()] : []
}

describe.each([...new Set(PYTHONS)])('the modules of packs on %s', (python) => {
  let cache: string
  beforeAll(async () => {
    cache = await makeFolder()
  })

  function unittest(folder: string, ...path: readonly string[]): string {
    const { stderr } = spawnSync(python, ['-m', 'unittest', 'discover', '-s', folder], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PYTHONPATH: [...path, runtimeFolder(), join(runtimeFolder(), 'fallbacks')].join(':'),
        PYTHONPYCACHEPREFIX: cache,
      },
    })
    return stderr
  }

  it('do what their tests say', () => {
    expect(unittest(fileURLToPath(new URL('./python-modules', import.meta.url)))).toMatch(
      /\nRan \d\d tests in [^]*\nOK/,
    )
  })

  it('run the tests of a pack', async () => {
    const packs = await openPacks()
    const pack = packs.path('weather')
    const output = unittest(join(pack, 'tests'), join(pack, 'actions'), join(pack, 'sensors'))
    // Where there is no PyYAML the test of the alias is skipped; Python 3.12 does not count it then.
    expect(output).toMatch(/\nRan [34] tests in [^]*\nOK/)
  })

  it.each(['fork', 'fresh'] as const)('run an action (%s)', async (process) => {
    await using host = await openHost()
    const packs = await openPacks({ binary: python, process })
    const run = await runPython(host, packs.request('plain', 'from_lib.py', { parameters: { text: 'Hi' } }))
    expect(run).toMatchObject({ status: 'succeeded', result: 'HI!hi', stdout: '', stderr: '' })
    const ended = await runPython(host, packs.request('plain', 'ends.py', { parameters: { kind: 'exit_in_thread' } }))
    expect(ended).toMatchObject({ status: 'failed', exit_code: 4, stdout: 'before\n' })
    const late = await runPython(
      host,
      packs.request('plain', 'work.py', { parameters: { kind: 'late_thread', path: null } }),
    )
    expect(late).toMatchObject({ status: 'succeeded', stdout: 'from a thread after the end\n', stderr: '' })
  })
})
