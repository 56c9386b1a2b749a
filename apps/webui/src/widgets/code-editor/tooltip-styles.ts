import { BOX, type ThemeStyles } from './theme-styles.ts'

/** Completion and help. */
export const TOOLTIP_STYLES: ThemeStyles = {
  '.cm-tooltip': {
    zIndex: '40',
    maxWidth: 'min(460px, calc(100vw - 24px))',
    ...BOX,
    boxShadow: 'var(--shadow-l)',
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
