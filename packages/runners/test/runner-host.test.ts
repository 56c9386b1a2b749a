import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { MARKER_VARIABLE, readBootId } from '../src/process/proc-table.ts'
import { command } from './requests.ts'
import { collectPieces, isAlive, type LogLine, makeFolder, openHost, run, until } from './support.ts'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const records = (dataDir: string): string[] => readdirSync(join(dataDir, 'run'))

interface ServerProcess {
  readonly child: ChildProcess
  readonly host: number
  readonly execution: string
  /** What the command printed. */
  readonly pids: readonly number[]
}

async function startServer(dataDir: string, instance: string, cmd: string): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('./server-process.ts', import.meta.url))
  const child = spawn(process.execPath, [main, dataDir, instance, cmd], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(child)
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) }
  throw new Error('the server process ended')
}

/** A process of its own session, outside of any host. */
function startStranger(env: Record<string, string>): number {
  const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore', env: { ...process.env, ...env } })
  started.push(child)
  return child.pid ?? 0
}

describe('runner host: at work', () => {
  it('runs 200 commands at once and leaves no records', async () => {
    await using host = await openHost()
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => run(host, command(`echo ${index}; exit $((${index} % 3))`))),
    )
    for (const [index, outcome] of outcomes.entries()) {
      expect(outcome).toMatchObject({ result: { stdout: index, return_code: index % 3 } })
    }
    expect(records(host.dataDir)).toEqual([])
  })

  it('holds 20 chatty commands back when the server does not read, and loses nothing', async () => {
    await using host = await openHost()
    // Busy once, for longer than a child's silence is waited for: the pipe to the server fills meanwhile.
    let stallMs = 2_500
    const stall = (): void => {
      for (const end = performance.now() + stallMs; performance.now() < end; );
      stallMs = 0
    }
    // The late ones end while they are held back: what they printed waits in their pipes.
    const large = Array.from({ length: 10 }, () => [900_000, 'head -c 900000 /dev/zero | tr "\\0" x'] as const)
    const late = Array.from({ length: 10 }, () => [50_000, 'sleep 0.5; head -c 50000 /dev/zero | tr "\\0" x'] as const)
    await Promise.all(
      [...large, ...late].map(async ([length, cmd]) => {
        const { result } = await run(host, command(cmd), { output: stall })
        expect(Object(result).stdout).toHaveLength(length)
      }),
    )
  })

  it('is not there before the first run where it waits for that', async () => {
    await using host = await openHost({ waitsForFirstRun: true })
    expect(host.pid).toBeNull()
    const outcomes = await Promise.all([run(host, command('echo one')), run(host, command('echo two'))])
    expect(outcomes.map(({ result }) => Object(result).stdout)).toEqual(['one', 'two'])
    expect(host.lines.filter(({ message }) => message === 'runner host started')).toHaveLength(1)
    await using idle = await openHost({ waitsForFirstRun: true })
    await idle.close()
    expect(idle.pid).toBeNull()
  })

  it('is small when idle', async () => {
    await using host = await openHost()
    const status = readFileSync(`/proc/${host.pid}/status`, 'utf8')
    const resident = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])
    expect(resident).toBeGreaterThan(0)
    expect(resident).toBeLessThan(60 * 1024)
  })

  it('runs on without records, and says so, when they cannot be written', async () => {
    await using host = await openHost()
    rmSync(join(host.dataDir, 'run'), { recursive: true })
    expect((await run(host, command('true'))).status).toBe('succeeded')
    const isWarning = ({ fields }: LogLine): boolean =>
      /session record not written: ENOENT/.test(JSON.stringify(fields))
    await until(() => host.lines.some(isWarning), 'warning in the log')
  })

  it('keeps the record of a session until its last process is gone', async () => {
    await using host = await openHost()
    const outcome = await run(host, command('sleep 300 >/dev/null 2>&1 & echo $!'))
    const pid = Number(Object(outcome.result).stdout)
    expect(outcome.status).toBe('succeeded')
    expect(isAlive(pid)).toBe(true)
    expect(records(host.dataDir)).toHaveLength(1)
    process.kill(pid, 'SIGKILL')
    await until(() => records(host.dataDir).length === 0, 'record removed', 6_000)
  })
})

describe('runner host: crash', () => {
  it('ends its runs abandoned, kills what they left, and comes back', async () => {
    await using host = await openHost()
    const pieces = collectPieces()
    const running = run(host, command('setsid sleep 300 & escaped=$!; sleep 301 & echo $$ $! $escaped; wait'), pieces)
    await until(() => pieces.stdout.length > 0, 'first output')
    const firstHost = host.pid
    process.kill(firstHost ?? 0, 'SIGKILL')
    expect(await running).toEqual({
      status: 'abandoned',
      result: { error: 'Action abandoned: the runner host died (signal SIGKILL)' },
    })
    const pids = pieces.stdout.join('').match(/\d+/g)?.map(Number) ?? []
    expect(pids).toHaveLength(3)
    expect(pids.some(isAlive)).toBe(false)
    expect(await run(host, command('echo back'))).toMatchObject({ result: { stdout: 'back' } })
    expect(host.pid).not.toBe(firstHost)
    expect(host.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('runs what was asked for while no host was up', async () => {
    const dead = Promise.withResolvers<void>()
    await using host = await openHost({ onError: () => dead.resolve() })
    process.kill(host.pid ?? 0, 'SIGKILL')
    await dead.promise
    expect(host.pid).toBe(null)
    expect(await run(host, command('echo late'))).toMatchObject({ status: 'succeeded', result: { stdout: 'late' } })
  })

  it('cannot be brought down by a request that no frame can carry', async () => {
    await using host = await openHost()
    const outcome = await run(host, command('true', { env: { A: 'x'.repeat(256 * 1024 * 1024) } }))
    expect(outcome).toMatchObject({ result: { error: expect.stringContaining('MAX_FRAME_BYTES') } })
    expect((await run(host, command('true'))).status).toBe('succeeded')
  })

  it('is killed and replaced when it says what is no frame', async () => {
    const dataDir = await makeFolder()
    // In place of Node: a host that comes up and then sends two bytes that are no list of messages.
    const liar = join(dataDir, 'liar')
    const frame = (text: string): string => `\\000\\000\\000\\0${text.length.toString(8)}${text}`
    const ready = frame('[{"type":"ready"}]').replaceAll('"', '\\"')
    const script = `#!/bin/sh\nfor last; do :; done\n[ "$last" = warm-up ] && exit\nprintf "${ready}" >&3\nhead -c 1 <&3 >/dev/null\nprintf "${frame('{}')}" >&3\nsleep 300\n`
    writeFileSync(liar, script, { mode: 0o755 })
    await using host = await openHost({ dataDir, nodePath: liar })
    expect(await run(host, command('true'))).toEqual({
      status: 'abandoned',
      result: { error: 'Action abandoned: the runner host died (malformed frame: A frame holds no list of messages)' },
    })
  })

  it('is reported when it does not start', async () => {
    const dataDir = await makeFolder()
    const { startRunnerHost } = await import('@st2/runners/host')
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const starting = startRunnerHost({ dataDir, instance: 'x', epoch: 1, log, nodePath: '/no/such/node' })
    await expect(starting).rejects.toThrow('ENOENT')
  })
})

describe('runner host: end', () => {
  it('does not go on after a frame that is none', async () => {
    const main = fileURLToPath(new URL('../src/host/host-main.ts', import.meta.url))
    const settings = { dataDir: await makeFolder(), instance: randomUUID(), epoch: 1 }
    const child = spawn(process.execPath, [main, JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    let complaint = ''
    child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()))
    const pipe = child.stdio[3]
    if (!(pipe instanceof Duplex)) throw new Error('no pipe')
    pipe.resume()
    pipe.write('\0\0\0\x02{}')
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(0)
    expect(complaint).toContain('malformed frame from the server: A frame holds no list of messages')
  })

  it('ends running actions and their processes when it is closed', async () => {
    const host = await openHost()
    const pieces = collectPieces()
    const running = run(host, command('trap "" TERM; sleep 300 & echo $$ $!; wait; wait'), pieces)
    await until(() => pieces.stdout.length > 0, 'first output')
    await host[Symbol.asyncDispose]()
    expect((await running).status).toBe('abandoned')
    for (const pid of pieces.stdout.join('').match(/\d+/g) ?? []) expect(isAlive(Number(pid))).toBe(false)
    expect(await run(host, command('true'))).toMatchObject({
      status: 'abandoned',
      result: { error: 'Action not started: the runner host is closed' },
    })
  })

  it('does not outlive a server that was killed, nor do its children', async () => {
    const server = await startServer(await makeFolder(), randomUUID(), 'setsid sleep 300 & echo $$ $!; sleep 301')
    expect(server.pids.every(isAlive)).toBe(true)
    server.child.kill('SIGKILL')
    await until(() => !isAlive(server.host) && !server.pids.some(isAlive), 'host and children gone', 2_000)
  })
})

describe('runner host: leftovers', () => {
  /** Server and host at once: neither can do anything about the other's death. */
  async function killBoth(server: ServerProcess): Promise<void> {
    const pids = [server.child.pid ?? 0, server.host]
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    await until(() => !pids.some(isAlive), 'server and host gone')
  }

  it('of a killed server and host are killed by the next one, which answers their executions', async () => {
    const dataDir = await makeFolder()
    const instance = randomUUID()
    const server = await startServer(dataDir, instance, 'setsid sleep 300 & echo $$ $!; sleep 301')
    await killBoth(server)
    expect(server.pids.every(isAlive)).toBe(true)

    await using host = await openHost({ dataDir, instance, epoch: 2 })
    const running = run(host, command('sleep 0.5; echo mine'))
    expect(await host.reapLeftovers()).toEqual([server.execution])
    expect(server.pids.some(isAlive)).toBe(false)
    expect(await host.reapLeftovers()).toEqual([])
    expect(await running).toMatchObject({ status: 'succeeded', result: { stdout: 'mine' } })
    expect(records(dataDir)).toEqual([])
  })

  it('are found by their record when they carry no marker', async () => {
    const dataDir = await makeFolder()
    const instance = randomUUID()
    const server = await startServer(dataDir, instance, `env -u ${MARKER_VARIABLE} sh -c 'echo $$; sleep 300; true'`)
    await killBoth(server)
    await using host = await openHost({ dataDir, instance, epoch: 2 })
    expect(await host.reapLeftovers()).toEqual([server.execution])
    expect(server.pids.some(isAlive)).toBe(false)
  })

  it('spare other instances, younger epochs and recycled pids', async () => {
    await using host = await openHost({ epoch: 5 })
    const other = startStranger({ [MARKER_VARIABLE]: `${randomUUID()}:1:e1` })
    const younger = startStranger({ [MARKER_VARIABLE]: `${host.instance}:6:e2` })
    const recycled = startStranger({})
    const older = startStranger({ [MARKER_VARIABLE]: `${host.instance}:4:e3` })
    const record = { pid: recycled, start_time: '1', boot_id: readBootId(), execution_id: 'e4', epoch: 4 }
    writeFileSync(join(host.dataDir, 'run', `session-${recycled}.json`), JSON.stringify(record))
    writeFileSync(join(host.dataDir, 'run', 'session-1.json'), '{"pid": 1, "sta')

    expect(await host.reapLeftovers()).toEqual(['e3'])
    expect([other, younger, recycled].every(isAlive)).toBe(true)
    expect(isAlive(older)).toBe(false)
    expect(records(host.dataDir)).toEqual([])
  })
})
