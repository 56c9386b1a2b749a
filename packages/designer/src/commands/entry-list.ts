import { WORKFLOW_KEYS } from '../model/undrawn-parts.ts'
import { fieldOf, resolved } from '../model/node-values.ts'
import { listedEntries, listedInput } from '../model/read-entries.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import { editList } from '../yaml-edits/edit-list.ts'
import type { PlannedEntry } from '../yaml-edits/update-node.ts'
import type { Section } from './designer-command.ts'

/** Where in its list an entry stands; of two with one name the last one, which is the one that counts. */
export function indexOfEntry(model: WorkflowModel, section: Section, name: string): number | null {
  const node = sectionNode(model, section)
  const listed = section === 'input' ? listedInput(node) : listedEntries(node)
  return listed.findLast(({ entry }) => entry.name === name)?.index ?? null
}

/** @throws EditRefusal */
export function requireEntry(model: WorkflowModel, section: Section, name: string): number {
  const index = indexOfEntry(model, section, name)
  if (index === null) throw new EditRefusal(`There is no "${name}" in ${section}.`)
  return index
}

/** The entries of a list as they are written. */
export function rawEntries(model: WorkflowModel, section: Section): unknown[] {
  const list = resolved(sectionNode(model, section))
  return list?.kind === 'seq' ? list.items.map(({ value }) => value.value) : []
}

/** An entry as it is written: a name alone has no default. */
export function entryValue(section: Section, name: string, value: unknown): unknown {
  if (section === 'input' && value === undefined) return name
  return new Map([[name, value ?? null]])
}

export function writeEntries(draft: TreeDraft, section: Section, plan: readonly PlannedEntry[]): void {
  editList(draft, [section], plan, WORKFLOW_KEYS_IN_FILE)
}

/** In the order in which new ones are written. */
export const WORKFLOW_KEYS_IN_FILE: readonly string[] = [
  ...WORKFLOW_KEYS.filter((key) => key !== 'output' && key !== 'tasks'),
  'tasks',
  'output',
]

function sectionNode({ source }: WorkflowModel, section: Section) {
  return source.root === null ? null : fieldOf(source.root, section)
}
