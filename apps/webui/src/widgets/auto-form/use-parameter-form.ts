import type { ParameterSchemas } from '@st2/model'
import { useMemo, useState } from 'react'
import {
  entryOf,
  type FieldEntry,
  type FieldPurpose,
  fieldsOf,
  type FormEntries,
  type FormField,
  type FormResult,
  readForm,
} from './form-model.ts'

export interface ParameterForm {
  readonly fields: readonly FormField[]
  readonly entries: FormEntries
  readonly result: FormResult
  readonly change: (name: string, entry: FieldEntry) => void
  readonly isDirty: boolean
}

interface ParameterFormOptions {
  /** Names that may stay empty although required: the server knows their values. */
  readonly given?: ReadonlySet<string>
  readonly asks?: FieldPurpose
}

/** The state of a form over parameter schemas, starting from given values. */
export function useParameterForm(
  parameters: ParameterSchemas,
  values: Readonly<Record<string, unknown>>,
  { given, asks = 'parameter' }: ParameterFormOptions = {},
): ParameterForm {
  const fields = useMemo(() => fieldsOf(parameters, asks), [parameters, asks])
  const [changed, setChanged] = useState<FormEntries>({})
  const entries = useMemo(
    () => ({
      ...Object.fromEntries(fields.map((field) => [field.name, entryOf(field, values[field.name])])),
      ...changed,
    }),
    [fields, values, changed],
  )
  const result = useMemo(() => readForm(fields, entries, given), [fields, entries, given])
  return {
    fields,
    entries,
    result,
    change: (name, entry) => setChanged((before) => ({ ...before, [name]: entry })),
    isDirty: Object.keys(changed).length > 0,
  }
}
