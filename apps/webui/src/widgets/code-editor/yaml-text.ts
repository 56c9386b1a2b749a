import { yaml } from '@codemirror/lang-yaml'
import type { Extension } from '@codemirror/state'
import { highlightCode } from './highlight-code.ts'

/** YAML, and JSON, which is a part of it, with expressions in their texts. */
export const yamlText: Extension = [yaml(), highlightCode('yaml')]
