import type { EditorView } from '@codemirror/view'

/** Rules of a theme of CodeMirror, by selector. */
export type ThemeStyles = Parameters<typeof EditorView.theme>[0]

/** What stands on its own: fields, buttons, tooltips. */
export const BOX = {
  border: '1px solid var(--border-strong)',
  borderRadius: 'var(--radius)',
  backgroundColor: 'var(--surface)',
  color: 'var(--ink)',
} as const
