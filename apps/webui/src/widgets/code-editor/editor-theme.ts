import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

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
  ...WORDS_OF_CODE(),
  ...PANELS(),
  ...PROBLEMS(),
  ...TOOLTIPS(),
})

type Styles = Parameters<typeof EditorView.theme>[0]

/** Classes of highlight-code.ts. */
function WORDS_OF_CODE(): Styles {
  return {
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
}

function PANELS(): Styles {
  return {
    '.cm-panels': {
      zIndex: '2',
      backgroundColor: 'var(--sunken)',
      color: 'var(--ink)',
      fontFamily: 'var(--font-sans)',
    },
    '.cm-panels.cm-panels-top': {
      borderBottom: '1px solid var(--border)',
      borderRadius: 'inherit',
      borderBottomLeftRadius: '0',
      borderBottomRightRadius: '0',
    },
    '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--border)' },
    '.cm-panel.cm-search': {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: '6px',
      padding: 'var(--s2) 36px var(--s2) var(--s2)',
      fontSize: 'var(--text-sm)',
    },
    '.cm-panel.cm-search br': { flexBasis: '100%', content: '""' },
    '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: 'inherit' },
    '.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--accent)' },
    '.cm-textfield': {
      minHeight: '26px',
      margin: '0',
      padding: '2px 8px',
      border: '1px solid var(--border-strong)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--surface)',
      color: 'var(--ink)',
      font: 'inherit',
    },
    '.cm-textfield:focus-visible': {
      borderColor: 'var(--focus)',
      outline: '2px solid color-mix(in srgb, var(--focus) 35%, transparent)',
    },
    '.cm-button': {
      minHeight: '26px',
      margin: '0',
      padding: '0 var(--s2)',
      border: '1px solid var(--border-strong)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--surface)',
      backgroundImage: 'none',
      color: 'var(--ink)',
      font: 'inherit',
      fontWeight: '500',
      cursor: 'pointer',
      '&:active': { backgroundColor: 'var(--hover)', backgroundImage: 'none' },
    },
    '.cm-button:hover': { backgroundColor: 'var(--hover)' },
    '.cm-panel [name=close]': {
      top: '8px',
      right: '8px',
      width: '26px',
      height: '26px',
      borderRadius: 'var(--radius)',
      color: 'var(--ink-2)',
      fontSize: '18px',
      cursor: 'pointer',
    },
    '.cm-panel [name=close]:hover': { backgroundColor: 'var(--hover)' },
    ':is(button, li):focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  }
}

function PROBLEMS(): Styles {
  return {
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--bad) 1px',
      textUnderlineOffset: '3px',
    },
    '.cm-lintRange-warning': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--warn) 1px',
      textUnderlineOffset: '3px',
    },
    '.cm-lintRange-active': { backgroundColor: 'var(--selected)' },
    '.cm-lintPoint:after': { borderBottomColor: 'var(--bad)' },
    '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--warn)' },
    // Two shapes: a mark is not told by its colour alone.
    '.cm-lint-marker': { width: '14px', height: '19px' },
    '.cm-lint-marker-error, .cm-lint-marker-warning': {
      content: 'normal',
      display: 'grid',
      placeItems: 'center',
      fontFamily: 'var(--font-sans)',
      fontWeight: '700',
      fontSize: '11px',
    },
    '.cm-lint-marker-error': { color: 'var(--bad)' },
    '.cm-lint-marker-error:before': { content: '"✕"' },
    '.cm-lint-marker-warning': { color: 'var(--warn)' },
    '.cm-lint-marker-warning:before': { content: '"▲"', fontSize: '9px' },
    '.cm-diagnostic': {
      padding: '6px var(--s3)',
      borderLeftWidth: '3px',
      fontFamily: 'var(--font-sans)',
      fontSize: 'var(--text-sm)',
      overflowWrap: 'anywhere',
    },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
    '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
    '.cm-diagnosticAction': {
      minHeight: '24px',
      margin: '4px 8px 0 0',
      padding: '0 var(--s2)',
      border: '1px solid var(--border-strong)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--surface)',
      color: 'var(--ink)',
      cursor: 'pointer',
    },
  }
}

function TOOLTIPS(): Styles {
  return {
    '.cm-tooltip': {
      zIndex: '40',
      maxWidth: 'min(460px, calc(100vw - 24px))',
      border: '1px solid var(--border-strong)',
      borderRadius: 'var(--radius)',
      backgroundColor: 'var(--surface)',
      boxShadow: 'var(--shadow-l)',
      color: 'var(--ink)',
      overflow: 'hidden',
    },
    '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      maxHeight: '15.5em',
      padding: 'var(--s1)',
      fontFamily: 'var(--font-mono)',
      fontSize: 'var(--text-sm)',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
      display: 'flex',
      alignItems: 'baseline',
      gap: 'var(--s2)',
      padding: '2px 6px',
      borderRadius: 'var(--radius-s)',
      lineHeight: '19px',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--selected)',
      color: 'var(--ink)',
    },
    '.cm-completionMatchedText': { color: 'var(--accent)', fontWeight: '600', textDecoration: 'none' },
    '.cm-completionLabel': { flex: 'none' },
    '.cm-completionDetail': {
      flex: '1 1 auto',
      minWidth: '0',
      marginLeft: 'auto',
      color: 'var(--ink-3)',
      fontFamily: 'var(--font-sans)',
      fontStyle: 'normal',
      overflow: 'hidden',
      textAlign: 'right',
      textOverflow: 'ellipsis',
    },
    '.cm-tooltip.cm-completionInfo': { width: 'max-content', maxWidth: '320px', padding: '0' },
    '.help': {
      padding: 'var(--s2) var(--s3)',
      fontFamily: 'var(--font-sans)',
      fontSize: 'var(--text-sm)',
      lineHeight: '1.5',
    },
    '.help code': { fontFamily: 'var(--font-mono)', color: 'var(--code-key)', overflowWrap: 'anywhere' },
    '.help p': { margin: '2px 0 0', color: 'var(--ink-2)', whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
  }
}
