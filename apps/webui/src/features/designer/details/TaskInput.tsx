import '../../../widgets/auto-form/auto-form.css'
import type { Entry, TaskModel } from '@st2/designer'
import type { ParameterSchemas } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionMetadata, actionOverview } from '../../../api/actions.ts'
import { Skeleton } from '../../../ui/Feedback.tsx'
import { AutoForm } from '../../../widgets/auto-form/AutoForm.tsx'
import { fieldsOf, type FormField } from '../../../widgets/auto-form/form-model.ts'
import { useKnownActions } from '../palette/use-actions.ts'
import { useExecute } from '../state/designer-context.ts'
import { EntryRows } from './EntryRows.tsx'
import { ExpressionInput } from './ExpressionInput.tsx'
import { Section } from './Section.tsx'
import { useInputEntries } from './use-input-entries.ts'
import { useNames } from './use-names.ts'

/** What a task gives its action. */
export function TaskInput({ task }: { readonly task: TaskModel }) {
  const { input } = task
  const given = typeof input === 'string' ? input : (input ?? []).map(({ name }) => name).join(', ')
  return (
    <Section isOpen summary={given || 'nothing'} testId="input_section" title="Input">
      {typeof input === 'string' ? (
        <WholeInput task={task} text={input} />
      ) : (
        <InputFields entries={input ?? []} task={task} />
      )}
    </Section>
  )
}

function WholeInput({ task, text }: { readonly task: TaskModel; readonly text: string }) {
  const execute = useExecute()
  return (
    <ExpressionInput
      help="One expression gives all of the input."
      label="Input"
      onCommit={(value) =>
        execute({ verb: 'set-task-field', task: task.name, field: 'input', value: value.trim() === '' ? null : value })
      }
      place={{ kind: 'task', task: task.name }}
      value={text}
    />
  )
}

interface InputFieldsProps {
  readonly task: TaskModel
  readonly entries: readonly Entry[]
}

const NO_SCHEMAS: ParameterSchemas = {}

/** Fields for what the action takes, and rows for what it does not say it takes. */
function InputFields({ task, entries }: InputFieldsProps) {
  const { action } = task
  const known = useKnownActions()
  const isAsked = action !== null && known?.has(action) === true
  const overview = useQuery({ ...actionOverview(action ?? ''), enabled: isAsked })
  const own = useQuery({ ...actionMetadata(action ?? ''), enabled: isAsked }).data?.parameters
  const schemas = isAsked ? overview.data?.parameters : NO_SCHEMAS
  if (schemas === undefined && !overview.isError) return <Skeleton widths={[30, 100, 24, 100]} />
  return <KnownFields entries={entries} key={action} own={own} schemas={schemas ?? NO_SCHEMAS} task={task} />
}

interface KnownFieldsProps extends InputFieldsProps {
  readonly schemas: ParameterSchemas
  readonly own: ParameterSchemas | undefined
}

function KnownFields({ task, entries, schemas, own }: KnownFieldsProps) {
  const execute = useExecute()
  const names = useNames({ kind: 'task', task: task.name })
  const fields = useMemo(() => fieldsOf(schemas), [schemas])
  const form = useInputEntries(task, fields, entries)
  const isGiven = ({ name }: FormField) => entries.some((entry) => entry.name === name)
  const isMain = (field: FormField) => field.required || own === undefined || field.name in own || isGiven(field)
  const main = fields.filter(isMain)
  const others = fields.filter((field) => !isMain(field))
  const free = entries.flatMap((entry) => (entry.name in schemas ? [] : [entry]))
  const set = (key: string, value: unknown) => execute({ verb: 'set-task-input', task: task.name, key, value })
  const shared = { entries: form.entries, onChange: form.change, names, errors: form.errors }
  return (
    <div className="stack" onBlur={form.settle}>
      {main.length > 0 && <AutoForm fields={main} {...shared} />}
      {others.length > 0 && (
        <details className="runner-fields">
          <summary>
            More parameters <span className="muted">{others.map(({ name }) => name).join(', ')}</span>
          </summary>
          <AutoForm fields={others} {...shared} />
        </details>
      )}
      {(free.length > 0 || fields.length === 0) && (
        <EntryRows
          addLabel="Parameter"
          entries={free}
          label="Other parameters"
          onAdd={(name) => set(name, '')}
          onChange={(at, { name, value }) => {
            const before = free[at]?.name
            if (before !== undefined && before !== name) set(before, undefined)
            set(name, value)
          }}
          onRemove={(at) => set(free[at]?.name ?? '', undefined)}
          placeOf={() => ({ kind: 'task', task: task.name })}
          testId="free_input"
        />
      )}
    </div>
  )
}
