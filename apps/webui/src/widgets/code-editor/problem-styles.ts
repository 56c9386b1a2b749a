import { BOX, type ThemeStyles } from './theme-styles.ts'

/** Marks of problems, and what is said of one. */
export const PROBLEM_STYLES: ThemeStyles = {
  '.cm-lintRange-error, .cm-lintRange-warning': { backgroundImage: 'none', textUnderlineOffset: '3px' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--bad) 1px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--warn) 1px' },
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
    ...BOX,
    cursor: 'pointer',
  },
}
