import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRequest } from '@st2/engine/runner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyStore, openApi } from './python-api.ts'
import { openPacks, type PythonChanges, type PythonPacks, type PythonRun, runPython } from './python-requests.ts'
import { isAlive, openHost, type TestHost, until } from './support.ts'

let host: TestHost
let packs: PythonPacks
beforeAll(async () => {
  host = await openHost()
  packs = await openPacks()
})
afterAll(async () => {
  await host.close()
})

/** What an action shows must not depend on how its process came to be. */
const WAYS = [{ process: 'fork' }, { process: 'fresh' }] as const

describe.each(WAYS)('python-script ($process)', ({ process: way }) => {
  const run = (entryPoint: string, changes: PythonChanges = {}, pack = 'plain'): Promise<PythonRun> =>
    runPython(host, packs.request(pack, entryPoint, { ...changes, settings: { process: way, ...changes.settings } }))
  const given = (parameters: Record<string, unknown>): PythonChanges => ({ parameters })

  it('gives run() every parameter and answers what it returns', async () => {
    const parameters = { text: 'ü', none: null, list: [1, { a: true }], number: 1.5 }
    expect(await run('echo.py', { parameters })).toMatchObject({
      status: 'succeeded',
      result: parameters,
      stdout: '',
      stderr: '',
      exit_code: 0,
    })
  })

  it.each([
    ['true_pair', 'succeeded', { a: 1 }],
    ['false_pair', 'failed', 'reason'],
    ['none_pair', 'succeeded', [1, 2]],
    ['triple', 'succeeded', [1, 2, 3]],
    ['list_pair', 'succeeded', ['x', 'y']],
    ['false', 'succeeded', false],
    ['none', 'succeeded', null],
    ['text', 'succeeded', 'ünïcödé ✓ 🎉 \u0000 \u2028'],
    ['numbers', 'succeeded', [1, -1.5, 2 ** 53 - 1, 1e300]],
    ['nan', 'succeeded', { nan: null, inf: [null, null] }],
    [
      'dates',
      'succeeded',
      {
        datetime: '2020-01-02T03:04:05.000006',
        aware: '2020-01-02T00:00:00+00:00',
        date: '2020-01-02',
        uuid: '00000000-0000-0000-0000-000000000001',
      },
    ],
    ['typed', 'succeeded', { colour: 'red', host: { name: 'a' }, ordered: { z: 1 } }],
    ['tuples', 'succeeded', { t: [1, [2]] }],
    ['bytes', 'succeeded', "b'raw', 'status': None}"],
    ['bytes_with_status', 'succeeded', "{'b': b'raw'}"],
    ['set_failed', 'failed', '{1}'],
    ['integer_keys', 'succeeded', "{1: 'one'}, 'status': None}"],
    ['integer_keys_with_status', 'succeeded', "{1: 'one'}"],
    ['decimal', 'succeeded', "Decimal('1.5'), 'status': None}"],
    ['huge_integer', 'succeeded', "18446744073709551616, 'status': None}"],
    ['namedtuple', 'succeeded', '[Point(x=1, y=2)]'],
    ['opaque', 'succeeded', "<opaque>, 'status': None}"],
    ['opaque_with_status', 'succeeded', 'an opaque thing'],
    ['circle_with_status', 'succeeded', '[[...]]'],
    ['surrogate_with_status', 'succeeded', 'a?b'],
    ['multiline', 'succeeded', "{'text': 'a\\nb', 'b': b''}, 'status': None}"],
  ] as const)('shows the value %s as %s with %j', async (kind, status, result) => {
    const outcome = await run('values.py', given({ kind }))
    expect(outcome).toMatchObject({ status, exit_code: 0, stderr: '' })
    expect(outcome.result).toEqual(result)
  })

  it('shows a generator by its text', async () => {
    expect((await run('values.py', given({ kind: 'generator_with_status' }))).result).toMatch(
      /^<generator object generate/,
    )
  })

  it('fails for a status that is none, with what upstream says about it', async () => {
    const outcome = await run('values.py', given({ kind: 'bad_status' }))
    expect(outcome.status).toBe('failed')
    expect(Object(outcome)['error']).toMatch(
      /^Status returned from the action run\(\) method must either be True or False, got: x\nIf this is an existing action/,
    )
  })

  it.each([
    ['exception', 'failed', 1, /Traceback \(most recent call last\):\n[^]*in exception\n[^]*ValueError: bad välue\n$/],
    ['chained', 'failed', 1, /KeyError: 'missing'\n[^]*direct cause[^]*RuntimeError: outer\n$/],
    ['exit_zero', 'succeeded', 0, /^$/],
    ['exit_three', 'failed', 3, /^$/],
    ['exit_text', 'failed', 1, /^a reason\n$/],
    ['hard_exit', 'failed', 7, /^$/],
    ['kills_itself', 'failed', -9, /^$/],
    ['aborts', 'failed', -6, /^/],
    ['segfault', 'failed', -11, /^/],
    ['exit_in_thread', 'failed', 4, /^$/],
  ] as const)('ends by %s %s with %i', async (kind, status, exitCode, stderr) => {
    const outcome = await run('ends.py', given({ kind }))
    expect(outcome).toMatchObject({ status, exit_code: exitCode, result: 'None', stdout: 'before\n' })
    expect(outcome.stderr).toMatch(stderr)
    expect(outcome.stderr).not.toContain('st2_runtime')
  })

  it.each([
    [
      'broken_syntax.py',
      /Failed to load action class from file ".*broken_syntax.py" \(action file most likely doesn't exist or contains invalid syntax\): [^]*SyntaxError/,
    ],
    ['broken_import.py', /Failed to load action class from file[^]*No module named 'no_such_module_anywhere'/],
    ['no_class.py', /Found no classes in plugin file ".*no_class.py" matching requirements/],
    ['absent.py', /Failed to load action class from file ".*absent.py"[^]*No such file/],
    [
      'broken_init.py',
      /ValueError: \nConfig for pack "plain" is missing key "url"\.\nMake sure that the config file exists on disk \(.*\/configs\/plain\.yaml\)/,
    ],
  ])('says what is wrong with %s', async (file, message) => {
    const outcome = await run(file)
    expect(outcome).toMatchObject({ status: 'failed', exit_code: 1, result: 'None' })
    expect(outcome.stderr).toMatch(message)
  })

  it('takes the first class by name that has a run of its own', async () => {
    const outcome = await run('several.py')
    expect(outcome.result).toBe('bear')
    expect(outcome.stderr).toContain('Class "Ape" doesn\'t implement required "run" method from the base class')
  })

  it('makes classes whose constructor knows no action_service', async () => {
    const outcome = await run('old_style.py', given({ a: 1, b: null }))
    expect(outcome.result).toEqual({ a: 1, b: null, late: true, early: false })
  })

  it('finds actions/lib, a module called like one of Python, and a file called like a library', async () => {
    expect((await run('from_lib.py', given({ text: 'Hi' }))).result).toBe('HI!hi')
    expect((await run('shadows.py')).result).toBe('"the pack"')
    expect((await run('json.py')).result).toEqual([1])
  })

  it('finds the lib of the pack when the setting says so', async () => {
    expect((await run('from_pack_lib.py')).stderr).toContain("No module named 'shared_by_pack'")
    expect((await run('from_pack_lib.py', { settings: { enable_common_libs: true } })).result).toBe('shared')
  })

  it('keeps stdout and stderr as they were written, whatever was written', async () => {
    expect(await run('prints.py', given({ kind: 'both' }))).toMatchObject({
      stdout: 'out 1\nout 2\nno newline',
      stderr: 'err 1\n',
    })
    expect(await run('prints.py', given({ kind: 'unicode' }))).toMatchObject({
      stdout: 'ünï ✓ 🎉\n\ufffd\ufffd raw\n\ufffd name\n',
      stderr: 'broken \\udc80 surrogate\n',
    })
    expect((await run('prints.py', given({ kind: 'delimiter' }))).stdout).toBe('%%%%%~=~=~=************=~=~=~%%%%\n')
    expect(
      await run('prints.py', { parameters: { kind: 'children' }, runner: { env: { MINE: 'yes' } } }),
    ).toMatchObject({
      stdout: 'from the shell\nfrom python yes\nfrom the descriptor\n',
      stderr: 'to err\n',
    })
  })

  it('keeps output up to the limit, and all of it below', async () => {
    const limits = { max_output_size: 10_000_000, kill_grace_ms: 300 }
    expect((await run('prints.py', { ...given({ kind: 'much' }), limits })).stdout).toBe(
      `${'x'.repeat(1023)}\n`.repeat(3000),
    )
    const cut = await run('prints.py', given({ kind: 'much' }))
    expect(cut.status).toBe('succeeded')
    expect(cut.stdout).toMatch(/\[output truncated: limit actionrunner.max_output_size of 1000000 bytes\]\n$/)
  })

  it('logs to stderr in the format of upstream', async () => {
    const outcome = await run('logs.py')
    expect(outcome.result).toEqual({ name: 'st2.actions.python.LogsAction', module: 'st2.logs' })
    expect(outcome.stderr).toMatch(
      new RegExp(
        [
          '^st2.actions.python.LogsAction: DEBUG    d 1',
          'st2.actions.python.LogsAction: INFO     i',
          'st2.actions.python.LogsAction: WARNING  wärn',
          'st2.actions.python.LogsAction: ERROR    e',
          'st2.actions.python.LogsAction: CRITICAL c',
          'st2.actions.python.LogsAction: AUDIT    a',
          'st2.actions.python.LogsAction: ERROR    failed',
          'Traceback [^]*ZeroDivisionError: division by zero',
          'of a library\n$',
        ].join('\n'),
      ),
    )
    const quiet = await run('logs.py', { runner: { log_level: 'ERROR' } })
    expect(quiet.stderr).not.toMatch(/INFO|WARNING/)
    expect(quiet.stderr).toMatch(/ERROR {4}e\n/)
    const configured = await run('logs.py', { runner: { log_level: 'DEBUG' }, settings: { log_level: 'CRITICAL' } })
    expect(configured.stderr).toMatch(/^st2.actions.python.LogsAction: CRITICAL c\n/)
  })

  it('sets the environment of upstream', async () => {
    const outcome = await run('surroundings.py', {
      env: { ST2_ACTION_AUTH_TOKEN: 'secret-token' },
      runner: { env: { MINE: 'ü', PATH: '/usr/bin:/bin', PythonPath: '/nowhere' } },
    })
    const { env, path } = Object(outcome.result)
    expect(env).toMatchObject({
      ST2_ACTION_PACK_NAME: 'plain',
      ST2_ACTION_API_URL: 'http://127.0.0.1:9/v1',
      ST2_API_URL: 'http://127.0.0.1:9/v1',
      ST2_ACTION_AUTH_TOKEN: 'secret-token',
      ST2_AUTH_TOKEN: 'secret-token',
      MINE: 'ü',
      PATH: '/usr/bin:/bin',
      HOME: process.env['HOME'],
    })
    expect(env.PYTHONPATH.split(':')[0]).toBe(join(packs.path('plain'), 'actions/lib'))
    expect(Object.keys(env)).not.toContain('PythonPath')
    expect(path.at(-1)).toBe(join(packs.path('plain'), 'actions'))
  })

  it('leaves nothing of one action in the next', async () => {
    const first = Object(
      (await run('surroundings.py', { ...given({ change: true }), runner: { env: { A: '1' } } })).result,
    )
    const second = Object((await run('surroundings.py')).result)
    expect(second.env).not.toHaveProperty('LEAKED')
    expect(second.env).not.toHaveProperty('A')
    expect(second.cwd).toBe(first.cwd)
    expect(second).toMatchObject({ leaked: false, session: true, group: true, stdin: '', signals: [true, true] })
    expect(second.random).not.toBe(first.random)
    expect(second.uuid).not.toBe(first.uuid)
    // stdin, stdout, stderr, the answer, and the one of the listing.
    expect(second.fds).toHaveLength(5)
  })

  it('waits for threads, runs exit handlers, and closes what was left open', async () => {
    const file = join(packs.folder, `late-${way}`)
    expect((await run('work.py', given({ kind: 'threads' }))).result).toBe(328350)
    expect((await run('work.py', given({ kind: 'pool' }))).result).toEqual([1, 4, 9])
    expect((await run('work.py', given({ kind: 'late_thread' }))).stdout).toBe('from a thread after the end\n')
    expect((await run('work.py', given({ kind: 'daemon_thread' }))).result).toBe('returned')
    expect((await run('work.py', given({ kind: 'exit_handler' }))).stdout).toBe('at the end\n')
    expect((await run('work.py', given({ kind: 'unflushed', path: file }))).status).toBe('succeeded')
    expect(readFileSync(file, 'utf8')).toBe('written late')
    const { result: folder } = await run('work.py', given({ kind: 'temporary' }))
    expect(existsSync(String(folder))).toBe(false)
    expect((await run('work.py', given({ kind: 'zombie' }))).result).toBe(0)
  })

  it.each([
    ['text', 8 * 1024 * 1024, 1_000],
    // The action itself takes as long to make so many.
    ['items', 120_000, 2_500],
  ] as const)('hands over 8 MB of %s', async (kind, length, withinMs) => {
    const times: number[] = []
    // The best of a few: other work on the machine is none of its business.
    for (let count = 0; count < 3; count++) {
      const at = performance.now()
      const outcome = await run('big.py', given({ kind }))
      times.push(performance.now() - at)
      expect(outcome.status).toBe('succeeded')
      expect(Object(outcome.result)).toHaveLength(length)
    }
    expect(Math.min(...times)).toBeLessThan(withinMs)
  })

  it('refuses a result beyond the limit, by its name', async () => {
    const outcome = await run('big.py', { ...given({ kind: 'text' }), settings: { max_result_size: 1000 } })
    expect(outcome).toMatchObject({ status: 'failed', exit_code: 1, result: 'None' })
    expect(outcome.stderr).toMatch(/more than the limit actionrunner.max_result_size of 1000\n$/)
  })

  it('takes parameters of any size', async () => {
    const text = 'ü'.repeat(2_000_000)
    expect((await run('echo.py', given({ text }))).result).toEqual({ text })
  })

  it('streams output while the action runs', async () => {
    const abort = new AbortController()
    const times: number[] = []
    const pieces: string[] = []
    const request = packs.request('plain', 'loops.py', { settings: { process: way } })
    const io = {
      output: (_: string, data: string): void => {
        times.push(performance.now())
        pieces.push(data)
      },
    }
    const running = host.run(request, io, abort.signal)
    await until(() => pieces.length > 0, 'first line')
    abort.abort()
    expect((await running).status).toBe('canceled')
  })

  it.each([
    ['cancel', false],
    ['cancel', true],
    ['timeout', false],
    ['timeout', true],
  ] as const)('on %s ends the action and all it started (ignoring SIGTERM: %s)', async (how, ignore) => {
    const abort = new AbortController()
    const seconds = how === 'timeout' ? 2 : 60
    const request = packs.request('plain', 'loops.py', {
      parameters: { ignore },
      runner: { timeout: seconds },
      settings: { process: way },
    })
    let pids: number[] = []
    const io = {
      output: (_: string, data: string): void => {
        pids = data.match(/\d+/g)?.map(Number) ?? []
        if (how === 'cancel') abort.abort()
      },
    }
    const outcome = await host.run(request, io, abort.signal)
    expect(pids).toHaveLength(5)
    expect(pids.filter(isAlive)).toEqual([])
    expect(outcome).toMatchObject(
      how === 'cancel'
        ? { status: 'canceled', result: { result: 'None' } }
        : {
            status: 'timeout',
            result: { result: 'None', exit_code: -9, error: 'Action failed to complete in 2 seconds' },
          },
    )
  })

  it('reads its configuration, calls out and keeps a value, as packs do', async () => {
    const keys = keyStore()
    await using api = await openApi((request) => {
      const stored = keys(request)
      if (stored !== null) return stored
      return request.url === '/forecast/Oslo' ? { body: { temperature: -3 } } : { body: { error: 'no such city' } }
    })
    const changes = (city: string): PythonChanges => ({
      parameters: { city, units: 'metric' },
      config: { base_url: api.url, api_key: 'k' },
      env: { ST2_ACTION_API_URL: `${api.url}/v1`, ST2_ACTION_AUTH_TOKEN: 'token' },
    })
    const first = await run('get_forecast.py', changes('Oslo'), 'weather')
    expect(first).toMatchObject({ status: 'succeeded', result: { city: 'Oslo', temperature: '-3°C', seen: null } })
    expect((await run('get_forecast.py', changes('Oslo'), 'weather')).result).toMatchObject({ seen: '1' })
    expect(await run('get_forecast.py', changes('Nowhere'), 'weather')).toMatchObject({
      status: 'failed',
      result: 'no such city',
      exit_code: 0,
    })
    expect(first.stderr).toMatch(/DEBUG +GET http/)
    expect(api.seen.some(({ url }) => url.startsWith('/v1/keys/weather.GetForecastAction:seen'))).toBe(true)
    expect(api.seen.filter(({ url }) => url.startsWith('/v1/')).every(({ token }) => token === 'token')).toBe(true)
  })

  it('has every method of the datastore', async () => {
    const keys = keyStore()
    await using api = await openApi((request) => keys(request) ?? { status: 500 })
    const env = { ST2_ACTION_API_URL: `${api.url}/v1`, ST2_ACTION_AUTH_TOKEN: 'token' }
    const outcome = await run('datastore.py', { parameters: { secret: 'geheim' }, env }, 'keeper')
    expect(outcome.result).toEqual({
      count: '5',
      global: 'x',
      plain: 'CIPHERTEXT',
      deciphered: 'geheim',
      absent: null,
      names: ['keeper.DatastoreAction:count', 'keeper.DatastoreAction:pass word/ä'],
      prefixed: ['5'],
      deleted: true,
      deleted_again: true,
      user: 'ann',
      pack: 'keeper',
      scope: 'Scope user is unsupported.',
    })
    expect(api.seen.find(({ method }) => method === 'PUT')).toMatchObject({
      url: '/v1/keys/keeper.DatastoreAction:count',
      body: { name: 'keeper.DatastoreAction:count', value: '5', scope: 'system', ttl: 60 },
    })
  })

  it('answers None for a value that cannot be read, and says why in the log', async () => {
    await using api = await openApi(() => ({ status: 500, body: { faultstring: 'Internal Server Error' } }))
    const env = { ST2_ACTION_API_URL: `${api.url}/v1` }
    const outcome = await run('datastore.py', { parameters: { secret: 'x' }, env }, 'keeper')
    expect(outcome).toMatchObject({ status: 'failed', exit_code: 1 })
    expect(outcome.stderr).toMatch(
      /500 Server Error: Internal Server Error\nMESSAGE: Internal Server Error for url: http/,
    )
  })

  it('has a client of the API where the virtualenv has none', async () => {
    const keys = keyStore()
    await using api = await openApi((request) => {
      const { pathname } = new URL(request.url, 'http://any')
      if (pathname === '/v1/executions/1') return { body: { id: '1', result: { a: 1 } } }
      if (pathname === '/v1/executions/1/children') return { body: [{ id: '2' }] }
      if (pathname === '/v1/executions/') return { body: [{ status: 'running' }, { status: 'running' }] }
      if (pathname === '/v1/rules') return { status: 403, body: { faultstring: 'No access' } }
      return keys(request) ?? { status: 404, body: {} }
    })
    const env = { ST2_ACTION_API_URL: `${api.url}/v1`, ST2_ACTION_AUTH_TOKEN: 'token' }
    expect((await run('client.py', { env }, 'keeper')).result).toEqual({
      same: true,
      pair: { name: 'lock', value: 'held' },
      missing: [],
      executions: ['running', 'running'],
      none: null,
      result: { a: 1 },
      children: ['2'],
      fault: expect.stringMatching(/^403 Client Error: Forbidden\nMESSAGE: No access for url: http:.*\/v1\/rules$/),
      deleted: true,
      token: 'token',
    })
  })

  it('runs the code of a revision of the pack, its libraries included', async () => {
    const versions = await openPacks()
    const pack = versions.path('plain')
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', pack, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8' })
    git('init', '--quiet')
    git('add', '.')
    git('commit', '--quiet', '--message', 'first')
    const first = git('rev-parse', 'HEAD').trim()
    writeFileSync(join(pack, 'actions/lib/library_of_actions.py'), 'def whisper(text):\n    return "changed"\n')
    const request = (version: string | null): RunRequest =>
      versions.request('plain', 'from_lib.py', {
        parameters: { text: 'Hi' },
        runner: { content_version: version },
        settings: { process: way },
      })
    expect((await runPython(host, request(null))).result).toBe('HI!changed')
    expect((await runPython(host, request(first))).result).toBe('HI!hi')
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
    expect((await runPython(host, request('no-such-version'))).error).toContain(
      'Invalid content_version "no-such-version"',
    )
  })

  it.each([
    [{ timeout: 'soon' }, 'Parameter "timeout" must be a number of seconds, got str'],
    [{ env: { A: 1 } }, 'Parameter "env.A" must be a string, got int'],
    [{ env: { 'A=B': '1' } }, 'Parameter "env": "A=B" is no variable name'],
  ])('refuses the runner parameters %j', async (runner, error) => {
    expect(await run('echo.py', { runner })).toMatchObject({ status: 'failed', error })
  })
})
