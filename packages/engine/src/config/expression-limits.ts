import { LIMITS, type Limits } from '@st2/expressions'
import { integer, type Option, optionalInteger } from './option.ts'
import type { Config } from './options.ts'

const OURS = { ours: true, minimum: 1 } as const

type LimitName = keyof Limits
/** `regexSteps` → `regex_steps`, as options are written. */
type OptionName<N extends string> = N extends `${infer Head}${infer Tail}`
  ? Tail extends Uncapitalize<Tail>
    ? `${Lowercase<Head>}${OptionName<Tail>}`
    : `${Lowercase<Head>}_${OptionName<Tail>}`
  : N

type LimitOptions = { readonly [N in LimitName as OptionName<N>]: Option<number> } & {
  readonly [N in LimitName as `workflow_${OptionName<N>}`]: Option<number | null>
}

/** `[expressions]`: each limit once for templates, and once, under a name of its own, for the fields of workflows. */
export const EXPRESSION_OPTIONS = Object.fromEntries(
  LIMITS.flatMap(({ name, default: value, inWorkflows, help }) => [
    [optionName(name), integer(value, help, OURS)],
    [
      `workflow_${optionName(name)}`,
      optionalInteger(`The same in fields of workflows. Default: ${inWorkflows}.`, OURS),
    ],
  ]),
  // The entries above are the options of every limit.
) as LimitOptions

/** What templates of parameters, rules and configurations may use. */
export function expressionLimits(config: Config): Limits {
  const values: Readonly<Record<string, number | null>> = config.expressions
  return limitsOf(({ name, default: fallback }) => values[optionName(name)] ?? fallback)
}

/** What fields of workflows, and YAQL, may use. */
export function workflowExpressionLimits(config: Config): Limits {
  const values: Readonly<Record<string, number | null>> = config.expressions
  return limitsOf(({ name, inWorkflows }) => values[`workflow_${optionName(name)}`] ?? inWorkflows)
}

function limitsOf(valueOf: (limit: (typeof LIMITS)[number]) => number): Limits {
  // Every limit is in the table.
  return Object.fromEntries(LIMITS.map((limit) => [limit.name, valueOf(limit)])) as unknown as Limits
}

function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
