import { YamlError } from '@st2/yaml'
import { readMetadata, type MetadataModel } from '../model/metadata-model.ts'
import { readWorkflow } from '../model/read-workflow.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { applyChanges, composeChanges, type TextChange } from '../text/text-change.ts'
import { TreeDraft } from '../yaml-edits/tree-draft.ts'
import { unreadableText } from './unreadable-text.ts'

/** Edits of one text in stages: each sees what those before it made, and all of them come out as one list of changes. */
export class StagedEdit<M extends WorkflowModel | MetadataModel> {
  readonly #read: (text: string, previous: M) => M
  #model: M
  /** Of the stage before, not yet read. */
  #pending: TextChange[] = []
  #composed: TextChange[] = []

  constructor(model: M, read: (text: string, previous: M) => M) {
    this.#model = model
    this.#read = read
  }

  /** @throws EditRefusal when the stages before left what can not be read */
  get model(): M {
    if (this.#pending.length > 0) {
      this.#model = this.#readAgain(applyChanges(this.#model.source.text, this.#pending))
      this.#pending = []
    }
    return this.#model
  }

  #readAgain(text: string): M {
    try {
      return this.#read(text, this.#model)
    } catch (error) {
      if (!(error instanceof YamlError)) throw error
      throw unreadableText(error.reason, { cause: error })
    }
  }

  stage(edit: (draft: TreeDraft, model: M) => void): this {
    const { model } = this
    const draft = new TreeDraft(model.source.tree, model.source.lines)
    edit(draft, model)
    this.#pending = draft.changes()
    this.#composed = this.#composed.length === 0 ? this.#pending : composeChanges(this.#composed, this.#pending)
    return this
  }

  changes(): TextChange[] {
    return this.#composed
  }
}

export function editWorkflow(model: WorkflowModel): StagedEdit<WorkflowModel> {
  return new StagedEdit(model, readWorkflow)
}

export function editMetadata(model: MetadataModel): StagedEdit<MetadataModel> {
  return new StagedEdit(model, readMetadata)
}
