import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunRequest } from '@st2/engine/runner'
import { afterEach, describe, expect, it } from 'vitest'
import { readProcess } from '../src/process/proc-table.ts'
import { openPacks, PYTHON, type PythonPacks, runPython } from './python-requests.ts'
import { collectPieces, isAlive, makeFolder, openHost, type TestHost, until } from './support.ts'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** Warm Pythons of this host, and what they forked. */
function pythonsOf(host: { readonly pid: number | null }): number[] {
  return childrenOf(host.pid ?? 0).filter((pid) => commandOf(pid).includes('fork_server.py'))
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readProcess(pid)?.parent === parent)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function zombiesOf(parent: number): number {
  const states = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [state = '', ppid = ''] = (readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1] ?? '').split(' ')
        return Number(ppid) === parent && state === 'Z' ? [name] : []
      } catch {
        return []
      }
    })
  return states.length
}

async function startServer(dataDir: string, instance: string, request: RunRequest) {
  const main = fileURLToPath(new URL('./python-server-process.ts', import.meta.url))
  const child = spawn(process.execPath, [main, dataDir, instance, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  for await (const line of createInterface({ input: child.stdout })) {
    const told: { host: number; execution: string; pids: number[] } = JSON.parse(line)
    return { child, ...told }
  }
  throw new Error('the server process ended')
}

const echo = (packs: PythonPacks, changes = {}): RunRequest => packs.request('plain', 'echo.py', changes)

async function virtualenv(packs: PythonPacks, pack: string): Promise<string> {
  const folder = join(packs.settings.virtualenvs, pack)
  execFileSync(PYTHON, ['-m', 'venv', '--without-pip', folder])
  return folder
}

describe('warm Pythons', () => {
  it('are one process for all actions of an interpreter, and leave no zombies', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    for (let count = 0; count < 5; count++) await runPython(host, echo(packs))
    const [first, ...others] = pythonsOf(host)
    expect(others).toEqual([])
    await runPython(host, echo(packs))
    expect(pythonsOf(host)).toEqual([first])
    await until(() => zombiesOf(first ?? 0) === 0, 'no zombies')
    // A spare child waits for the next action.
    await until(() => childrenOf(first ?? 0).length === 1, 'one spare child')
  })

  it('run 60 actions at a time, each with its own output and result', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const runs = Array.from({ length: 60 }, async (_, index) => {
      const run = await runPython(host, echo(packs, { parameters: { index } }))
      expect(run).toMatchObject({ status: 'succeeded', result: { index }, exit_code: 0 })
    })
    await Promise.all(runs)
    expect(pythonsOf(host)).toHaveLength(1)
    expect(readdirSync(join(host.dataDir, 'run'))).toEqual([])
  })

  it('are replaced when an action kills its parent, and other actions do not notice', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const slow = runPython(host, packs.request('plain', 'work.py', { parameters: { kind: 'late_thread', path: null } }))
    const [killer, waiting] = await Promise.all([
      runPython(host, packs.request('plain', 'ends.py', { parameters: { kind: 'kills_parent' } })),
      slow,
    ])
    expect(killer).toMatchObject({ status: 'failed', result: 'None', exit_code: 1 })
    expect(killer.stderr).toMatch(/ValueError: after the murder/)
    expect(waiting).toMatchObject({ status: 'succeeded', result: 'returned', stdout: 'from a thread after the end\n' })
    expect(await runPython(host, echo(packs))).toMatchObject({ status: 'succeeded' })
  })

  it('are replaced when they are killed, and when a waiting child is', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    await runPython(host, echo(packs))
    const [first = 0] = pythonsOf(host)
    await until(() => childrenOf(first).length === 1, 'a spare child')
    const [spare = 0] = childrenOf(first)
    process.kill(spare, 'SIGKILL')
    await until(() => !isAlive(spare), 'the spare child has gone')
    expect(await runPython(host, echo(packs, { parameters: { after: 'child' } }))).toMatchObject({
      status: 'succeeded',
    })
    process.kill(first, 'SIGKILL')
    await until(() => !isAlive(first), 'the first parent has gone')
    expect(await runPython(host, echo(packs, { parameters: { after: 'parent' } }))).toMatchObject({
      status: 'succeeded',
    })
    expect(pythonsOf(host)).not.toContain(first)
  })

  it('are replaced when they were stopped', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    await runPython(host, echo(packs))
    const [first = 0] = pythonsOf(host)
    process.kill(first, 'SIGSTOP')
    const outcomes = await Promise.all(
      [1, 2, 3].map((number) => runPython(host, echo(packs, { parameters: { number } }))),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    await until(() => !isAlive(first), 'the first parent has gone')
  })

  it("use the pack's virtualenv, and start anew when it changes", async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const folder = await virtualenv(packs, 'plain')
    const where = packs.request('plain', 'surroundings.py')
    const { result } = await runPython(host, where)
    expect(result).toMatchObject({ executable: join(folder, 'bin/python'), prefix: folder })
    const { env, path } = Object(result)
    expect(env.PATH.startsWith(`${folder}/bin/:`)).toBe(true)
    expect(path[0]).toMatch(new RegExp(`^${folder}/lib/python3\\.\\d+/site-packages$`))
    expect(env.PYTHONPATH.split(':')).toContain(path[0])

    const [first] = pythonsOf(host)
    await writeFile(join(path[0], 'no_such_module_anywhere.py'), 'NAME = 1\n')
    utimesSync(path[0], new Date(), new Date(Date.now() + 5_000))
    // The module that was missing is there now; the file has no class, though.
    expect((await runPython(host, packs.request('plain', 'broken_import.py'))).stderr).toContain('Found no classes')
    await until(() => !isAlive(first ?? 0), 'the first parent has gone')
    expect(pythonsOf(host)).toHaveLength(1)
  })

  it("prefer the st2client of the pack's virtualenv", async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const folder = await virtualenv(packs, 'keeper')
    const [version = ''] = readdirSync(join(folder, 'lib'))
    const site = join(folder, 'lib', version, 'site-packages', 'st2client')
    await mkdir(site, { recursive: true })
    await writeFile(join(site, '__init__.py'), '')
    await writeFile(join(site, 'client.py'), 'raise RuntimeError("the one of the virtualenv")\n')
    expect((await runPython(host, packs.request('keeper', 'client.py'))).stderr).toContain('the one of the virtualenv')
  })

  it('are at most as many as the setting says, the least used gives way', async () => {
    await using host = await openHost()
    const packs = await openPacks({ max_parents: 2 })
    const folder = await makeFolder()
    const binaries = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        await symlink(PYTHON, join(folder, name))
        return join(folder, name)
      }),
    )
    const use = (binary: string | undefined) => runPython(host, echo(packs, { settings: { binary } }))
    const parentOf = async (binary: string | undefined): Promise<number> => {
      expect((await use(binary)).status).toBe('succeeded')
      return pythonsOf(host).find((pid) => commandOf(pid).startsWith(`${binary}\0`)) ?? 0
    }
    const first = await parentOf(binaries[0])
    const second = await parentOf(binaries[1])
    await use(binaries[0])
    await use(binaries[2])
    await until(() => !isAlive(second), 'the least used has gone')
    expect(isAlive(first)).toBe(true)
    expect(pythonsOf(host)).toHaveLength(2)
  })

  it('end when they had nothing to do for a while, not before', async () => {
    await using host = await openHost()
    const packs = await openPacks({ parent_idle_seconds: 1 })
    const running = runPython(host, packs.request('plain', 'loops.py', { runner: { timeout: 3 } }))
    await until(() => pythonsOf(host).length === 1, 'a warm Python')
    const [parent = 0] = pythonsOf(host)
    expect((await running).status).toBe('timeout')
    expect(isAlive(parent)).toBe(true)
    await until(() => !isAlive(parent), 'the idle parent has gone')
    expect(await runPython(host, echo(packs))).toMatchObject({ status: 'succeeded' })
  })

  it('fail an action with a reason when Python is missing or does not start', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const folder = await makeFolder()
    writeFileSync(join(folder, 'broken'), '#!/bin/sh\necho "no such library" >&2; exit 3\n', { mode: 0o755 })
    const use = (binary: string) => runPython(host, echo(packs, { settings: { binary } }))
    expect(await use('/nowhere/python')).toMatchObject({
      status: 'failed',
      error: 'There is no Python "/nowhere/python" to run the action with (setting actionrunner.python_binary)',
    })
    expect(await use(join(folder, 'broken'))).toMatchObject({
      status: 'failed',
      error: `Python "${join(folder, 'broken')}" could not be started: no such library`,
    })
    await mkdir(join(packs.settings.virtualenvs, 'plain'), { recursive: true })
    expect((await runPython(host, echo(packs))).error).toMatch(
      /for pack "plain" has no usable Python.*packs.setup_virtualenv/,
    )
  })

  it('need not have started for an action to be canceled', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const folder = await makeFolder()
    writeFileSync(join(folder, 'slow'), '#!/bin/sh\nexec sleep 300\n', { mode: 0o755 })
    const abort = new AbortController()
    const running = runPython(host, echo(packs, { settings: { binary: join(folder, 'slow') } }), abort.signal)
    await until(() => childrenOf(host.pid ?? 0).some((pid) => commandOf(pid).startsWith('sleep')), 'it starts')
    abort.abort()
    expect(await running).toMatchObject({ status: 'canceled' })
  })

  it('serve actions that set what takes effect at the start of an interpreter: those get a fresh one', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const request = packs.request('plain', 'surroundings.py', { runner: { env: { PYTHONHASHSEED: '0', LC_ALL: 'C' } } })
    expect(await runPython(host, request)).toMatchObject({
      status: 'succeeded',
      result: { env: { PYTHONHASHSEED: '0', LC_ALL: 'C' } },
    })
    expect(pythonsOf(host)).toEqual([])
  })
})

describe('Python actions and the death of', () => {
  it('the host: the action ends abandoned and nothing of it is left', async () => {
    await using host = await openHost()
    const packs = await openPacks()
    const pieces = collectPieces()
    const running = host.run(packs.request('plain', 'loops.py'), pieces, new AbortController().signal)
    await until(() => pieces.stdout.length > 0, 'first output')
    const parents = pythonsOf(host)
    process.kill(host.pid ?? 0, 'SIGKILL')
    expect((await running).status).toBe('abandoned')
    const pids = [...(pieces.stdout.join('').match(/\d+/g)?.map(Number) ?? []), ...parents]
    expect(pids).toHaveLength(6)
    expect(pids.filter(isAlive)).toEqual([])
    expect(await runPython(host, echo(packs))).toMatchObject({ status: 'succeeded' })
  })

  it('the server: the host ends all of it', async () => {
    const packs = await openPacks()
    const server = await startServer(packs.folder, randomUUID(), packs.request('plain', 'loops.py'))
    const parents = pythonsOf({ pid: server.host })
    server.child.kill('SIGKILL')
    const pids = [...server.pids, ...parents, server.host]
    await until(() => !pids.some(isAlive), 'all gone', 10_000)
    expect(pids).toHaveLength(7)
  })

  it('server and host together: the session ends at once, what left it at the next start', async () => {
    const packs = await openPacks()
    const instance = randomUUID()
    const server = await startServer(packs.folder, instance, packs.request('plain', 'loops.py'))
    const parents = pythonsOf({ pid: server.host })
    server.child.kill('SIGKILL')
    process.kill(server.host, 'SIGKILL')
    await until(() => ![...server.pids.slice(0, 3), ...parents].some(isAlive), 'the session has gone', 10_000)
    const next: TestHost = await openHost({ dataDir: packs.folder, instance, epoch: 2 })
    expect(await next.reapLeftovers()).toEqual([server.execution])
    expect(server.pids.filter(isAlive)).toEqual([])
    await next.close()
  })

  it('all three with the warm Python: the next start finds the rest', async () => {
    const packs = await openPacks()
    const instance = randomUUID()
    const server = await startServer(packs.folder, instance, packs.request('plain', 'loops.py'))
    for (const pid of [...pythonsOf({ pid: server.host }), server.host]) process.kill(pid, 'SIGKILL')
    server.child.kill('SIGKILL')
    expect(server.pids.every(isAlive)).toBe(true)
    await using next = await openHost({ dataDir: packs.folder, instance, epoch: 2 })
    expect(await next.reapLeftovers()).toEqual([server.execution])
    expect(server.pids.filter(isAlive)).toEqual([])
    rmSync(join(packs.folder, 'run'), { recursive: true })
  })
})
