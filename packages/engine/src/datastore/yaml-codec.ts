import type { YamlCodec } from '@st2/expressions'
import { dumpYaml, parseYaml } from '@st2/yaml'

/** YAML for expressions, which know no format but JSON. */
export const YAML_CODEC: YamlCodec = {
  parse: (text) => parseYaml(text),
  dump: (value, { indent, allowUnicode }) => dumpYaml(value, { ...(indent === null ? {} : { indent }), allowUnicode }),
}
