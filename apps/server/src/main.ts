import { type ServerOptions, parseCommandLine, USAGE } from './options.ts'
import { UsageError } from './program-arguments.ts'
import { type RunningServer, startServer } from './server.ts'
import { TRANSFER_VERBS, transfer } from './transfer-command.ts'
import { TerminalProgress } from './terminal-progress.ts'
import { API_VERSION } from './version.ts'

/** The st2-server command: load the configuration, compose, run, stop on a signal. */
async function main(args: readonly string[]): Promise<void> {
  const progress = new TerminalProgress(process.stdout)
  try {
    const [verb, ...rest] = args
    const transferring = TRANSFER_VERBS.find((one) => one === verb)
    if (transferring !== undefined) {
      const done = await transfer(transferring, rest, process.env, progress)
      progress.clear()
      process.stdout.write(`${done}\n`)
      return
    }
    const options = parseCommandLine(args)
    if ('show' in options) {
      process.stdout.write(options.show === 'help' ? USAGE : `st2-server (StackStorm API ${API_VERSION})\n`)
      return
    }
    await serve(options, progress)
  } catch (error) {
    progress.clear()
    process.stderr.write(`st2-server: ${oneLine(error)}\n`)
    if (error instanceof UsageError) process.stderr.write("Try 'st2-server --help'.\n")
    process.exitCode = 1
  }
}

async function serve(options: ServerOptions, progress: TerminalProgress): Promise<void> {
  const environment = takeEnvironment()
  const stopping = stopSignal(Number(environment['ST2_LAUNCHER_PID']) || null)
  const server = await startServer(options, environment, progress)
  progress.clear()
  // As upstream's garbage collector does.
  process.on('SIGUSR2', () => server.collectGarbage())
  greet(server)
  await stopping
  process.stdout.write('Stopping: running actions may end first; press Ctrl-C again to stop at once.\n')
  await server.stop()
}

/** ms in which further signals are one with the first: `timeout` and a terminal signal the child and its whole group. */
const SAME_SIGNAL_MS = 500

/** The environment as it was given. What is meant for the server alone is taken out of what actions inherit. */
function takeEnvironment(): Readonly<Record<string, string | undefined>> {
  const given = { ...process.env }
  delete process.env['ST2_ADMIN_PASSWORD']
  delete process.env['ST2_LAUNCHER_PID']
  return given
}

/** Resolves at the first signal; a later one ends the process at once, and the next start cleans up. */
function stopSignal(launcher: number | null): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isSecond = false
  const onSignal = () => {
    if (isSecond) process.exit(1)
    resolve()
    setTimeout(() => (isSecond = true), SAME_SIGNAL_MS).unref()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  whenLauncherIsGone(launcher, resolve)
  return promise
}

/** ms between looks at who the parent is. */
const LAUNCHER_LOOK_MS = 1000

/** Nobody is left to stop a server whose launcher has ended, however it ended. */
function whenLauncherIsGone(launcher: number | null, call: () => void): void {
  if (launcher === null || launcher !== process.ppid) return
  setInterval(() => {
    if (process.ppid !== launcher) call()
  }, LAUNCHER_LOOK_MS).unref()
}

function greet(server: RunningServer): void {
  const { ready, firstPassword } = server
  process.stdout.write(`\n  st2 is ready at ${ready.url}\n`)
  if (firstPassword !== null) {
    process.stdout.write(
      `\n  First login:  user      ${server.firstAdmin}\n                password  ${firstPassword}\n`,
    )
    process.stdout.write('  This password is shown once; only its hash is kept.\n')
  }
  process.stdout.write('\n')
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s*\n\s*/g, '; ')
}

await main(process.argv.slice(2))
