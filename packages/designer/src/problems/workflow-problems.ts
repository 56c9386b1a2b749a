import { WorkflowExpressions } from '@st2/expressions'
import {
  type ActionParameters,
  analyseWorkflow,
  type DeadTask,
  type ExpressionEntry,
  type Inspection,
  type InspectionEntry,
  inspectContents,
  inspectWorkflow,
  loadWorkflow,
  parseSpecPath,
  WorkflowLoadError,
  type WorkflowSpec,
} from '@st2/orquesta'
import { PythonError } from '@st2/python-values'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { Found } from './problem.ts'
import type { ProblemOptions } from './problem-options.ts'
import { spanOfEntry } from './span-of-entry.ts'

const expressions = new WorkflowExpressions()

const KINDS = {
  syntax: 'syntax',
  semantics: 'semantic',
  expressions: 'expression',
  context: 'context',
} as const satisfies Record<keyof Inspection, Found['kind']>

/** What inspection finds, with the places in the text; and what never runs. */
export function workflowProblems(
  model: WorkflowModel,
  options: ProblemOptions & { knownVariables: readonly string[] },
): Found[] {
  try {
    const spec = loadWorkflow(model.source.text)
    const inspection = inspectWorkflow(spec, { knownVariables: options.knownVariables, expressions })
    const found = Object.entries(KINDS).flatMap(([phase, kind]) =>
      entriesOf(inspection, phase).map((entry) => problemOf(model, kind, entry)),
    )
    return [...found, ...contentProblems(model, spec, options), ...deadProblems(model, spec, options.knownVariables)]
  } catch (error) {
    if (!(error instanceof WorkflowLoadError) && !(error instanceof PythonError)) throw error
    return [{ ...wholeOf(model), severity: 'error', kind: 'load', message: error.message }]
  }
}

function entriesOf(inspection: Inspection, phase: string): (InspectionEntry | ExpressionEntry)[] {
  if (phase === 'syntax') return inspection.syntax ?? []
  if (phase === 'semantics') return inspection.semantics ?? []
  return (phase === 'expressions' ? inspection.expressions : inspection.context) ?? []
}

function problemOf(model: WorkflowModel, kind: Found['kind'], entry: InspectionEntry | ExpressionEntry): Found {
  const path = parseSpecPath(entry.spec_path ?? '')
  const expression = 'expression' in entry ? entry.expression : null
  const { message, spec_path: shown } = entry
  return {
    file: 'workflow',
    severity: 'error',
    kind,
    message,
    path: shown,
    ...spanOfEntry(model, path, { message, expression }),
  }
}

/** Actions that do not exist, and inputs that they do not take. */
function contentProblems(model: WorkflowModel, spec: WorkflowSpec, options: ProblemOptions): Found[] {
  const { knownActions, actionParameters } = options
  if (knownActions === undefined && actionParameters === undefined) return []
  const contents = inspectContents(spec, expressions, (ref) => {
    const parameters = actionParameters?.(ref) ?? null
    return parameters ?? (knownActions?.has(ref) === true ? takesWhatItGets(spec, ref) : null)
  })
  return contents.map(({ message, spec_path: shown }): Found => {
    const span = spanOfEntry(model, parseSpecPath(shown ?? ''), { message, expression: null })
    return { file: 'workflow', severity: 'error', kind: 'content', message, path: shown, ...span }
  })
}

/** Of an action that is only known to exist nothing is asked. */
function takesWhatItGets({ tasks }: WorkflowSpec, ref: string): ActionParameters {
  const inputs = [...tasks.values()].filter(({ action }) => action === ref).map(({ input }) => input)
  return { required: [], known: inputs.flatMap((input) => namesOf(input)) }
}

function namesOf(input: unknown): string[] {
  if (input instanceof Map) return [...input.keys()].map(String)
  return typeof input === 'object' && input !== null ? Object.keys(input) : []
}

function deadProblems(model: WorkflowModel, spec: WorkflowSpec, given: readonly string[]): Found[] {
  const { deadTasks } = analyseWorkflow(spec, given)
  return deadTasks
    .filter(({ reason }) => reason.kind !== 'reserved-name')
    .map(({ task, reason }): Found => {
      const span = spanOfEntry(model, ['tasks', task], { message: '', expression: null })
      const message = `The task "${task}" never runs: ${REASONS[reason.kind](reason)}.`
      return { file: 'workflow', severity: 'warning', kind: 'analysis', message, path: `tasks.${task}`, ...span }
    })
}

const REASONS: Record<DeadTask['reason']['kind'], (reason: DeadTask['reason']) => string> = {
  'reserved-name': () => 'it is called like a command of the engine',
  'no-way': () => 'no transition leads to it from a task that starts',
  'blocked-join': () => 'its join can not be satisfied',
  'behind-dead': (reason) =>
    `only tasks lead to it that never run${reason.kind === 'behind-dead' ? ` (${reason.sources.join(', ')})` : ''}`,
}

function wholeOf({ source }: WorkflowModel): Pick<Found, 'file' | 'path' | 'from' | 'to'> {
  const start = source.root?.start ?? 0
  return { file: 'workflow', path: null, from: start, to: source.lines.end(source.lines.lineAt(start)) }
}
