import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** What was removed and what was added, in the design tokens; signs beside the lines say the same without colour. */
export const diffTheme: Extension = EditorView.theme({
  '&': { height: 'auto' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--bad-soft)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--ok-soft)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    borderRadius: '2px',
    background: 'color-mix(in srgb, var(--bad) 8%, transparent)',
  },
  '&.cm-merge-b .cm-changedText': {
    borderRadius: '2px',
    background: 'color-mix(in srgb, var(--ok) 12%, transparent)',
  },
  '.cm-deletedChunk': { padding: '0 var(--s3) 0 var(--s1)' },
  '.cm-deletedChunk .cm-deletedLine': { position: 'relative' },
  '.cm-collapsedLines': {
    padding: '4px var(--s3)',
    background: 'var(--sunken)',
    color: 'var(--ink-3)',
    fontFamily: 'var(--font-sans)',
    '&:before, &:after': { content: '""', margin: '0' },
  },
  '.cm-collapsedLines:hover': { color: 'var(--ink)' },
  '.cm-signs': { width: '14px', textAlign: 'center', fontWeight: '700', whiteSpace: 'pre' },
  '.cm-signs .added': { color: 'var(--ok)' },
  '.cm-signs .removed': { color: 'var(--bad)' },
})
