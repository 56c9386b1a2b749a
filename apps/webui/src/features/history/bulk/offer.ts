import type { Execution } from '@st2/model'
import { type ExecutionVerb, refusalOf, VERBS } from '../execution-requests.ts'

/** What can be asked for those that are chosen. */
export interface Offer {
  readonly takers: readonly Execution[]
  /** Why the others cannot take it, each reason with their number; empty when all can. */
  readonly refusals: string
  /** Why nobody can; undefined when somebody can. */
  readonly reason: string | undefined
}

/**
 * @param executions what is known of those that are chosen
 * @param unknown how many are chosen besides: deleted meanwhile, or still asked for
 */
export function offerOf(verb: ExecutionVerb, executions: readonly Execution[], unknown: number): Offer {
  const takers: Execution[] = []
  const counts = new Map<string, number>(unknown === 0 ? [] : [['Nothing is known of it.', unknown]])
  for (const execution of executions) {
    const refusal = refusalOf(verb, execution)
    if (refusal === undefined) takers.push(execution)
    else counts.set(refusal, (counts.get(refusal) ?? 0) + 1)
  }
  const count = executions.length + unknown
  const refusals = [...counts].map(([text, times]) => (count === 1 ? text : counted(text, times))).join(' ')
  return { takers, refusals, reason: takers.length > 0 ? undefined : reasonOf(verb, count, refusals) }
}

function reasonOf(verb: ExecutionVerb, count: number, refusals: string): string {
  if (count === 0) return 'Choose executions first.'
  return count === 1 ? refusals : `None of the ${count} can be ${VERBS[verb].done}. ${refusals}`
}

/** `It is paused already (2).` */
function counted(sentence: string, times: number): string {
  return `${sentence.replace(/\.$/, '')} (${times}).`
}
