import type { ExpressionNames } from '@st2/designer'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { ExpressionField } from '../code-editor/ExpressionField.tsx'
import { EMPTY_ENTRY, type FieldEntry, type FormEntries, type FormField, readField } from './form-model.ts'

interface AutoFormProps {
  readonly fields: readonly FormField[]
  readonly entries: FormEntries
  readonly onChange: (name: string, entry: FieldEntry) => void
  /** What came of an attempt to send, the server's word too; what is typed now is checked as well. */
  readonly errors?: Readonly<Record<string, string>>
  /** What an empty field means, when it is not the default: by name. */
  readonly emptyMeans?: Readonly<Record<string, string>>
  /** Where fields may hold expressions of a workflow: what these may name, to complete them. */
  readonly names?: ExpressionNames
}

/** A form made from parameter schemas. */
export function AutoForm({ fields, entries, onChange, errors = {}, emptyMeans = {}, names }: AutoFormProps) {
  return (
    <div className="stack auto-form">
      {fields.map((field) => (
        <ParameterField
          emptyMeans={emptyMeans[field.name]}
          entry={entries[field.name] ?? EMPTY_ENTRY}
          field={field}
          key={field.name}
          names={names}
          onChange={(entry) => onChange(field.name, entry)}
          problem={errors[field.name]}
        />
      ))}
    </div>
  )
}

interface ParameterFieldProps {
  readonly field: FormField
  readonly entry: FieldEntry
  readonly onChange: (entry: FieldEntry) => void
  readonly problem: string | undefined
  readonly emptyMeans: string | undefined
  readonly names: ExpressionNames | undefined
}

const TYPE_HINTS: Readonly<Record<FormField['kind'], string>> = {
  string: '',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  enum: 'choice',
  list: 'list',
  choices: 'list',
  object: 'JSON object',
}

function ParameterField({ field, entry, onChange, problem, emptyMeans, names }: ParameterFieldProps) {
  const read = readField(field, entry)
  const error = read.kind === 'invalid' ? read.reason : problem
  const hasOwnControl = field.kind === 'boolean' || field.kind === 'enum' || field.kind === 'choices'
  return (
    <Field
      error={error}
      help={field.description}
      label={<span className="mono parameter-name">{field.name}</span>}
      required={field.required}
      side={
        <>
          {field.secret && <span className="tag">secret</span>}
          {TYPE_HINTS[field.kind] !== '' && <span className="muted parameter-type">{TYPE_HINTS[field.kind]}</span>}
          {hasOwnControl && field.asks === 'parameter' && (
            <Button
              aria-label={`Write ${field.name} as an expression`}
              aria-pressed={entry.isExpression}
              className="mono"
              look="plain"
              onClick={() => onChange({ text: '', isExpression: !entry.isExpression })}
              size="s"
            >
              {'{{ }}'}
            </Button>
          )}
        </>
      }
    >
      {(control) => (
        <Control
          control={control}
          emptyMeans={emptyMeans}
          entry={entry}
          field={field}
          names={names}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

type Control = Parameters<Parameters<typeof Field>[0]['children']>[0]

interface ControlProps {
  readonly control: Control
  readonly field: FormField
  readonly entry: FieldEntry
  readonly emptyMeans: string | undefined
  readonly names: ExpressionNames | undefined
  readonly onChange: (entry: FieldEntry) => void
}

function Control({ control, field, entry, emptyMeans, names, onChange }: ControlProps) {
  const write = (text: string) => onChange({ ...entry, text })
  const unset = emptyMeans ?? (field.defaultText === null ? 'not set' : `default: ${field.defaultText}`)
  if (field.secret)
    return (
      <input
        {...control}
        autoComplete="new-password"
        className="input"
        data-test={`field:${field.name}`}
        onChange={(event) => write(event.target.value)}
        placeholder={emptyMeans ?? ''}
        type="password"
        value={entry.text}
      />
    )
  if (!entry.isExpression && field.kind === 'boolean')
    return (
      <div>
        <Segmented
          choices={[
            { value: '', label: unset },
            { value: 'true', label: 'true' },
            { value: 'false', label: 'false' },
          ]}
          describedBy={control['aria-describedby']}
          id={control.id}
          label={field.name}
          onChange={write}
          value={entry.text}
        />
      </div>
    )
  if (!entry.isExpression && field.kind === 'enum')
    return (
      <select
        {...control}
        className="input"
        data-test={`field:${field.name}`}
        onChange={(event) => write(event.target.value)}
        value={entry.text}
      >
        <option value="">{unset}</option>
        {field.options.map(({ text }) => (
          <option key={text} value={text}>
            {text}
          </option>
        ))}
      </select>
    )
  if (!entry.isExpression && field.kind === 'choices')
    return <Choices control={control} entry={entry} field={field} write={write} />
  const hint = unset === 'not set' ? placeholderOf(field) : unset
  if (names !== undefined)
    return (
      <div data-test={`field:${field.name}`}>
        <ExpressionField
          id={control.id}
          invalid={control['aria-invalid'] ?? false}
          label={field.name}
          multiline
          names={names}
          onChange={write}
          placeholder={hint}
          value={entry.text}
          {...(control['aria-describedby'] === undefined ? {} : { describedBy: control['aria-describedby'] })}
        />
      </div>
    )
  return (
    <textarea
      {...control}
      className={`input ${field.kind === 'string' ? '' : 'mono'}`}
      data-test={`field:${field.name}`}
      inputMode={field.kind === 'integer' ? 'numeric' : undefined}
      onChange={(event) => write(event.target.value)}
      placeholder={hint}
      rows={field.kind === 'object' ? 3 : 1}
      spellCheck={false}
      value={entry.text}
    />
  )
}

function placeholderOf(field: FormField): string {
  if (field.kind === 'object') return '{"key": "value"}'
  return field.kind === 'list' ? 'one, two, three or ["one", "two"]' : ''
}

interface ChoicesProps {
  readonly control: Control
  readonly field: FormField
  readonly entry: FieldEntry
  readonly write: (text: string) => void
}

function Choices({ control, field, entry, write }: ChoicesProps) {
  const read = readField(field, entry)
  const chosen = read.kind === 'value' && Array.isArray(read.value) ? read.value : []
  const flip = (value: unknown) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    write(next.length === 0 ? '' : JSON.stringify(next))
  }
  return (
    <div
      aria-describedby={control['aria-describedby']}
      aria-label={field.name}
      className="row wrap"
      id={control.id}
      role="group"
    >
      {field.options.map(({ text, value }) => (
        <label className="check" key={text}>
          <input checked={chosen.includes(value)} onChange={() => flip(value)} type="checkbox" />
          {text}
        </label>
      ))}
    </div>
  )
}
