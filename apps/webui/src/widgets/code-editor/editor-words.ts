import { EditorState, type Extension } from '@codemirror/state'

/** CodeMirror's own words as this product says them. */
export const editorWords: Extension = EditorState.phrases.of({
  Diagnostics: 'Problems',
  'No diagnostics': 'No problems',
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
  go: 'Go',
})
