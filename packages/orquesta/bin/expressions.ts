import { type FieldOptions, WorkflowExpressions, type YamlCodec } from '@st2/expressions'
import { dumpYaml, parseYaml } from '@st2/yaml'

const YAML: YamlCodec = {
  parse: (text) => parseYaml(text),
  dump: (value, { indent, allowUnicode }) => dumpYaml(value, { ...(indent === null ? {} : { indent }), allowUnicode }),
}

export const workflowExpressions = new WorkflowExpressions({ yaml: YAML })

/** Clock and chance of this process: a program may have them, the conductor itself has none. */
export const FIELD_OPTIONS: FieldOptions = { now: () => Date.now() * 1000, random: () => Math.random() }
