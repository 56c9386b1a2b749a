import type { ParameterModel } from '@st2/designer'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useExecute } from '../state/designer-context.ts'
import { TextInput } from './TextInput.tsx'
import { textOfValue, valueOfText } from './value-text.ts'

interface ParameterFormProps {
  readonly parameter: ParameterModel
  readonly place: { readonly index: number; readonly count: number }
  readonly onMove: (step: 1 | -1) => void
  readonly onRename: () => void
}

const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'] as const

const MARKS = [
  { key: 'required', label: 'Required' },
  { key: 'secret', label: 'Secret' },
  { key: 'immutable', label: 'Fixed' },
] as const

/** One parameter of the action: how it is typed, shown and checked. */
export function ParameterForm({ parameter: { name, schema }, place, onMove, onRename }: ParameterFormProps) {
  const execute = useExecute()
  const set = (key: string, value: unknown) => {
    const { [key]: _old, ...rest } = schema
    // In its place, so that the order of the text stays.
    const next = value === undefined ? rest : { ...schema, [key]: value }
    execute({ verb: 'set-parameter', name, schema: next })
  }
  const type = typeof schema['type'] === 'string' ? schema['type'] : ''
  return (
    <details className="parameter" data-parameter={name}>
      <summary>
        <span className="mono parameter-name truncate">{name}</span>
        <span className="muted">{type || 'any'}</span>
        {schema['required'] === true && <span className="tag">required</span>}
        {schema['secret'] === true && <span className="tag">secret</span>}
      </summary>
      <div className="stack parameter-body">
        <div className="row wrap">
          <Button aria-label={`Rename ${name}`} icon="edit" onClick={onRename} size="s">
            Rename
          </Button>
          <span className="grow" />
          {place.index > 0 && (
            <Button aria-label={`Move ${name} up`} icon="up" look="plain" onClick={() => onMove(-1)} size="s" />
          )}
          {place.index < place.count - 1 && (
            <Button aria-label={`Move ${name} down`} icon="follow" look="plain" onClick={() => onMove(1)} size="s" />
          )}
          <Button
            aria-label={`Remove ${name}`}
            icon="trash"
            look="plain"
            onClick={() => execute({ verb: 'remove-parameter', name })}
            size="s"
          />
        </div>
        <Field label="Type">
          {(control) => (
            <select
              {...control}
              className="input"
              data-test={`type:${name}`}
              onChange={(event) => set('type', event.target.value === '' ? undefined : event.target.value)}
              value={type}
            >
              <option value="">any</option>
              {TYPES.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
              {type !== '' && !TYPES.some((one) => one === type) && <option value={type}>{type}</option>}
            </select>
          )}
        </Field>
        <TextInput
          label="Description"
          onCommit={(text) => set('description', text === '' ? undefined : text)}
          value={textOf(schema['description'])}
        />
        <TextInput
          label="Default"
          onCommit={(text) => set('default', text === '' ? undefined : type === 'string' ? text : valueOfText(text))}
          placeholder="none"
          secret={schema['secret'] === true}
          testId={`default:${name}`}
          value={textOf(schema['default'])}
        />
        <TextInput
          help="Separated by commas. Empty: anything."
          label="Only one of"
          onCommit={(text) => set('enum', choicesOf(text, type))}
          value={Array.isArray(schema['enum']) ? schema['enum'].map(String).join(', ') : ''}
        />
        <div className="row wrap">
          {MARKS.map(({ key, label }) => (
            <label className="check" key={key}>
              <input
                checked={schema[key] === true}
                data-test={`${key}:${name}`}
                onChange={(event) => set(key, event.target.checked ? true : undefined)}
                type="checkbox"
              />
              {label}
            </label>
          ))}
        </div>
      </div>
    </details>
  )
}

function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : textOfValue(value)
}

function choicesOf(text: string, type: string): unknown {
  const choices = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  if (choices.length === 0) return undefined
  return type === 'string' ? choices : choices.map(valueOfText)
}
