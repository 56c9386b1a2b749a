import type { Entry, TaskModel } from '@st2/designer'
import { useEffect, useRef, useState } from 'react'
import {
  EMPTY_ENTRY,
  entryOf,
  type FieldEntry,
  type FormEntries,
  type FormField,
  readField,
} from '../../../widgets/auto-form/form-model.ts'
import { useExecute } from '../state/designer-context.ts'

/** ms without a letter until what is typed counts. */
const REST_MS = 500

interface InputEntries {
  readonly entries: FormEntries
  readonly errors: Readonly<Record<string, string>>
  readonly change: (name: string, entry: FieldEntry) => void
  /** What is typed counts now. */
  readonly settle: () => void
}

/** What is typed in the fields of a task's input; what can be read goes into the workflow a moment later. */
export function useInputEntries(task: TaskModel, fields: readonly FormField[], given: readonly Entry[]): InputEntries {
  const execute = useExecute()
  const [typed, setTyped] = useState<FormEntries>({})
  const pending = useRef(new Map<string, FieldEntry>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const values = new Map(given.map(({ name, value }) => [name, value]))
  const byName = new Map(fields.map((field) => [field.name, field]))

  const flush = () => {
    clearTimeout(timer.current)
    for (const [name, entry] of pending.current) {
      const field = byName.get(name)
      const read = field === undefined ? null : readField(field, entry)
      if (read === null || read.kind === 'invalid') continue
      execute({
        verb: 'set-task-input',
        task: task.name,
        key: name,
        value: read.kind === 'unset' ? undefined : read.value,
      })
    }
    pending.current.clear()
  }
  const latest = useRef(flush)
  latest.current = flush
  useEffect(() => () => latest.current(), [])

  const entries = Object.fromEntries(
    fields.map((field) => [field.name, typed[field.name] ?? entryOf(field, values.get(field.name))]),
  )
  return {
    entries,
    errors: errorsOf(fields, typed),
    change: (name, entry) => {
      setTyped((before) => ({ ...before, [name]: entry }))
      pending.current.set(name, entry)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latest.current(), REST_MS)
    },
    settle: () => {
      latest.current()
      // What cannot be read stays as it was typed.
      setTyped((before) =>
        Object.fromEntries(Object.entries(before).filter(([name, entry]) => isInvalid(byName.get(name), entry))),
      )
    },
  }
}

function errorsOf(fields: readonly FormField[], typed: FormEntries): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const read = readField(field, typed[field.name] ?? EMPTY_ENTRY)
      return read.kind === 'invalid' ? [[field.name, `${read.reason}; not in the workflow yet`]] : []
    }),
  )
}

function isInvalid(field: FormField | undefined, entry: FieldEntry): boolean {
  if (field === undefined) return false
  // A field that was switched to an expression and is still empty keeps its switch.
  return readField(field, entry).kind === 'invalid' || (entry.isExpression && entry.text === '')
}
