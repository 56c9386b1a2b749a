import type { FromSchema } from './from-schema.ts'

/** NOTE: a property without a type would accept texts alone. */
const ANYTHING = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const
const OBJECT = { type: 'object' } as const
const LIST = { type: 'array' } as const

/** A mistake in the definition of a workflow. @source rest-schemas.md 24 */
export const workflowMistakeSchema = {
  title: 'WorkflowMistake',
  type: 'object',
  properties: {
    type: { type: 'string', required: true, enum: ['content', 'context', 'expression', 'semantic', 'syntax'] },
    message: { type: 'string', required: true },
    spec_path: { type: ['string', 'null'], description: 'Where it is in the definition.' },
    schema_path: { type: ['string', 'null'], description: 'Which rule it breaks.' },
    language: { type: 'string' },
    expression: { type: 'string' },
  },
} as const

export type WorkflowMistake = FromSchema<typeof workflowMistakeSchema>

/** A run of a workflow, from within. Secrets are masked. */
export const workflowViewSchema = {
  title: 'Workflow',
  type: 'object',
  properties: {
    id: { type: 'string', required: true },
    action_execution: { type: 'string', required: true, description: 'The execution that it belongs to.' },
    action: { type: 'string', required: true },
    status: { type: 'string', required: true },
    start_timestamp: { type: 'string', required: true },
    end_timestamp: { type: ['string', 'null'] },
    definition: { type: 'string', required: true, description: 'As it was at the start.' },
    events: { type: 'integer', required: true, description: 'Rows of its journal.' },
    input: { type: 'object', required: true },
    contexts: {
      ...LIST,
      items: { type: ['object', 'null'] },
      required: true,
      description: 'First the variables at the start, then those of each publish; null: left out.',
    },
    output: { type: ['object', 'null'] },
    omitted: {
      ...LIST,
      required: true,
      description: 'Variables and output that are left out, because all of it is too large.',
      items: {
        type: 'object',
        properties: {
          place: { type: 'string', required: true, description: '`contexts.<number>` or `output`.' },
          size: { type: 'integer', required: true, description: 'Bytes.' },
          names: {
            type: 'array',
            items: { type: 'string' },
            required: true,
            description: 'Of the variables that would stand there.',
          },
        },
      },
    },
    errors: { ...LIST, items: OBJECT, required: true },
    routes: { ...LIST, items: { type: 'array', items: { type: 'string' } }, required: true },
    sequence: { ...LIST, items: OBJECT, required: true, description: 'Tasks in the order in which they were started.' },
    tasks: { ...LIST, items: OBJECT, required: true, description: 'Runs of tasks with actions, and their executions.' },
  },
} as const

export interface WorkflowStep {
  readonly id: string
  readonly route: number
  readonly status: string | null
  readonly contexts: { readonly in: readonly number[]; readonly out?: Readonly<Record<string, number>> }
  readonly prev: Readonly<Record<string, number>>
  /** By transition: whether it was taken. */
  readonly next: Readonly<Record<string, boolean>>
  readonly retry?: Readonly<Record<string, unknown>>
  readonly term?: true
}

export interface WorkflowView {
  readonly id: string
  readonly action_execution: string
  readonly action: string
  readonly status: string
  readonly start_timestamp: string
  readonly end_timestamp: string | null
  readonly definition: string
  readonly events: number
  readonly input: Readonly<Record<string, unknown>>
  /** null: left out, see `omitted`. */
  readonly contexts: readonly (Readonly<Record<string, unknown>> | null)[]
  readonly omitted: readonly {
    readonly place: string
    readonly size: number
    readonly names: readonly string[]
  }[]
  readonly output: Readonly<Record<string, unknown>> | null
  readonly errors: readonly Readonly<Record<string, unknown>>[]
  readonly routes: readonly (readonly string[])[]
  readonly sequence: readonly WorkflowStep[]
  readonly tasks: readonly Readonly<Record<string, unknown>>[]
}

export const workflowJournalSchema = {
  title: 'WorkflowJournal',
  type: 'object',
  properties: {
    workflow_execution: { type: 'string', required: true },
    events: {
      ...LIST,
      required: true,
      items: {
        type: 'object',
        properties: {
          seq: { type: 'integer', required: true },
          timestamp: { type: 'string', required: true },
          event: { type: 'object', required: true, description: 'What happened.' },
          effects: { ...LIST, items: OBJECT, required: true, description: 'What was decided.' },
        },
      },
    },
    next: { type: ['integer', 'null'], description: 'Where the next page begins.' },
  },
} as const

export interface WorkflowJournalView {
  readonly workflow_execution: string
  readonly events: readonly {
    readonly seq: number
    readonly timestamp: string
    readonly event: Readonly<Record<string, unknown>>
    readonly effects: readonly Readonly<Record<string, unknown>>[]
  }[]
  readonly next: number | null
}

/** Body of `POST /workflows/simulate`. */
export const workflowSimulationRequestSchema = {
  title: 'WorkflowSimulationRequest',
  type: 'object',
  properties: {
    definition: { type: 'string', required: true, description: 'The definition, as YAML.' },
    inputs: { type: 'object' },
    context: { type: 'object', description: 'What expressions see besides, such as st2.' },
    outcomes: {
      type: 'object',
      description:
        'By task: {"status", "result"}, or a list of these for one start after the other; of a task with items a list by item in that list. ' +
        'What is missing succeeds without a result.',
    },
    datastore: { type: 'object', description: 'Values of st2kv, by key: "system.name" or "name" for the user’s own.' },
    max_steps: { type: 'integer', minimum: 1, description: 'Actions that end at most.' },
  },
  additionalProperties: false,
} as const

export interface WorkflowSimulationRequest {
  readonly definition: string
  readonly inputs?: Readonly<Record<string, unknown>> | undefined
  readonly context?: Readonly<Record<string, unknown>> | undefined
  readonly outcomes?: Readonly<Record<string, unknown>> | undefined
  readonly datastore?: Readonly<Record<string, unknown>> | undefined
  readonly max_steps?: number | undefined
}

export const workflowSimulationSchema = {
  title: 'WorkflowSimulation',
  type: 'object',
  properties: {
    steps: { ...LIST, items: OBJECT, required: true, description: 'What happened, and what was decided.' },
    status: { type: 'string', required: true },
    output: { type: ['object', 'null'] },
    errors: {
      ...LIST,
      items: OBJECT,
      required: true,
      description: 'Mistakes in the definition, or errors of the run.',
    },
    sequence: { ...LIST, items: OBJECT, required: true },
    routes: { ...LIST, items: { type: 'array', items: { type: 'string' } }, required: true },
    is_complete: { type: 'boolean', required: true, description: 'Whether nothing runs any more.' },
  },
} as const

export interface WorkflowSimulationView {
  readonly steps: readonly Readonly<Record<string, unknown>>[]
  readonly status: string
  readonly output: Readonly<Record<string, unknown>> | null
  readonly errors: readonly Readonly<Record<string, unknown>>[]
  readonly sequence: readonly { readonly id: string; readonly route: number; readonly status: string | null }[]
  readonly routes: readonly (readonly string[])[]
  readonly is_complete: boolean
}

/** Body of `POST /workflows/{execution_id}/evaluate`. */
export const workflowEvaluationRequestSchema = {
  title: 'WorkflowEvaluationRequest',
  type: 'object',
  properties: {
    expression: { type: ANYTHING, required: true, description: 'Any value of a field of a workflow.' },
    language: {
      type: 'string',
      enum: ['yaql', 'jinja'],
      default: 'yaql',
      description: 'Where delimiters do not tell.',
    },
    index: { type: 'integer', minimum: 0, description: 'Number of the step in the sequence. Default: the last.' },
    task: { type: 'string', description: 'A task: its last run on the route.' },
    route: { type: 'integer', minimum: 0 },
    result: { type: ANYTHING, description: 'What result() answers. Default: what the task came to.' },
    context: { type: 'object', description: 'Overlays the variables.' },
  },
  additionalProperties: false,
} as const

/** Body of `POST /workflows/rehearse`. */
export const workflowRehearsalRequestSchema = {
  title: 'WorkflowRehearsalRequest',
  type: 'object',
  properties: {
    test: { type: 'string', required: true, description: 'The test case, as YAML.' },
    definition: { type: 'string', required: true, description: 'The definition that it names, as YAML.' },
    results: { type: 'object', description: 'Texts of the files that the case names as results, by path.' },
  },
  additionalProperties: false,
} as const

export interface WorkflowRehearsalRequest {
  readonly test: string
  readonly definition: string
  readonly results?: Readonly<Record<string, unknown>> | undefined
}

export const workflowRehearsalSchema = {
  title: 'WorkflowRehearsal',
  type: 'object',
  properties: {
    differences: {
      ...LIST,
      items: { type: 'string' },
      required: true,
      description: 'What came of it that was not expected; empty: nothing.',
    },
  },
} as const

export interface WorkflowRehearsal {
  readonly differences: readonly string[]
}
