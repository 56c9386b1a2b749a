import {
  type Dict,
  dumpsJson,
  entriesOf,
  floatValue,
  isDict,
  isFloat,
  isNumeric,
  type PythonError,
} from '@st2/python-values'
import type { UndoLog } from './undo-log.ts'

export const LOG_TYPES = ['info', 'warn', 'error'] as const

export interface LogEntry {
  type: (typeof LOG_TYPES)[number]
  message: string
  task_id?: string
  route?: number
  task_transition_id?: string
  result?: unknown
  data?: unknown
}

/** Where an entry of the log belongs. */
export type LogPlace = Pick<LogEntry, 'task_id' | 'route' | 'task_transition_id'>

/** Errors and other messages of a workflow. What stands there already is not added again. */
export class WorkflowLog {
  readonly #undo: UndoLog
  #entries = new Map<string, LogEntry>()

  constructor(undo: UndoLog, entries: readonly LogEntry[] = []) {
    this.#undo = undo
    for (const entry of entries) this.#entries.set(identity(entry), entry)
  }

  get entries(): LogEntry[] {
    return [...this.#entries.values()]
  }

  add(entry: LogEntry): void {
    const key = identity(entry)
    if (!this.#entries.has(key)) this.#undo.put(this.#entries, key, entry)
  }

  addError(error: PythonError, place: LogPlace = {}): void {
    this.add({ type: 'error', message: `${error.pythonType}: ${error.message}`, ...place })
  }

  removeOf(task: string): void {
    const old = this.#entries
    this.#undo.also(() => {
      this.#entries = old
    })
    this.#entries = new Map([...old].filter(([, entry]) => entry.task_id !== task))
  }
}

/** Equal for entries that are equal to Python: 1, 1.0 and True are the same there. */
function identity(entry: LogEntry): string {
  return dumpsJson(comparable({ ...entry }), { sortKeys: true })
}

function comparable(value: unknown): unknown {
  if (isNumeric(value)) return isFloat(value) ? floatValue(value) : typeof value === 'boolean' ? Number(value) : value
  if (Array.isArray(value)) return value.map(comparable)
  if (!isDict(value)) return value
  const dict: Dict = new Map(entriesOf(value).map(([key, inner]) => [String(key), comparable(inner)]))
  return dict
}
