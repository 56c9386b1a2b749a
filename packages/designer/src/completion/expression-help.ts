import { type Completion, jinjaCompletions, type WorkflowLanguage, yaqlCompletions } from '@st2/expressions'

/** Everything in one language that can be called by one name in one way. */
export interface CallHelp {
  name: string
  kind: Completion['kind']
  signatures: readonly string[]
  help: string
}

const tables = new Map<WorkflowLanguage, readonly CallHelp[]>()

/** From the tables that the evaluation uses; overloads are one entry. */
export function callsOf(language: WorkflowLanguage): readonly CallHelp[] {
  const known = tables.get(language)
  if (known !== undefined) return known
  const made = gathered(language === 'yaql' ? yaqlCompletions() : jinjaCompletions('workflow'))
  tables.set(language, made)
  return made
}

function gathered(completions: readonly Completion[]): CallHelp[] {
  const found = new Map<string, { name: string; kind: Completion['kind']; signatures: string[]; help: string }>()
  for (const { name, kind, signature, help } of completions) {
    // Operators are in the tables as well.
    if (!/^\w+$/.test(name)) continue
    const key = `${kind} ${name}`
    const entry = found.get(key)
    if (entry === undefined) found.set(key, { name, kind, signatures: [signature], help })
    else if (!entry.signatures.includes(signature)) entry.signatures.push(signature)
  }
  return [...found.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** Fields of values that the platform makes. @source st2: st2common/st2common/services/workflows.py, contrib/runners/orquesta_runner */
export const KNOWN_FIELDS: Readonly<Record<'st2' | 'task', Readonly<Record<string, string>>>> = {
  st2: {
    action_execution_id: "The id of this workflow's execution.",
    workflow_execution_id: 'The id of the workflow execution; not there in input and vars.',
    user: 'Who runs the workflow.',
    action: "The workflow's reference.",
    pack: "The workflow's pack; may be null.",
    runner: 'The type of its runner.',
    api_url: 'The address of the API, with its version.',
  },
  task: {
    result: "The task's result.",
    status: "The task's status.",
    task_name: "The task's name.",
    task_id: "The task's name in the definition.",
    task_execution_id: "The id of the task's record.",
    workflow_execution_id: 'The id of the workflow execution.',
    route: 'The number of the way that led to the task.',
    start_timestamp: 'When the task began, as text.',
    end_timestamp: 'When the task ended, as text.',
  },
}
