import {
  type Help,
  type ParameterHint,
  parameterHelp,
  parameterKeys,
  parameterValues,
  type Suggestions,
} from '@st2/designer'
import { askWorkflowWorker } from './ask-workflow-worker.ts'
import type { CodeAssistant } from './assisted-by.ts'

/** What only the platform knows. */
export interface PlatformKnowledge {
  /** Actions that fit some words, the best first. */
  readonly searchActions: (words: string) => Promise<readonly KnownAction[]>
  /** null for an action that does not exist. */
  readonly actionParameters: (ref: string) => Promise<readonly ParameterHint[] | null>
}

export interface KnownAction {
  readonly ref: string
  readonly description: string | null
}

/** Completion and help for the text of a workflow: the language from its own packages, actions from the platform. */
export function workflowAssistant(platform: PlatformKnowledge): CodeAssistant {
  return {
    complete: (text, offset, isAsked) => complete(platform, text, offset, isAsked),
    help: (text, offset) => help(platform, text, offset),
  }
}

async function complete(
  platform: PlatformKnowledge,
  text: string,
  offset: number,
  isAsked: boolean,
): Promise<Suggestions | null> {
  const found = await askWorkflowWorker('complete', { text, offset })
  if (found === null) return null
  if (found.kind === 'action') return { ...found, items: await actions(platform, found.words), isFiltered: true }
  if (found.kind === 'parameters') {
    const parameters = await platform.actionParameters(found.action)
    return parameters === null ? null : parameterKeys(parameters, found.given, found.place)
  }
  if (found.kind === 'parameter-value') {
    const parameters = await platform.actionParameters(found.action)
    const parameter = parameters?.find(({ name }) => name === found.parameter)
    return parameter === undefined ? null : parameterValues(parameter, found.from, found.to)
  }
  // On an empty line a list that nobody asked for is in the way.
  const { suggestions } = found
  const isEmpty = suggestions.from === offset && !/[.('"|]$|<%\s$|\{\{\s$|: $|- $/.test(text.slice(0, offset))
  return isEmpty && !isAsked ? null : suggestions
}

async function actions(platform: PlatformKnowledge, words: string): Promise<Suggestions['items']> {
  const found = await platform.searchActions(words)
  return found.map(({ ref, description }) => ({
    label: ref,
    kind: 'action',
    detail: description ?? '',
    help: '',
    insert: ref,
  }))
}

async function help(platform: PlatformKnowledge, text: string, offset: number): Promise<Help | null> {
  const found = await askWorkflowWorker('help', { text, offset })
  if (found === null || found.kind === 'ready') return found?.help ?? null
  const { from, to, action } = found
  if (found.kind === 'parameter') {
    const parameter = (await platform.actionParameters(action))?.find(({ name }) => name === found.parameter)
    if (parameter === undefined) return null
    return { from, to, title: `${parameter.name}: ${parameter.type ?? 'any'}`, text: parameterHelp(parameter) }
  }
  const known = (await platform.searchActions(action)).find(({ ref }) => ref === action)
  return known === undefined ? null : { from, to, title: known.ref, text: known.description ?? '' }
}
