import { BOX, type ThemeStyles } from './theme-styles.ts'

/** The search, above the text. */
export const PANEL_STYLES: ThemeStyles = {
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
    ...BOX,
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
    ...BOX,
    backgroundImage: 'none',
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
