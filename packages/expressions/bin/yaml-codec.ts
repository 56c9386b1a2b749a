import { dumpYaml, parseYaml } from '@st2/yaml'
import type { YamlCodec } from '../src/index.ts'

/** YAML as the platform reads and writes it. */
export const YAML: YamlCodec = {
  parse: (text) => parseYaml(text),
  dump: (value, { indent, allowUnicode }) => dumpYaml(value, { ...(indent === null ? {} : { indent }), allowUnicode }),
}
