import { searchOf } from './api/address-search.ts'
import { type HistoryFilters, filtersToSearch } from './api/execution-filters.ts'
import { type RunPlace, placeToSearch } from './api/run-place.ts'
import { type InstanceFilters, instanceFiltersToSearch } from './api/instance-filters.ts'
import { type RuleFilters, ruleFiltersToSearch } from './api/rule-filters.ts'

/** Every address of the application. The part after `#` of the browser's address; existing links to it keep working. */
const ACTION_SECTIONS = ['general', 'executions', 'code', 'entrypoint'] as const
export type ActionSection = (typeof ACTION_SECTIONS)[number]

const EXECUTION_SECTIONS = ['general', 'graph', 'timeline', 'tree', 'log', 'code', 'rerun', 'rerun-tasks'] as const
export type ExecutionSection = (typeof EXECUTION_SECTIONS)[number]

const RULE_SECTIONS = ['general', 'enforcements', 'code'] as const
export type RuleSection = (typeof RULE_SECTIONS)[number]

const TRIGGER_SECTIONS = ['general', 'instances', 'code'] as const
export type TriggerSection = (typeof TRIGGER_SECTIONS)[number]

export const CODE_TYPES = [
  'action',
  'entrypoint',
  'execution',
  'result',
  'live',
  'rule',
  'trigger_type',
  'trigger_instance',
] as const
export type CodeType = (typeof CODE_TYPES)[number]

/** Stands in place of a reference; every reference has a dot. */
export const NEW_RULE = 'new'

const segment = encodeURIComponent

export const paths = {
  history: (filters: Partial<HistoryFilters> = {}) => `/history${filtersToSearch(filters)}`,
  /** `general` is left out, as a person would type it. */
  execution: (
    id: string,
    section: ExecutionSection = 'general',
    search: Partial<HistoryFilters> & Partial<RunPlace> = {},
  ) =>
    `/history/${segment(id)}${section === 'general' ? '' : `/${section}`}${joined(filtersToSearch(search), placeToSearch(search))}`,
  /** The second of two runs, and the first. */
  compare: (id: string, other: string) => `/history/${segment(id)}/compare/${segment(other)}`,
  compareWith: (id: string) => `/history/${segment(id)}/compare`,
  actions: () => '/actions',
  action: (ref: string, section: ActionSection = 'general') =>
    `/actions/${segment(ref)}${section === 'general' ? '' : `/${section}`}`,
  /** The designer; without a reference it begins a new workflow. */
  designer: (ref?: string) => (ref === undefined ? '/action' : `/action/${segment(ref)}`),
  rules: (filters: Partial<RuleFilters> = {}) => `/rules${ruleFiltersToSearch(filters)}`,
  rule: (ref: string, section: RuleSection | 'edit' = 'general', filters: Partial<RuleFilters> = {}) =>
    `/rules/${segment(ref)}${section === 'general' ? '' : `/${section}`}${ruleFiltersToSearch(filters)}`,
  /** What is filtered by is what the new rule starts with. */
  newRule: (start: Partial<RuleFilters> = {}) => `/rules/${NEW_RULE}${ruleFiltersToSearch(start)}`,
  triggers: (search = '') => `/triggers${searchOf(['q'], { q: search })}`,
  trigger: (ref: string, section: TriggerSection = 'general', search = '') =>
    `/triggers/${segment(ref)}${section === 'general' ? '' : `/${section}`}${searchOf(['q'], { q: search })}`,
  instances: (filters: Partial<InstanceFilters> = {}) => `/triggers/instances${instanceFiltersToSearch(filters)}`,
  instance: (id: string, filters: Partial<InstanceFilters> = {}) =>
    `/triggers/instances/${segment(id)}${instanceFiltersToSearch(filters)}`,
  code: (type: CodeType, id: string) => `/code/${type}/${segment(id)}`,
} as const

function joined(first: string, second: string): string {
  return first === '' ? second : `${first}${second.replace('?', '&')}`
}

export function hrefOf(path: string): string {
  return `#${path}`
}

export function isActionSection(text: string | undefined): text is ActionSection {
  return ACTION_SECTIONS.some((section) => section === text)
}

export function isExecutionSection(text: string | undefined): text is ExecutionSection {
  return EXECUTION_SECTIONS.some((section) => section === text)
}

export function isCodeType(text: string | undefined): text is CodeType {
  return CODE_TYPES.some((type) => type === text)
}

export function isRuleSection(text: string | undefined): text is RuleSection {
  return RULE_SECTIONS.some((section) => section === text)
}

export function isTriggerSection(text: string | undefined): text is TriggerSection {
  return TRIGGER_SECTIONS.some((section) => section === text)
}
