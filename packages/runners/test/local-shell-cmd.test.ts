import { readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOutcome } from '@st2/engine/runner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, makeRequest } from './requests.ts'
import { collectPieces, isAlive, makeFolder, openHost, run, type TestHost, until } from './support.ts'

let host: TestHost

beforeAll(async () => {
  host = await openHost()
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
})

const runCommand = (cmd: string, parameters: Record<string, unknown> = {}): Promise<RunOutcome> =>
  run(host, command(cmd, parameters))

describe('local-shell-cmd: results', () => {
  it.each([
    ['echo 4711; exit 3', 'failed', { failed: true, succeeded: false, return_code: 3, stdout: 4711, stderr: '' }],
    ['echo hi', 'succeeded', { failed: false, succeeded: true, return_code: 0, stdout: 'hi', stderr: '' }],
    ['', 'succeeded', { failed: false, succeeded: true, return_code: 0, stdout: '', stderr: '' }],
    ['printf "a\\n\\n" >&2', 'succeeded', { return_code: 0, stderr: 'a\n' }],
    ['printf \'{"a": [1]}\'', 'succeeded', { stdout: { a: [1] } }],
    ['printf "a\\377b"', 'succeeded', { stdout: 'a\ufffdb' }],
    ['no-such-program', 'failed', { return_code: 127 }],
    ['kill -TERM $$', 'abandoned', { return_code: -15, failed: true }],
    ['kill -KILL $$', 'timeout', { return_code: -9, error: 'Action failed to complete in 60 seconds' }],
    ['kill -USR1 $$', 'failed', { return_code: -10 }],
    ['sh -c "kill -KILL \\$\\$"; exit $?', 'failed', { return_code: 137 }],
    ['if read line; then echo got; else echo end; fi', 'succeeded', { stdout: 'end' }],
  ])('%s', async (cmd, status, result) => {
    const outcome = await runCommand(cmd)
    expect(outcome).toMatchObject({ status, result })
  })

  it('runs in the given directory, with the given environment under that of the execution', async () => {
    const outcome = await run(
      host,
      makeRequest('local-shell-cmd', {
        runner_parameters: {
          cmd: 'pwd; echo $A; echo $ST2_ACTION_PACK_NAME; echo ${NODE_COMPILE_CACHE:-unset}',
          cwd: '/usr',
          env: { A: '1 2', ST2_ACTION_PACK_NAME: 'lie' },
        },
      }),
    )
    expect(outcome).toMatchObject({ result: { stdout: '/usr\n1 2\ntests\nunset' } })
  })
})

describe('local-shell-cmd: refusals', () => {
  it.each([
    [{ cmd: 'true', cwd: '/no/such' }, 'Parameter "cwd": cannot run in "/no/such"'],
    [{ cmd: 'true', cwd: '/etc/passwd' }, 'it is not a directory'],
    [{ cmd: 'true', env: { A: 1 } }, 'Parameter "env.A" must be a string, got int'],
    [{ cmd: 'true', env: { 'A=B': 'x' } }, 'Parameter "env": "A=B" is no variable name'],
    [{ cmd: 'true', env: ['A'] }, 'Parameter "env" must be an object, got list'],
    [{ cmd: 'true', timeout: 'soon' }, 'Parameter "timeout"'],
    [{ cmd: null }, 'Parameter "cmd" is required'],
    [{ cmd: false }, 'Parameter "cmd" must be a string, got bool'],
    [{ cmd: 'a\0b' }, 'Parameter "cmd" must not hold a NUL character'],
    [{ cmd: `: ${'x'.repeat(200_000)}` }, 'E2BIG'],
  ])('%o', async (runner_parameters, error) => {
    const outcome = await run(host, makeRequest('local-shell-cmd', { runner_parameters }))
    expect(outcome).toMatchObject({
      status: 'failed',
      result: { error: expect.stringContaining(error), traceback: expect.stringContaining('InvalidError') },
    })
  })

  it('an entry point', async () => {
    const request = makeRequest('local-shell-cmd', { entry_point: '/bin/true', runner_parameters: { cmd: 'true' } })
    expect(await run(host, request)).toMatchObject({
      status: 'failed',
      result: { error: expect.stringMatching(/entry_point/) },
    })
  })

  it('a runner that the host does not have', async () => {
    expect(await run(host, makeRequest('constructor'))).toMatchObject({
      status: 'failed',
      result: { error: 'The runner host has no runner "constructor"' },
    })
  })
})

describe('local-shell-cmd: ends', () => {
  const pidsIn = (outcome: RunOutcome): number[] => {
    const { stdout }: { stdout?: unknown } = Object(outcome.result)
    return String(stdout).match(/\d+/g)?.map(Number) ?? []
  }

  it('kills background children when the time is over', async () => {
    const outcome = await runCommand('sleep 300 & echo pid $!; wait', { timeout: 1 })
    expect(outcome).toMatchObject({
      status: 'timeout',
      result: { return_code: -9, error: 'Action failed to complete in 1 seconds' },
    })
    const [pid = 0] = pidsIn(outcome)
    expect(pid).toBeGreaterThan(1)
    expect(isAlive(pid)).toBe(false)
  })

  it('kills what ignores SIGTERM after the grace time, and what left the session too', async () => {
    const cmd = 'trap "" TERM; setsid sleep 300 & escaped=$!; sleep 301 & echo pid $$ $! $escaped; wait; sleep 302'
    const startedAt = performance.now()
    const outcome = await runCommand(cmd, { timeout: 1 })
    expect(outcome.status).toBe('timeout')
    expect(performance.now() - startedAt).toBeLessThan(4_000)
    const pids = pidsIn(outcome)
    expect(pids).toHaveLength(3)
    expect(pids.some(isAlive)).toBe(false)
  })

  it('ends when a child that left the session keeps the output open, and lets the child live', async () => {
    const startedAt = performance.now()
    const outcome = await runCommand('setsid sleep 300 & echo pid $!')
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    const [pid = 0] = pidsIn(outcome)
    expect(isAlive(pid)).toBe(true)
    process.kill(pid, 'SIGKILL')
  })

  it('reads on while a child that it started still prints', async () => {
    const outcome = await runCommand('(sleep 0.4; echo more; sleep 0.8; echo last) & echo first')
    expect(outcome).toMatchObject({ status: 'succeeded', result: { stdout: 'first\nmore\nlast' } })
  })

  it('can be canceled while only a child prints, which is killed then', async () => {
    const abort = new AbortController()
    const pieces = collectPieces()
    const running = host.run(command('while :; do sleep 0.05; echo x; done & echo $!'), pieces, abort.signal)
    await until(() => pieces.stdout.length > 1, 'output of the child')
    abort.abort()
    expect(await running).toMatchObject({ status: 'canceled' })
    expect(isAlive(Number.parseInt(pieces.stdout.join(''), 10))).toBe(false)
  })

  it('is canceled by the signal, with what it printed until then', async () => {
    const abort = new AbortController()
    const pieces = collectPieces()
    const running = host.run(command('echo pid $$; sleep 300'), pieces, abort.signal)
    await until(() => pieces.stdout.length > 0, 'first output')
    abort.abort()
    const outcome = await running
    expect(outcome).toMatchObject({
      status: 'canceled',
      result: { failed: true, stdout: expect.stringMatching(/^pid/) },
    })
    expect(isAlive(pidsIn(outcome)[0] ?? 0)).toBe(false)
  })

  it('does not start what was canceled before', async () => {
    const outcome = await host.run(command('echo no'), collectPieces(), AbortSignal.abort())
    expect(outcome.status).toBe('canceled')
  })
})

describe('local-shell-cmd: output', () => {
  it('streams whole lines while the command runs', async () => {
    const pieces = collectPieces()
    const running = run(host, command('echo one; echo err >&2; sleep 0.3; printf "two\\nthr"'), pieces)
    await until(() => pieces.stdout.length > 0, 'first line', 2_000)
    expect(pieces.stdout[0]).toBe('one\n')
    await running
    expect(pieces.stdout.join('')).toBe('one\ntwo\nthr')
    expect(pieces.stderr.join('')).toBe('err\n')
  })

  it('makes few pieces of many lines', async () => {
    const pieces = collectPieces()
    const startedAt = performance.now()
    const outcome = await run(host, command('i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done'), pieces)
    const seconds = (performance.now() - startedAt) / 1_000
    expect(pieces.stdout.join('').trimEnd()).toBe(Object(outcome.result).stdout)
    expect(pieces.stdout.length).toBeLessThan(2 + 21 * seconds)
  })

  it('keeps 100 MB of output within its limit', async () => {
    const pieces = collectPieces()
    const outcome = await run(host, command('head -c 100000000 /dev/zero | tr "\\0" x; echo done >&2'), pieces)
    expect(outcome).toMatchObject({ status: 'succeeded', result: { stderr: 'done' } })
    const stdout: unknown = Object(outcome.result).stdout
    const line = '\n[output truncated: limit actionrunner.max_output_size of 1000000 bytes]'
    expect(stdout).toBe('x'.repeat(1_000_000) + line)
    expect(pieces.stdout.join('')).toBe(`${String(stdout)}\n`)
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${host.pid}/status`, 'utf8'))?.[1]
    expect(Number(peak)).toBeLessThan(150 * 1024)
  })
})

describe('local-shell-cmd: as another user', () => {
  it('hands sudo its arguments as they are and the password on stdin', async () => {
    const folder = await makeFolder()
    // Stands in for sudo: shows its arguments and stdin, then runs what follows `--`.
    const script =
      '#!/bin/sh\nfor a; do echo "[$a]"; done\n[ "$1" = -S ] && cat\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n'
    await writeFile(join(folder, 'sudo'), script)
    await chmod(join(folder, 'sudo'), 0o755)
    const parameters = { sudo: true, sudo_password: "pa'ss", env: { PATH: `${folder}:${process.env['PATH']}` } }
    const outcome = await runCommand('echo "it\'s $0"', parameters)
    expect(outcome).toMatchObject({
      status: 'succeeded',
      result: { stdout: `[-S]\n[-E]\n[--]\n[bash]\n[-c]\n[echo "it's $0"]\npa'ss\nit's bash` },
    })
  })
})
