import type { OverridableKind } from './overrides.ts'

/** Kinds of content that are registered, in the order in which they are. */
export const CONTENT_KINDS = [
  'runners',
  'packs',
  'triggers',
  'sensors',
  'actions',
  'rule_types',
  'rules',
  'aliases',
  'policy_types',
  'policies',
  'configs',
] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

/** What stands in the way of registering one file. */
export interface ContentProblem {
  readonly kind: ContentKind
  readonly pack: string
  /** Absolute. */
  readonly file: string
  /** From 1; absent when it is about the file as a whole. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly message: string
}

/** An action that is registered and whose metadata file is not there any more. It stays registered. */
export interface MissingFile {
  readonly ref: string
  readonly file: string
}

export interface RegistrationReport {
  /** How many of each kind are registered, unchanged ones included. */
  readonly counts: Readonly<Record<ContentKind, number>>
  /** How many resources an override file changed. */
  readonly overridden: Readonly<Record<OverridableKind, number>>
  /** Packs that were not read again because their files had not changed. */
  readonly unchangedPacks: number
  readonly problems: readonly ContentProblem[]
  readonly missing: readonly MissingFile[]
  /** Things worth a line in the log, such as a pack that another one of the same name hides. */
  readonly notices: readonly string[]
}

/** `Failed to register action "/p/x.yaml" from pack "p": …, line 3`, as the log and the command line show a problem. */
export function describeProblem(problem: ContentProblem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`
  const kind = singular(problem.kind)
  return `Failed to register ${kind} "${place}" from pack "${problem.pack}": ${problem.message}`
}

function singular(kind: ContentKind): string {
  if (kind === 'aliases') return 'alias'
  return kind.replace(/ies$/, 'y').replace(/s$/, '')
}
