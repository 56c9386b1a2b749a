import { yaml } from '@codemirror/lang-yaml'
import type { Extension } from '@codemirror/state'
import { highlightCode } from './highlight-code.ts'

export type CodeLanguage = 'yaml' | 'json' | 'expression' | 'text'

/** JSON is a part of YAML. */
export function languageParts(language: CodeLanguage): Extension[] {
  if (language === 'yaml' || language === 'json') return [yaml(), highlightCode('yaml')]
  return language === 'expression' ? [highlightCode('expressions')] : []
}
