import { closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { foldKeymap } from '@codemirror/language'
import { searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'

/** What the owner of the text does when it is asked from within the editor. */
export interface OwnerCommands {
  readonly undo: () => void
  readonly redo: () => void
  /** false: not here, the browser may have the key. */
  readonly save: () => boolean
}

/** Undo and redo belong to the owner of the text, whose steps may be larger than what was typed. */
export function ownerKeys({ undo, redo, save }: OwnerCommands): Extension {
  const always = (run: () => void) => () => {
    run()
    return true
  }
  return keymap.of([
    { key: 'Mod-z', run: always(undo), shift: always(redo), preventDefault: true },
    { key: 'Mod-y', run: always(redo), preventDefault: true },
    { key: 'Mod-s', run: save },
  ])
}

export const editorKeys: Extension = keymap.of([
  ...closeBracketsKeymap,
  ...searchKeymap,
  ...foldKeymap,
  ...defaultKeymap,
])

/** Escape, then Tab leaves all the same: CodeMirror lets Tab pass for two seconds after Escape. */
export const tabIndents: Extension = keymap.of([indentWithTab])
