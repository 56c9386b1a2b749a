import { CRITERIA_OPERATORS } from '@st2/model'
import { useId } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Combobox } from '../../../ui/Combobox.tsx'
import type { Option } from '../../../ui/combobox-options.ts'
import { Icon } from '../../../ui/Icon.tsx'
import {
  isSearchCondition,
  OPERATOR_GROUPS,
  OPERATOR_LOOKS,
  type OperatorLook,
  operatorNamed,
  SEARCH_CONDITIONS,
} from '../../../widgets/rules/operators.ts'
import {
  type CriterionDraft,
  type CriterionErrors,
  emptyCriterion,
  PATTERN_KINDS,
  type PatternKind,
  withKind,
} from './criteria-draft.ts'

interface CriteriaEditorProps {
  readonly rows: readonly CriterionDraft[]
  readonly onChange: (rows: readonly CriterionDraft[]) => void
  /** Fields that a criterion may look at. */
  readonly fields: readonly Option[]
  readonly errors: ReadonlyMap<string, CriterionErrors>
  /** Where its fields begin: the event, or an item of a list in it. */
  readonly scope: 'trigger' | 'item'
}

export function CriteriaEditor({ rows, onChange, fields, errors, scope }: CriteriaEditorProps) {
  const change = (index: number, row: CriterionDraft) => onChange(rows.with(index, row))
  return (
    <div className="criteria-editor">
      {rows.length === 0 && (
        <p className="muted">
          {scope === 'trigger' ? 'None: every event of the trigger matches.' : 'Say what an item must be like.'}
        </p>
      )}
      {rows.map((row, index) => (
        <CriterionRow
          errors={errors}
          fields={fields}
          key={row.id}
          number={index + 1}
          onChange={(next) => change(index, next)}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
          row={row}
          scope={scope}
        />
      ))}
      <div>
        <Button
          data-test={`add_criterion_${scope}`}
          icon="plus"
          onClick={() => onChange([...rows, emptyCriterion(`${scope}.`)])}
          size="s"
        >
          {scope === 'trigger' ? 'Add a criterion' : 'Add a criterion of the item'}
        </Button>
      </div>
    </div>
  )
}

interface CriterionRowProps extends Pick<CriteriaEditorProps, 'fields' | 'errors' | 'scope'> {
  readonly row: CriterionDraft
  readonly number: number
  readonly onChange: (row: CriterionDraft) => void
  readonly onRemove: () => void
}

function CriterionRow({ row, number, fields, errors, scope, onChange, onRemove }: CriterionRowProps) {
  const id = useId()
  const operator = operatorNamed(row.operator)
  const look = operator === null ? undefined : OPERATOR_LOOKS[operator]
  const own = errors.get(row.id) ?? {}
  const said = Object.entries(own)
  const what = scope === 'trigger' ? `criterion ${number}` : `criterion ${number} of the item`
  const control = (part: keyof CriterionErrors) => ({
    id: `${id}-${part}`,
    'aria-describedby': own[part] === undefined ? undefined : `${id}-${part}-error`,
    'aria-invalid': own[part] === undefined ? undefined : (true as const),
    'aria-required': undefined,
  })
  return (
    <fieldset className="criterion-row" data-test="criterion">
      <legend className="sr-only">{what}</legend>
      <div className="criterion-cells">
        <div>
          <label className="sr-only" htmlFor={`${id}-key`}>
            Field of {what}
          </label>
          <Combobox
            control={control('key')}
            label="Fields"
            onChange={(key) => onChange({ ...row, key })}
            options={fields}
            placeholder={`${scope}.name`}
            testId="criterion_key"
            value={row.key}
          />
        </div>
        <div>
          <label className="sr-only" htmlFor={`${id}-operator`}>
            Operator of {what}
          </label>
          <select
            {...control('operator')}
            className="input"
            data-test="criterion_operator"
            onChange={(event) => onChange(withOperator(row, event.target.value))}
            value={operator ?? row.operator}
          >
            <Operators current={row.operator} />
          </select>
        </div>
        <Button aria-label={`Remove ${what}`} icon="cross" look="plain" onClick={onRemove} />
      </div>
      {look !== undefined && <p className="field-help">{look.help}</p>}
      {operator === 'search' ? (
        <Search control={control('condition')} errors={errors} onChange={onChange} row={row} what={what} />
      ) : (
        (look?.takesPattern ?? true) && (
          <Pattern control={control('pattern')} onChange={onChange} row={row} what={what} />
        )
      )}
      {said.map(([part, text]) => (
        <p className="field-error" id={`${id}-${part}-error`} key={part}>
          <Icon name="warning" size={13} />
          {text}
        </p>
      ))}
    </fieldset>
  )
}

/** Each operator once, under its long name; another spelling only where the rule has it. */
function Operators({ current }: { readonly current: string }) {
  const known = operatorNamed(current)
  const offered = CRITERIA_OPERATORS.filter((name) => OPERATOR_LOOKS[name].aliasOf === undefined || name === known)
  return (
    <>
      {known === null && <option value={current}>{current === '' ? 'choose …' : `${current} (unknown)`}</option>}
      {OPERATOR_GROUPS.map((group) => (
        <optgroup key={group} label={group}>
          {offered
            .filter((name) => OPERATOR_LOOKS[name].group === group)
            .map((name) => (
              <option key={name} value={name}>
                {OPERATOR_LOOKS[name].words}
                {OPERATOR_LOOKS[name].aliasOf === undefined ? '' : ` (${name})`}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  )
}

/** Which type the operators of a group most often compare; else texts. */
const KIND_OF_GROUP: Readonly<Partial<Record<OperatorLook['group'], PatternKind>>> = {
  Order: 'number',
  Age: 'number',
  List: 'json',
}

/** A pattern that is still empty takes the type that fits. */
function withOperator(row: CriterionDraft, name: string): CriterionDraft {
  const operator = operatorNamed(name)
  const items = operator === 'search' && row.items.length === 0 ? [emptyCriterion('item.')] : row.items
  if (row.text !== '' || operator === null) return { ...row, operator: name, items }
  return { ...row, operator: name, kind: KIND_OF_GROUP[OPERATOR_LOOKS[operator].group] ?? 'text', items }
}

type Control = React.ComponentProps<typeof Combobox>['control']

interface PatternProps {
  readonly row: CriterionDraft
  readonly what: string
  readonly control: Control
  readonly onChange: (row: CriterionDraft) => void
}

const KIND_NAMES: Readonly<Record<PatternKind, string>> = {
  text: 'text',
  number: 'number',
  boolean: 'true/false',
  json: 'JSON',
}

function Pattern({ row, what, control, onChange }: PatternProps) {
  const write = (text: string) => onChange({ ...row, text })
  return (
    <div className="criterion-pattern">
      <select
        aria-label={`Type of the pattern of ${what}`}
        className="input"
        data-test="criterion_kind"
        onChange={(event) =>
          onChange(withKind(row, PATTERN_KINDS.find((kind) => kind === event.target.value) ?? 'text'))
        }
        value={row.kind}
      >
        {PATTERN_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_NAMES[kind]}
          </option>
        ))}
      </select>
      <label className="sr-only" htmlFor={control.id}>
        Pattern of {what}
      </label>
      {row.kind === 'boolean' ? (
        <select
          {...control}
          className="input"
          data-test="criterion_pattern"
          onChange={(event) => write(event.target.value)}
          value={row.text}
        >
          <option value="true">true</option>
          <option value="false">false</option>
        </select>
      ) : (
        <textarea
          {...control}
          className="input mono"
          data-test="criterion_pattern"
          inputMode={row.kind === 'number' ? 'decimal' : undefined}
          onChange={(event) => write(event.target.value)}
          placeholder={
            row.kind === 'json' ? '["one", "two"]' : row.kind === 'number' ? '10' : 'text or {{ st2kv.system.name }}'
          }
          rows={1}
          spellCheck={false}
          value={row.text}
        />
      )}
    </div>
  )
}

interface SearchProps extends PatternProps {
  readonly errors: ReadonlyMap<string, CriterionErrors>
}

const NO_FIELDS: readonly Option[] = []

function Search({ row, what, control, errors, onChange }: SearchProps) {
  return (
    <div className="criterion-search">
      <label className="sr-only" htmlFor={control.id}>
        Which items {what} wants
      </label>
      <select
        {...control}
        className="input"
        data-test="criterion_condition"
        onChange={(event) => onChange({ ...row, condition: event.target.value })}
        value={row.condition}
      >
        {!isSearchCondition(row.condition) && <option value={row.condition}>{row.condition || 'choose …'}</option>}
        {Object.entries(SEARCH_CONDITIONS).map(([name, text]) => (
          <option key={name} value={name}>
            {text} ({name})
          </option>
        ))}
      </select>
      <CriteriaEditor
        errors={errors}
        fields={NO_FIELDS}
        onChange={(items) => onChange({ ...row, items })}
        rows={row.items}
        scope="item"
      />
    </div>
  )
}
