import type { Changes, DesignerFile } from '../commands/designer-command.ts'
import { composeChanges } from '../text/text-change.ts'

export const DESIGNER_FILES: readonly DesignerFile[] = ['workflow', 'metadata']

export function isEmpty(changes: Changes): boolean {
  return DESIGNER_FILES.every((file) => (changes[file] ?? []).length === 0)
}

/** Both, one after the other, as one. */
export function composed(first: Changes, second: Changes): Changes {
  const both: Changes = {}
  for (const file of DESIGNER_FILES) {
    const [before, after] = [first[file], second[file]]
    if (before !== undefined || after !== undefined) both[file] = composeChanges(before ?? [], after ?? [])
  }
  return both
}
