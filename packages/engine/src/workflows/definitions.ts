import { readFile, stat } from 'node:fs/promises'
import { type Limits, WorkflowExpressions } from '@st2/expressions'
import { type Action, InvalidError } from '@st2/model'
import {
  type ActionParameters,
  formatInspection,
  type Inspection,
  inspectContents,
  inspectWorkflow,
  loadWorkflow,
  type PlatformEntry,
  type WorkflowSpec,
} from '@st2/orquesta'
import type { ActionStore } from '../content/action-store.ts'
import type { PackFiles } from '../content/pack-files.ts'
import type { RunnerTypeStore } from '../content/runner-type-store.ts'
import { YAML_CODEC } from '../datastore/yaml-codec.ts'
import { parameterRules } from '../executions/parameter-rules.ts'

/** Definitions kept parsed; each is some kilobytes. */
const CACHED = 200

export interface DefinitionDeps {
  readonly packFiles: PackFiles
  readonly actions: ActionStore
  readonly runnerTypes: RunnerTypeStore
  /** `[workflow_engine] max_definition_size`, bytes. */
  readonly maxDefinitionSize: number
  /** `[expressions] workflow_*`. @default the language's own */
  readonly expressionLimits?: Partial<Limits>
}

/** A definition that was understood, with what is wrong in the language alone. */
export interface ParsedDefinition {
  readonly spec: WorkflowSpec
  readonly inspection: Inspection
}

/** Definitions of workflows: read from packs, parsed once, inspected. */
export class Definitions {
  readonly expressions: WorkflowExpressions
  readonly #deps: DefinitionDeps
  readonly #parsed = new Map<string, ParsedDefinition>()

  constructor(deps: DefinitionDeps) {
    this.#deps = deps
    this.expressions = new WorkflowExpressions({ yaml: YAML_CODEC, limits: deps.expressionLimits ?? {} })
  }

  /** @throws InvalidError when it is not there, or too large */
  async read(action: Action): Promise<string> {
    const { entryPoint } = await this.#deps.packFiles.locate(action.pack, action.entry_point)
    if (entryPoint === null) {
      throw new InvalidError(`The workflow definition "${action.entry_point}" of action "${action.ref}" is not found.`)
    }
    const { size } = await stat(entryPoint)
    const { maxDefinitionSize } = this.#deps
    if (size > maxDefinitionSize) {
      throw new InvalidError(
        `The workflow definition "${action.entry_point}" has ${size} bytes, more than ${maxDefinitionSize} ` +
          '([workflow_engine] max_definition_size).',
      )
    }
    return readFile(entryPoint, 'utf8')
  }

  /** @throws WorkflowLoadError */
  parse(text: string): ParsedDefinition {
    const known = this.#parsed.get(text)
    if (known !== undefined) return known
    const spec = loadWorkflow(text)
    const inspection = inspectWorkflow(spec, { knownVariables: KNOWN_VARIABLES, expressions: this.expressions })
    const parsed = { spec, inspection }
    if (this.#parsed.size >= CACHED) {
      const oldest = this.#parsed.keys().next()
      if (!oldest.done) this.#parsed.delete(oldest.value)
    }
    this.#parsed.set(text, parsed)
    return parsed
  }

  /** Everything that is wrong, the actions that it names included, as users of the platform see it. */
  async inspect({ spec, inspection }: ParsedDefinition): Promise<PlatformEntry[]> {
    const parameters = await this.#parametersOf(spec)
    const contents = inspectContents(spec, this.expressions, (ref) => parameters.get(ref) ?? null)
    return formatInspection(inspection, contents)
  }

  async #parametersOf(spec: WorkflowSpec): Promise<Map<string, ActionParameters>> {
    const refs = new Set([...spec.tasks.values()].map(({ action }) => action))
    const found = new Map<string, ActionParameters>()
    for (const ref of refs) {
      if (typeof ref !== 'string' || !ref.includes('.')) continue
      const action = await this.#deps.actions.findByRef(ref)
      const runner = action === null ? null : await this.#deps.runnerTypes.findByName(action.runner_type)
      if (action === null || runner === null) continue
      const { effective } = parameterRules(action, runner)
      const required = Object.keys(effective).filter(
        (name) => effective[name]?.required === true && effective[name]?.default === undefined,
      )
      found.set(ref, { required, known: Object.keys(effective) })
    }
    return found
  }
}

/** What every workflow is given. */
const KNOWN_VARIABLES = ['st2', 'parent']
