import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBootId, readStartTime } from './proc-table.ts'

/** What is left on disk about a session that runs, so that the next server finds it after a kill -9. */
export interface SessionRecord {
  readonly pid: number
  readonly start_time: string
  readonly boot_id: string
  readonly execution_id: string
  /** Of the server that started it. */
  readonly epoch: number
}

/**
 * The small files that name the running sessions, one each. Written without a sync: a power cut that loses the file
 * ends the process too.
 */
export class SessionRecords {
  readonly #folder: string
  readonly #bootId = readBootId()

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'run')
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  /** Synchronous on purpose: between start and record nothing else of this process happens. */
  add(pid: number, executionId: string, epoch: number): void {
    const startTime = readStartTime(pid) ?? ''
    const record: SessionRecord = {
      pid,
      start_time: startTime,
      boot_id: this.#bootId,
      execution_id: executionId,
      epoch,
    }
    this.#attempt('written', () => writeFileSync(this.#path(pid), JSON.stringify(record), { mode: 0o600 }))
  }

  remove(pid: number): void {
    this.#attempt('removed', () => rmSync(this.#path(pid), { force: true }))
  }

  /** A file that is no record (written in part when the process was killed) is removed and left out. */
  list(): SessionRecord[] {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return readdirSync(this.#folder)
      .filter((name) => FILE_NAME.test(name))
      .flatMap((name) => {
        const record = parseRecord(readFileSync(join(this.#folder, name), 'utf8'))
        if (record === null) rmSync(join(this.#folder, name), { force: true })
        return record ?? []
      })
  }

  /** A full disk must not stop an action that runs already: its processes are found without the record, if less surely. */
  #attempt(verb: string, change: () => void): void {
    try {
      change()
    } catch (error) {
      process.emitWarning(`session record not ${verb}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #path(pid: number): string {
    return join(this.#folder, `session-${pid}.json`)
  }
}

const FILE_NAME = /^session-\d+\.json$/

function parseRecord(text: string): SessionRecord | null {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return null
  const { pid, start_time, boot_id, execution_id, epoch }: Record<string, unknown> = { ...value }
  if (typeof pid !== 'number' || typeof start_time !== 'string') return null
  if (typeof boot_id !== 'string' || typeof execution_id !== 'string' || typeof epoch !== 'number') return null
  return { pid, start_time, boot_id, execution_id, epoch }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
