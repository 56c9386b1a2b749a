import type { RuleView } from '@st2/model'
import { useEffect, useId, useState } from 'react'
import { NO_RULE_FILTERS, type RuleFilters, triggerTypeOf } from '../../api/rule-filters.ts'
import { paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Popup } from '../../ui/Popup.tsx'
import { Segmented } from '../../ui/Segmented.tsx'

interface RuleFilterBarProps {
  readonly filters: RuleFilters
  readonly ruleRef: string | undefined
  readonly rules: readonly RuleView[]
}

const NAMES = { pack: 'Pack', trigger: 'Trigger type', action: 'Action' } as const
type NamedFilter = keyof typeof NAMES
const NAMED_FILTERS = Object.keys(NAMES) as NamedFilter[]

const STATES = [
  { value: '', label: 'All' },
  { value: 'true', label: 'On' },
  { value: 'false', label: 'Off' },
] as const

export function RuleFilterBar({ filters, ruleRef, rules }: RuleFilterBarProps) {
  const go = useGo()
  const set = (change: Partial<RuleFilters>, mode: 'push' | 'replace' = 'push') => {
    const next = { ...filters, ...change }
    go(ruleRef === undefined ? paths.rules(next) : paths.rule(ruleRef, 'general', next), mode)
  }
  const chips = NAMED_FILTERS.filter((name) => filters[name] !== '')
  return (
    <header className="filter-bar">
      <div className="row">
        <TextFilter onSet={(q) => set({ q }, 'replace')} value={filters.q} />
        <Segmented
          choices={STATES}
          label="Enabled"
          onChange={(enabled) => set({ enabled })}
          value={STATES.find(({ value }) => value === filters.enabled)?.value ?? ''}
        />
        <Popup
          className="filter-panel"
          kind="dialog"
          label="Filters"
          trigger={<Button aria-label="More filters" aria-pressed={chips.length > 0} icon="filter" />}
        >
          {(close) => (
            <PanelForm
              filters={filters}
              onSet={(change) => {
                close()
                set(change)
              }}
              rules={rules}
            />
          )}
        </Popup>
        <AppLink
          aria-label="New rule"
          className="btn"
          data-icon-only=""
          data-look="primary"
          data-test="rule_create"
          title="New rule"
          to={paths.newRule({ ...filters, q: '', enabled: '' })}
        >
          <Icon name="plus" />
        </AppLink>
      </div>
      {chips.length > 0 && (
        <ul aria-label="Active filters" className="chips">
          {chips.map((name) => (
            <li key={name}>
              <button
                aria-label={`Remove the filter ${NAMES[name].toLowerCase()}: ${filters[name]}`}
                className="chip"
                onClick={() => set({ [name]: '' })}
                type="button"
              >
                {NAMES[name].toLowerCase()}: {filters[name]}
                <Icon name="cross" size={11} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </header>
  )
}

interface TextFilterProps {
  readonly value: string
  readonly onSet: (text: string) => void
}

/** Typed at once, written to the address as it is typed: the list is here already. */
function TextFilter({ value, onSet }: TextFilterProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        aria-label="Filter rules"
        className="input"
        data-test="filter"
        onChange={(event) => {
          setText(event.target.value)
          onSet(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          event.currentTarget.closest('section')?.querySelector<HTMLElement>('a[data-row]')?.focus()
        }}
        placeholder="Name, trigger, action"
        type="search"
        value={text}
      />
    </div>
  )
}

interface PanelFormProps {
  readonly filters: RuleFilters
  readonly rules: readonly RuleView[]
  readonly onSet: (change: Partial<RuleFilters>) => void
}

function PanelForm({ filters, rules, onSet }: PanelFormProps) {
  const [draft, setDraft] = useState(filters)
  const listId = useId()
  const values: Readonly<Record<NamedFilter, readonly string[]>> = {
    pack: distinct(rules.map(({ pack }) => pack)),
    trigger: distinct(rules.map(triggerTypeOf)),
    action: distinct(rules.map(({ action }) => action.ref)),
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(draft)
      }}
    >
      {NAMED_FILTERS.map((name) => (
        <Field key={name} label={NAMES[name]}>
          {(control) => (
            <>
              <input
                {...control}
                className="input"
                list={`${listId}-${name}`}
                onChange={(event) => setDraft({ ...draft, [name]: event.target.value.trim() })}
                placeholder="any"
                value={draft[name]}
              />
              <datalist id={`${listId}-${name}`}>
                {values[name].map((value) => (
                  <option key={value} value={value} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      ))}
      <div className="row">
        <Button look="primary" type="submit">
          Apply
        </Button>
        <Button look="plain" onClick={() => onSet(NO_RULE_FILTERS)}>
          Clear all
        </Button>
      </div>
    </form>
  )
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => a.localeCompare(b))
}
