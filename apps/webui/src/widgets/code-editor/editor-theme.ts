import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { PANEL_STYLES } from './panel-styles.ts'
import { PROBLEM_STYLES } from './problem-styles.ts'
import type { ThemeStyles } from './theme-styles.ts'
import { TOOLTIP_STYLES } from './tooltip-styles.ts'

/** Classes of highlight-code.ts. */
const WORD_STYLES: ThemeStyles = {
  '.tok-key': { color: 'var(--code-key)' },
  '.tok-string': { color: 'var(--code-string)' },
  '.tok-number': { color: 'var(--code-number)' },
  '.tok-literal': { color: 'var(--code-literal)' },
  '.tok-comment': { color: 'var(--ink-3)', fontStyle: 'italic' },
  '.tok-anchor': { color: 'var(--warn)' },
  '.tok-sign': { color: 'var(--ink-3)' },
  '.tok-expression': { borderRadius: '2px', backgroundColor: 'color-mix(in srgb, var(--accent) 9%, transparent)' },
  '.tok-delimiter': { color: 'var(--accent)', fontWeight: '600' },
  '.tok-call': { color: 'var(--run)' },
  '.tok-name': { color: 'var(--ink)' },
  '.tok-word': { color: 'var(--code-key)', fontWeight: '600' },
}

/** Everything CodeMirror paints, in the design tokens: these cross the shadow root, the page's own rules do not. */
export const editorTheme: Extension = EditorView.theme({
  '&': {
    height: '100%',
    maxHeight: 'inherit',
    borderRadius: 'inherit',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: 'var(--text-sm)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '19px', overflow: 'auto' },
  '.cm-content': { padding: 'var(--s2) 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--s3) 0 var(--s1)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent)',
  },
  // The selection is drawn, and such colours would otherwise take it away.
  '@media (forced-colors: active)': {
    '.cm-selectionBackground': { backgroundColor: 'Highlight', forcedColorAdjust: 'none' },
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '.cm-gutters': {
    borderRight: '1px solid var(--border)',
    borderTopLeftRadius: 'inherit',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink-3)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 6px 0 4px' },
  '.cm-foldGutter .cm-gutterElement': { width: '14px', color: 'var(--ink-3)', cursor: 'pointer' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 1px' },
  '.cm-foldPlaceholder': {
    margin: '0 4px',
    padding: '0 6px',
    border: '1px solid var(--border-strong)',
    borderRadius: 'var(--radius-s)',
    backgroundColor: 'var(--sunken)',
    color: 'var(--ink-2)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    borderRadius: '2px',
    outline: '1px solid var(--border-strong)',
    backgroundColor: 'var(--selected)',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--warn) 22%, transparent)' },
  '.cm-searchMatch': { borderRadius: '2px', backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--warn) 45%, transparent)' },
  '.cm-specialChar': { color: 'var(--bad)' },
  ...WORD_STYLES,
  ...PANEL_STYLES,
  ...PROBLEM_STYLES,
  ...TOOLTIP_STYLES,
})
