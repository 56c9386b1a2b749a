import { executeCommand, labelOf } from '../commands/command-table.ts'
import type { Changes, DesignerCommand, DesignerFile, Edit } from '../commands/designer-command.ts'
import { unreadableText } from '../commands/unreadable-text.ts'
import { type MetadataModel, readMetadata } from '../model/metadata-model.ts'
import { readWorkflow } from '../model/read-workflow.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { Verdict } from '../rules/connections.ts'
import { applyChanges, diffTexts, invertChanges, normalizeChanges, type TextChanges } from '../text/text-change.ts'
import { EditRefusal } from '../yaml-edits/tree-draft.ts'
import { composed, DESIGNER_FILES, isEmpty } from './file-changes.ts'
import { type FileState, firstFileState, nextFileState, unreadFileState } from './file-state.ts'
import { EditHistory, type HistoryStep } from './history.ts'
import { sharedNotes } from './shared-notes.ts'

export type DesignerTexts = Record<DesignerFile, string>

/** Everything there is to show. A new object after every change. */
export interface DesignerState {
  workflow: FileState<WorkflowModel>
  metadata: FileState<MetadataModel>
  canUndo: boolean
  canRedo: boolean
  /** Words for a menu. */
  undoLabel: string | null
  redoLabel: string | null
  /** Something differs from what was saved last. */
  isDirty: boolean
  saved: DesignerTexts
  /** What the last step did to the texts. */
  lastChanges: Changes | null
}

export interface StepOptions {
  /** Steps that follow each other in one group are undone together. */
  group?: string
}

export interface TypeOptions extends StepOptions {
  /** `later`: by `readTyped`, or by whatever needs the model first. Reading a long text takes longer than a key may. Default: now. */
  reading?: 'now' | 'later'
}

export type Outcome = Verdict & {
  changes?: Changes
  /** Names that the command chose. */
  names?: readonly string[]
}

/** A step with everything of it known before anything changes. */
interface PreparedStep {
  edit: Edit
  next: Files
  /** What the step starts from, with all of it read. */
  before: Files
}

type Files = Pick<DesignerState, DesignerFile>

/**
 * The texts of a workflow action under edit. Commands change them by as little as they need; what is typed is kept whether it can be
 * read or not, and while it can not, commands are refused and the models stay those of the last text that could.
 */
export class DesignerEditor {
  readonly #history = new EditHistory()
  readonly #listeners = new Set<() => void>()
  #state: DesignerState

  constructor(texts: DesignerTexts) {
    this.#state = this.#stateOf(firstFiles(texts), texts, null)
  }

  get state(): DesignerState {
    return this.#state
  }

  /** @returns what ends the subscription */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Whether a command may be done; nothing changes. */
  check(command: DesignerCommand): Verdict {
    const prepared = this.#prepare(command)
    return 'reason' in prepared ? prepared : { allowed: true, notes: prepared.edit.notes }
  }

  execute(command: DesignerCommand, options: StepOptions = {}): Outcome {
    const prepared = this.#prepare(command)
    if ('reason' in prepared) return prepared
    const { edit, next, before } = prepared
    const notes = [...edit.notes, ...sharedNotes(before.workflow, next.workflow, edit.changes.workflow ?? [])]
    if (!isEmpty(edit.changes))
      this.#step(edit.changes, next, { label: labelOf(command), group: options.group ?? null })
    return { allowed: true, notes, changes: edit.changes, ...(edit.names === undefined ? {} : { names: edit.names }) }
  }

  /** What was typed into a text: always taken. */
  type(file: DesignerFile, changes: TextChanges, { group, reading = 'now' }: TypeOptions = {}): void {
    const all: Changes = { [file]: normalizeChanges(changes) }
    if (isEmpty(all)) return
    const next = reading === 'now' ? this.#after(all) : this.#unreadAfter(all)
    this.#step(all, next, { label: 'Typing', group: group ?? null })
  }

  /** Reads what was typed to be read later. */
  readTyped(): void {
    const files = this.#after({})
    const isNews = DESIGNER_FILES.some((file) => files[file] !== this.#state[file])
    if (isNews) this.#set({ ...this.#state, ...files })
  }

  /** Other texts in place of these, as the smallest changes and in one step. */
  replaceTexts(texts: Partial<DesignerTexts>): void {
    const all: Changes = {}
    for (const file of DESIGNER_FILES)
      all[file] = diffTexts(this.#state[file].text, texts[file] ?? this.#state[file].text)
    if (!isEmpty(all)) this.#step(all, this.#after(all), { label: 'Replace the text', group: null })
  }

  /** The next step begins anew, whatever its group. */
  endGroup(): void {
    this.#history.endGroup()
  }

  /** @returns what it did to the texts; null when there is nothing to undo */
  undo(): Changes | null {
    return this.#apply(this.#history.takeUndo()?.undo ?? null)
  }

  redo(): Changes | null {
    return this.#apply(this.#history.takeRedo()?.redo ?? null)
  }

  /** What is there now is what is stored. */
  markSaved(texts: DesignerTexts = textsOf(this.#state)): void {
    this.endGroup()
    this.#set(this.#stateOf(this.#state, texts, null))
  }

  /** Begins anew with other texts. */
  reset(texts: DesignerTexts): void {
    this.#history.clear()
    this.#set(this.#stateOf(firstFiles(texts), texts, null))
  }

  #prepare(command: DesignerCommand): PreparedStep | Extract<Verdict, { allowed: false }> {
    try {
      const before = this.#after({})
      const { workflow, metadata } = before
      const edit = executeCommand({ workflow: workflow.model, metadata: metadata.model }, command)
      for (const file of DESIGNER_FILES) if (edit.changes[file] !== undefined) requireCurrent(file, before)
      const next = this.#after(edit.changes, before)
      requireReadable(next, edit.changes)
      return { edit, next, before }
    } catch (error) {
      if (!(error instanceof EditRefusal)) throw error
      return { allowed: false, reason: error.message }
    }
  }

  #step(changes: Changes, next: Files, { label, group }: Pick<HistoryStep, 'label' | 'group'>): void {
    const undo = inverted(this.#state, changes)
    this.#history.push({ label, group, undo, redo: changes }, mergeSteps)
    this.#set(this.#stateOf(next, this.#state.saved, changes))
  }

  #apply(changes: Changes | null): Changes | null {
    if (changes !== null) this.#set(this.#stateOf(this.#after(changes), this.#state.saved, changes))
    return changes
  }

  #after(changes: Changes, { workflow, metadata }: Files = this.#state): Files {
    return {
      workflow: nextFileState(workflow, applyChanges(workflow.text, changes.workflow ?? []), readWorkflow),
      metadata: nextFileState(metadata, applyChanges(metadata.text, changes.metadata ?? []), readMetadata),
    }
  }

  #unreadAfter(changes: Changes): Files {
    const { workflow, metadata } = this.#state
    return {
      workflow: unreadFileState(workflow, applyChanges(workflow.text, changes.workflow ?? [])),
      metadata: unreadFileState(metadata, applyChanges(metadata.text, changes.metadata ?? [])),
    }
  }

  #stateOf({ workflow, metadata }: Files, saved: DesignerTexts, lastChanges: Changes | null): DesignerState {
    const { nextUndo, nextRedo } = this.#history
    return {
      workflow,
      metadata,
      canUndo: nextUndo !== null,
      canRedo: nextRedo !== null,
      undoLabel: nextUndo?.label ?? null,
      redoLabel: nextRedo?.label ?? null,
      isDirty: workflow.text !== saved.workflow || metadata.text !== saved.metadata,
      saved,
      lastChanges,
    }
  }

  #set(state: DesignerState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

function firstFiles(texts: DesignerTexts): Files {
  return {
    workflow: firstFileState(texts.workflow, readWorkflow),
    metadata: firstFileState(texts.metadata, readMetadata),
  }
}

function textsOf({ workflow, metadata }: Files): DesignerTexts {
  return { workflow: workflow.text, metadata: metadata.text }
}

/** @throws EditRefusal */
function requireCurrent(file: DesignerFile, files: Files): void {
  const { fault } = files[file]
  if (fault === null) return
  throw new EditRefusal(`Line ${fault.line} of the ${file} can not be read: mend it first, or undo.`)
}

/** What a command leaves must be a text that can be read. @throws EditRefusal */
function requireReadable(next: Files, changes: Changes): void {
  for (const file of DESIGNER_FILES) {
    if (changes[file] === undefined) continue
    const { fault } = next[file]
    if (fault !== null) throw unreadableText(fault.message)
  }
}

function inverted(files: Files, changes: Changes): Changes {
  const undo: Changes = {}
  for (const file of DESIGNER_FILES) {
    const own = changes[file]
    if (own !== undefined) undo[file] = invertChanges(files[file].text, own)
  }
  return undo
}

function mergeSteps(first: HistoryStep, second: HistoryStep): HistoryStep {
  return { ...first, undo: composed(second.undo, first.undo), redo: composed(first.redo, second.redo) }
}
