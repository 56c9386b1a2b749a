import { ApiError } from '@st2/client'
import type { RuleRequest } from '@st2/model'
import { problemOf } from '../../../api/problem.ts'

/** Where in the form the server's refusal belongs. */
export type FaultPlace =
  | { readonly part: 'name' | 'trigger' | 'action' | 'general' }
  | { readonly part: 'triggerParameter'; readonly name: string }
  | { readonly part: 'criterion'; readonly key: string }

export interface ServerFault {
  readonly place: FaultPlace
  readonly text: string
}

/** Reads only what the server's texts promise; what is not understood is said above the form. Pure. */
export function serverFault(error: unknown, request: RuleRequest): ServerFault {
  if (!(error instanceof ApiError)) return general(error)
  if (error.status === 409)
    return {
      place: { part: 'name' },
      text: `There is a rule ${request.pack ?? 'default'}.${request.name} already. Choose another name, or edit that one.`,
    }
  if (error.status !== 400) return general(error)
  const { message } = error
  const key = /^(?:For field: (.+?), |Operator not specified for field: (.+)$)/.exec(message)
  if (key !== null) return { place: { part: 'criterion', key: key[1] ?? key[2] ?? '' }, text: message }
  if (message.startsWith('The name of a rule')) return { place: { part: 'name' }, text: message }
  if (/^Trigger ".*" defined in the rule does not exist/.test(message))
    return { place: { part: 'trigger' }, text: message }
  const name = parameterIn(message, request.trigger.parameters ?? {})
  if (name !== null) return { place: { part: 'triggerParameter', name }, text: firstLine(message) }
  if (/Failed validating|Error validating expression/.test(message))
    return { place: { part: 'trigger' }, text: firstLine(message) }
  return general(error)
}

/** `delta: -1 is less than …`, `… for field "hour"`, `On instance['url']:`. */
function parameterIn(message: string, parameters: Readonly<Record<string, unknown>>): string | null {
  const found =
    /^(\w+): /.exec(message)?.[1] ??
    /for field "(\w+)"/.exec(message)?.[1] ??
    /On instance\['(\w+)'\]/.exec(message)?.[1] ??
    nameOfExpression(message, parameters)
  return found !== undefined && Object.hasOwn(parameters, found) ? found : null
}

/** `Error validating expression '25': …` names the text alone: one field has it, or nobody can tell. */
function nameOfExpression(message: string, parameters: Readonly<Record<string, unknown>>): string | undefined {
  const text = /^Error validating expression '([^']*)'/.exec(message)?.[1]
  const names = Object.keys(parameters).filter((name) =>
    String(parameters[name])
      .split(',')
      .includes(text ?? ''),
  )
  return text !== undefined && names.length === 1 ? names[0] : undefined
}

/** Validation shows the schema and the value after its first line. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}

function general(error: unknown): ServerFault {
  const { title, text } = problemOf(error)
  return { place: { part: 'general' }, text: `${title}. ${text}` }
}
