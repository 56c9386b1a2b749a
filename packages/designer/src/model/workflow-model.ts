import type { SourceText } from './source-text.ts'

/** On the canvas, in its own units. */
export interface Position {
  x: number
  y: number
}

/** A named value, in the order of the file. */
export interface Entry {
  name: string
  value: unknown
}

/** An input of the workflow. */
export interface InputEntry {
  name: string
  hasDefault: boolean
  /** null where none is written. */
  default: unknown
}

/** `with`: items and how many of them at a time; null: all. */
export interface ItemsModel {
  items: string | null
  concurrency: unknown
  form: 'string' | 'mapping'
}

export interface RetryModel {
  when: string | null
  count: unknown
  delay: unknown
}

/** An entry of `next`. What it is, is its task and its index: two that are equal stay two. */
export interface TransitionModel {
  index: number
  /** null: always. */
  when: string | null
  publish: readonly Entry[]
  publishForm: 'string' | 'list' | 'none'
  /** Tasks and commands of the engine; empty where none is written, which stands for `continue`. */
  do: readonly string[]
  doForm: 'string' | 'list' | 'none'
  /** `#rrggbb` of the comment above `do`. */
  color: string | null
}

/** A task as it is drawn and edited. It holds no offsets, so one that did not change stays the same object. */
export interface TaskModel {
  name: string
  /** null: not placed yet. */
  position: Position | null
  /** Without inline parameters. */
  action: string | null
  /** A text is one expression for all of it. */
  input: readonly Entry[] | string | null
  inputForm: 'mapping' | 'inline' | 'expression' | 'none'
  with: ItemsModel | null
  /** `all` or a number; null: it joins nothing. */
  join: unknown
  /** Seconds or an expression. */
  delay: unknown
  retry: RetryModel | null
  next: readonly TransitionModel[]
  /** Keys that are kept and not drawn. */
  undrawn: readonly string[]
  /** Part of it is written elsewhere, or used elsewhere: anchors, aliases, merges. */
  isShared: boolean
}

/** What is kept in the text and not drawn. */
export interface UndrawnPart {
  path: readonly (string | number)[]
  reason: string
}

/** What a workflow's text says. */
export interface WorkflowModel {
  version: string | null
  name: string | null
  description: string | null
  tags: readonly string[]
  /** In the order of the file. */
  tasks: readonly TaskModel[]
  taskNames: ReadonlyMap<string, TaskModel>
  input: readonly InputEntry[]
  vars: readonly Entry[]
  output: readonly Entry[]
  undrawn: readonly UndrawnPart[]
  source: SourceText
}

/** Colours of transitions that are offered; any other is kept. */
export const TRANSITION_COLORS = [
  '#fecb2f',
  '#d1583b',
  '#aa5dd1',
  '#629e47',
  '#fd9d32',
  '#d14c83',
  '#5b5dd0',
  '#1072c6',
] as const
