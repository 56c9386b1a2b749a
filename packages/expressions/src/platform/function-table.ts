import type { Budget } from '../limits.ts'
import type { Parameters } from '../jinja/signature.ts'
import { JSON_FUNCTIONS } from './json-functions.ts'
import { PATH_FUNCTIONS } from './path-functions.ts'
import { REGEX_FUNCTIONS } from './regex-functions.ts'
import { TIME_FUNCTIONS } from './human-time.ts'
import { VERSION_FUNCTIONS } from './versions.ts'
import { YAML_FUNCTIONS } from './yaml-functions.ts'

/** Reading and writing YAML, which the host brings: expressions know no format but JSON. */
export interface YamlCodec {
  parse: (text: string) => unknown
  /** In block style with sorted keys. @param indent null: two blanks */
  dump: (value: unknown, options: { indent: number | null; allowUnicode: boolean }) => string
}

/** What a function may use of the evaluation it is called in. */
export interface FunctionHost {
  budget: Budget
  yaml: YamlCodec | undefined
  /** Lists of the data count as tuples and mappings as frozen, as YAQL has them. */
  isFrozen: boolean
}

/** A function of the platform: in templates a filter, in workflows a function of both languages too. */
export interface PlatformFunction {
  name: string
  /** What Python's messages call it. */
  pythonName: string
  /** The first is what a filter is applied to. */
  parameters: Parameters
  /** One line for completions. */
  help: string
  run: (args: unknown[], host: FunctionHost) => unknown
}

/** Functions that templates and workflows share. @source st2: st2common/st2common/expressions/functions */
export const PLATFORM_FUNCTIONS: readonly PlatformFunction[] = [
  ...JSON_FUNCTIONS,
  ...YAML_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...VERSION_FUNCTIONS,
  ...PATH_FUNCTIONS,
]

/** Second names that workflows know. @source st2: contrib/runners/orquesta_runner/setup.py */
export const WORKFLOW_ALIASES: Record<string, string> = {
  json_dump: 'to_json_string',
  json_parse: 'from_json_string',
  yaml_dump: 'to_yaml_string',
  yaml_parse: 'from_yaml_string',
}

/** Only templates have it: parameters keep their type through a rendering by it. */
export const TEMPLATE_ONLY: ReadonlySet<string> = new Set(['to_complex'])
