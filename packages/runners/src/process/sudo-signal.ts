import { execFile } from 'node:child_process'

/** How long sudo may take to signal; without a password it must not ask for one. */
const SUDO_SIGNAL_TIMEOUT_MS = 5_000

/** For processes that belong to another user. Whether it worked shows when they are looked at the next time. */
export function signalThroughSudo(
  pids: readonly number[],
  signal: NodeJS.Signals,
  password: string | null,
): Promise<void> {
  const mode = password === null ? ['-n'] : ['-S']
  const kill = ['kill', '-s', signal.replace(/^SIG/, ''), '--', ...pids.map(String)]
  return new Promise((resolve) => {
    const child = execFile('sudo', [...mode, '--', ...kill], { timeout: SUDO_SIGNAL_TIMEOUT_MS }, () => resolve())
    // A sudo that does not ask ends without reading.
    child.stdin?.on('error', () => child.stdin?.destroy())
    child.stdin?.end(password === null ? '' : `${password}\n`)
  })
}
