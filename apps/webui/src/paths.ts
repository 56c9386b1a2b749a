import { type HistoryFilters, filtersToSearch } from './api/execution-filters.ts'

/** Every address of the application. The part after `#` of the browser's address; existing links to it keep working. */
export const ACTION_SECTIONS = ['general', 'executions', 'code', 'entrypoint'] as const
export type ActionSection = (typeof ACTION_SECTIONS)[number]

const EXECUTION_SECTIONS = ['general', 'code', 'rerun'] as const
export type ExecutionSection = (typeof EXECUTION_SECTIONS)[number]

const CODE_TYPES = ['action', 'entrypoint', 'execution', 'result', 'live'] as const
export type CodeType = (typeof CODE_TYPES)[number]

const segment = encodeURIComponent

export const paths = {
  history: (filters: Partial<HistoryFilters> = {}) => `/history${filtersToSearch(filters)}`,
  /** `general` is left out, as a person would type it. */
  execution: (id: string, section: ExecutionSection = 'general', filters: Partial<HistoryFilters> = {}) =>
    `/history/${segment(id)}${section === 'general' ? '' : `/${section}`}${filtersToSearch(filters)}`,
  actions: () => '/actions',
  action: (ref: string, section: ActionSection = 'general') =>
    `/actions/${segment(ref)}${section === 'general' ? '' : `/${section}`}`,
  code: (type: CodeType, id: string) => `/code/${type}/${segment(id)}`,
} as const

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
