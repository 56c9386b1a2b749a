export { MAX_DUMP_DEPTH, dumpYaml, type DumpOptions } from './dump.ts'
export { DEFAULT_MAX_DEPTH, DEFAULT_MAX_NODES, parseYaml, type ReadOptions } from './read.ts'
export { YamlError } from './yaml-error.ts'
