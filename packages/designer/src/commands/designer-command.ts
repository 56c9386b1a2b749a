import type { MetadataModel } from '../model/metadata-model.ts'
import type { Entry, Position, WorkflowModel } from '../model/workflow-model.ts'
import type { TextChange } from '../text/text-change.ts'

/** The two texts of a workflow action. */
export type DesignerFile = 'workflow' | 'metadata'

/** What a command is asked of and done to. */
export interface DesignerDocument {
  workflow: WorkflowModel
  metadata: MetadataModel
}

export type Changes = Partial<Record<DesignerFile, TextChange[]>>

export interface Edit {
  changes: Changes
  /** What the user should know besides: sentences. */
  notes: string[]
  /** Names that the command chose. */
  names?: string[]
}

export interface ItemsValue {
  items: string
  concurrency?: unknown
}

/** A mapping as an object, or as entries to keep their order; a text is one expression. */
export type InputValue = readonly Entry[] | Readonly<Record<string, unknown>> | string

export interface TaskFields {
  action?: string
  input?: InputValue
  with?: ItemsValue | string
  join?: unknown
  delay?: unknown
  retry?: Readonly<Record<string, unknown>>
}

export type TaskField = keyof TaskFields
export type Section = 'input' | 'vars' | 'output'

/** Absent: as it is. null: taken away. */
export interface TransitionFields {
  do?: readonly string[] | null
  when?: string | null
  publish?: readonly Entry[] | null
  color?: string | null
}

interface Commands {
  'add-task': { name?: string; action?: string; position?: Position; after?: string; fields?: TaskFields }
  /** @param transitions those that lead to them lose the target by default */
  'remove-tasks': { names: readonly string[]; transitions?: 'remove' | 'keep' }
  'rename-task': { from: string; to: string }
  'move-tasks': { positions: Readonly<Record<string, Position | null>> }
  /** null takes the field away. */
  'set-task-field': { task: string; field: TaskField; value: unknown }
  /** undefined takes the parameter away. */
  'set-task-input': { task: string; key: string; value?: unknown }
  'add-transition': { task: string; index?: number } & TransitionFields
  'remove-transition': { task: string; index: number }
  'set-transition': { task: string; index: number } & TransitionFields
  'move-transition': { task: string; from: number; to: number }
  /** Changes the entry of this name or adds one; an input without a value has no default. */
  'set-entry': { section: Section; name: string; value?: unknown; index?: number }
  'remove-entry': { section: Section; name: string }
  'move-entry': { section: Section; from: number; to: number }
  /** Outcomes only: other names are those of variables. */
  'rename-entry': { section: 'output'; from: string; to: string }
  'rename-variable': { from: string; to: string }
  'set-workflow-field': { field: 'version' | 'name' | 'description' | 'tags'; value: unknown }
  'paste-tasks': { yaml: string; at?: Position }
  'set-metadata-field': { field: string; value: unknown }
  /** @param addInput whether a new one becomes an input of the workflow as well; default: yes */
  'set-parameter': { name: string; schema: Readonly<Record<string, unknown>>; addInput?: boolean }
  'remove-parameter': { name: string }
}

export type Verb = keyof Commands
/** One thing that a user does, as data. */
export type DesignerCommand = { [V in Verb]: { verb: V } & Commands[V] }[Verb]
export type CommandOf<V extends Verb> = Extract<DesignerCommand, { verb: V }>

/** How one verb is done. */
export interface CommandHandler<V extends Verb> {
  /** Words for a menu. */
  label: (command: CommandOf<V>) => string
  /** @throws EditRefusal when it may not be done */
  execute: (document: DesignerDocument, command: CommandOf<V>) => Edit
}
