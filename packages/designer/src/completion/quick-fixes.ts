import { ENGINE_COMMANDS, parseSpecPath } from '@st2/orquesta'
import type { Found } from '../problems/problem.ts'
import type { ProblemOptions } from '../problems/problem-options.ts'
import type { TextChange } from '../text/text-change.ts'
import { callsOf } from './expression-help.ts'
import { namesPlace } from './names-place.ts'
import { nearestName } from './nearest-name.ts'
import type { UnknownCall } from './unknown-calls.ts'
import { keysAt, pathFits } from './workflow-keys.ts'
import type { WorkflowNames } from './workflow-names.ts'

/** What would mend a problem. */
export interface QuickFix {
  label: string
  changes: TextChange[]
}

/** The name that was probably meant, where a problem is about a name that nothing has. */
export function quickFixes(problem: Found, text: string, names: WorkflowNames, options: ProblemOptions): QuickFix[] {
  if (problem.file !== 'workflow') return []
  const path = parseSpecPath(problem.path ?? '')
  const range = writtenAt(problem, text, path)
  const candidates = candidatesFor(problem.kind, path, text, names, options)
  return replacement(text, range, candidates)
}

export function callFixes(call: UnknownCall, text: string): QuickFix[] {
  const known = callsOf(call.language).filter(({ kind }) => kind === call.kind)
  return replacement(
    text,
    call,
    known.map(({ name }) => name),
  )
}

function replacement(text: string, { from, to }: { from: number; to: number }, names: Iterable<string>): QuickFix[] {
  const meant = nearestName(text.slice(from, to), names)
  return meant === null ? [] : [{ label: `Change to ${meant}`, changes: [{ from, to, insert: meant }] }]
}

type Path = readonly (string | number)[]

/** The name in what is marked: of an action's whole entry its reference. */
function writtenAt({ from, to }: Found, text: string, path: Path): { from: number; to: number } {
  const marked = text.slice(from, to)
  const action = pathFits(path, ['tasks', '*', 'action']) ? /^(action:\s*["']?)([\w.-]+)/.exec(marked) : null
  if (action !== null) {
    const start = from + (action[1]?.length ?? 0)
    return { from: start, to: start + (action[2]?.length ?? 0) }
  }
  const key = /^([\w-]+)\s*:\s/.exec(marked)?.[1]
  return { from, to: key === undefined ? to : from + key.length }
}

function candidatesFor(
  kind: Found['kind'],
  path: Path,
  text: string,
  names: WorkflowNames,
  { knownActions, actionParameters }: ProblemOptions,
): Iterable<string> {
  if (kind === 'syntax') return keysAt(path)?.map(({ name }) => name) ?? []
  if (kind === 'context') {
    const place = namesPlace(path)
    return place === null ? [] : names.namesAt(text, place).variables.map(({ name }) => name)
  }
  if (kind === 'semantic' && path[4] === 'do') return [...(names.specOf(text)?.tasks.keys() ?? []), ...ENGINE_COMMANDS]
  if (kind !== 'content') return []
  if (pathFits(path, ['tasks', '*', 'action'])) return knownActions ?? []
  const action = pathFits(path, ['tasks', '*', 'input', '*'])
    ? names.specOf(text)?.tasks.get(String(path[1]))?.action
    : null
  return typeof action === 'string' ? (actionParameters?.(action)?.known ?? []) : []
}
