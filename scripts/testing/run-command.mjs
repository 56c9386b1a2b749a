// Runs one command to its end and leaves none of its processes behind.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

/** Every process below carries it in its environment, also those that left the process group. */
const mark = `ST2_TEST_RUN=${process.pid}-${Date.now()}`

/** How long processes have to end after SIGTERM. */
const graceMs = 5_000

/**
 * @param {string[]} command
 * @param {{ cwd: string, env: Record<string, string | undefined>, limitMs: number, signal: AbortSignal }} options
 * @returns {Promise<{ code: number | null, signal: string | null, stopped: 'limit' | 'interrupt' | null, error: Error | null }>}
 */
export async function runCommand([file, ...args], { cwd, env, limitMs, signal }) {
  const [key, value] = mark.split('=')
  const child = spawn(file, args, {
    cwd,
    env: { ...env, [key]: value },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own, so that all of it can be stopped.
    detached: true,
  })
  const end = await endOf(child, limitMs, signal)
  await stopMarked()
  return end
}

function endOf(child, limitMs, signal) {
  return new Promise((resolve) => {
    let stopped = null
    const stop = (reason) => {
      stopped = reason
      signalGroup(child.pid, 'SIGTERM')
      setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs).unref()
    }
    const interrupt = () => stop('interrupt')
    const limit = setTimeout(() => stop('limit'), limitMs)
    signal.addEventListener('abort', interrupt, { once: true })
    const finish = (end) => {
      clearTimeout(limit)
      signal.removeEventListener('abort', interrupt)
      resolve({ ...end, stopped })
    }
    child.once('error', (error) => finish({ code: null, signal: null, error }))
    child.once('exit', (code, name) => finish({ code, signal: name, error: null }))
    if (signal.aborted) interrupt()
  })
}

function signalGroup(pid, name) {
  if (pid !== undefined) sendSignal(-pid, name)
}

/** Ends what a command left running; says so, because whoever started it should have ended it. */
async function stopMarked() {
  const left = markedProcesses()
  if (left.length === 0) return
  console.log(`still running and now stopped: ${left.map((one) => `${one.pid} ${one.command}`).join('; ')}`)
  for (const { pid } of left) sendSignal(pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (markedProcesses().length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  for (const { pid } of markedProcesses()) sendSignal(pid, 'SIGKILL')
}

/** @returns {{ pid: number, command: string }[]} living processes with the mark; none where there is no /proc */
function markedProcesses() {
  return listOrNothing('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => readOrNothing(`/proc/${pid}/environ`).split('\0').includes(mark))
    .map((pid) => ({ pid: Number(pid), command: readOrNothing(`/proc/${pid}/comm`).trim() }))
}

function listOrNothing(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** A process may end between two looks, and those of other users are not ours. */
function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return ''
    throw error
  }
}

function sendSignal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
