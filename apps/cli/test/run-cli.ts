import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runShell } from '../src/shell/shell.ts'

export interface CliRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Files in `~/.st2` afterwards. */
  readonly files: Readonly<Record<string, { readonly mode: string; readonly text: string }>>
}

export interface CliOptions {
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
  /** Files of the folder it runs in, by name. */
  readonly workingFiles?: Readonly<Record<string, string>>
  /** Lines to answer questions with. */
  readonly stdin?: string
  /** Contents of `~/.st2/config`. */
  readonly config?: string
  /** Further files in `~/.st2` beforehand. */
  readonly cached?: Readonly<Record<string, string>>
}

/** Runs one command line in a home folder of its own against services on one port. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<CliRun> {
  const home = await mkdtemp(join(tmpdir(), 'st2-cli-'))
  const folder = join(home, '.st2')
  if (options.config !== undefined) {
    await mkdir(folder)
    const files = { config: options.config, ...options.cached }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  }
  for (const [name, text] of Object.entries(options.workingFiles ?? {})) await writeFile(join(home, name), text)
  const lines = (options.stdin ?? '').split('\n').slice(0, -1)
  const base = `http://127.0.0.1:${options.port}`
  const written = { out: '', err: '' }
  try {
    const exitCode = await runShell(argv, {
      env: {
        COLUMNS: '120',
        TERM: 'dumb',
        ST2_COLORIZE: 'false',
        ST2_API_URL: `${base}/v1`,
        ST2_AUTH_URL: base,
        ST2_STREAM_URL: `${base}/v1`,
        ...(options.config === undefined ? { ST2_AUTH_TOKEN: '0123456789abcdef0123456789abcdef' } : {}),
        ...options.env,
      },
      cwd: home,
      home,
      terminalColumns: null,
      out: (text) => {
        written.out += text
      },
      err: (text) => {
        written.err += text
      },
      now: () => Date.now(),
      sleep: () => Promise.resolve(),
      ask: (prompt) => {
        written.out += prompt
        const line = lines.shift()
        return line === undefined ? Promise.reject(new Error('EOF when reading a line')) : Promise.resolve(line)
      },
      lines: async function* () {
        yield* lines
      },
      askSecret: () => Promise.reject(new Error('nothing was entered')),
    })
    const clean = (text: string): string => text.replaceAll(`:${options.port}`, ':PORT').replaceAll(home, 'HOME')
    return { exitCode, stdout: clean(written.out), stderr: clean(written.err), files: await filesIn(folder) }
  } finally {
    await rm(home, { recursive: true })
  }
}

async function filesIn(folder: string): Promise<CliRun['files']> {
  const names = await readdir(folder).catch(() => [])
  const entries = names.toSorted(byName).map(async (name) => {
    const path = join(folder, name)
    const mode = `0o${((await stat(path)).mode & 0o7777).toString(8)}`
    return [name, { mode, text: await readFile(path, 'utf8') }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function byName(left: string, right: string): number {
  return left < right ? -1 : 1
}
