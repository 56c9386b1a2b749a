import { readdirSync, readFileSync } from 'node:fs'

/** A living process; zombies are dead. */
export interface SeenProcess {
  readonly pid: number
  readonly commandLine: string
}

/** Every living process that was started with this variable in its environment, whatever parent it has by now. */
export function processesWith(variable: string, value: string): SeenProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isAlive(pid) && read(`/proc/${pid}/environ`).split('\0').includes(`${variable}=${value}`))
    .map((pid) => ({ pid: Number(pid), commandLine: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
}

/** A process that is gone needs no signal. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** @throws with their command lines when there are any */
export function reportLeft(left: readonly SeenProcess[]): void {
  if (left.length === 0) return
  throw new Error(`processes left running:\n${left.map(({ pid, commandLine }) => `${pid} ${commandLine}`).join('\n')}`)
}

function isAlive(pid: string): boolean {
  const text = read(`/proc/${pid}/stat`)
  const state = text.slice(text.lastIndexOf(')') + 2).charAt(0)
  return state !== '' && !'ZXx'.includes(state)
}

/** Empty when the process is gone or belongs to somebody else. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
