import type { RuleView } from '@st2/model'
import { NO_RULE_FILTERS, type RuleFilters, triggerTypeOf } from '../../api/rule-filters.ts'
import { paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { type FilterFieldsProps, FilterPanel } from '../../ui/FilterPanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { SuggestField } from '../../ui/SuggestField.tsx'

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
  const chips = NAMED_FILTERS.filter((name) => filters[name] !== '').map((name) => ({
    name,
    text: `${NAMES[name].toLowerCase()}: ${filters[name]}`,
  }))
  return (
    <header className="filter-bar">
      <div className="row">
        <SearchField
          label="Filter rules"
          onChange={(q) => set({ q }, 'replace')}
          placeholder="Name, trigger, action"
          value={filters.q}
        />
        <Segmented choices={STATES} label="Enabled" onChange={(enabled) => set({ enabled })} value={filters.enabled} />
        <FilterPanel filters={filters} isFiltered={chips.length > 0} none={NO_RULE_FILTERS} onSet={set}>
          {(fields) => <Fields {...fields} rules={rules} />}
        </FilterPanel>
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
      <FilterChips chips={chips} onRemove={(name) => set({ [name]: '' })} />
    </header>
  )
}

interface FieldsProps extends FilterFieldsProps<RuleFilters> {
  readonly rules: readonly RuleView[]
}

function Fields({ draft, change, rules }: FieldsProps) {
  const values: Readonly<Record<NamedFilter, readonly string[]>> = {
    pack: distinct(rules.map(({ pack }) => pack)),
    trigger: distinct(rules.map(triggerTypeOf)),
    action: distinct(rules.map(({ action }) => action.ref)),
  }
  return NAMED_FILTERS.map((name) => (
    <SuggestField
      key={name}
      label={NAMES[name]}
      onChange={(text) => change({ [name]: text })}
      value={draft[name]}
      values={values[name]}
    />
  ))
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => a.localeCompare(b))
}
