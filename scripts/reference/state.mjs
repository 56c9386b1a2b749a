// What runs, written down: who stops it later is another process.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../testing/repository.mjs'

/** Everything the deployment writes. */
export const folder = process.env.ST2_REFERENCE_FOLDER ?? join(repository, '.st2-reference')
const file = join(folder, 'state.json')

/**
 * @typedef {object} RunningProcess
 * @property {string} name
 * @property {number} pid
 * @property {string} startTime of the kernel, so that another process with that pid is not taken for it
 * @property {'server' | 'service' | 'front'} kind
 * @property {string} [readyUrl] answers 200 when it can do its work
 */

/** @returns {{ url: string, processes: RunningProcess[] } | null} */
export function readState() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

export function writeState(state) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

export function removeState() {
  rmSync(file, { force: true })
}

/** When the process began, in ticks since the machine did; null when there is none of that pid. */
export function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold anything; the start is the 20th field after it.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? null : (fields[18] ?? null)
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null
    throw error
  }
}

export function isRunning({ pid, startTime }) {
  return startTimeOf(pid) === startTime
}
