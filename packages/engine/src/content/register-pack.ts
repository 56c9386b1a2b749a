import { join } from 'node:path'
import { type Action, ConflictError, type RunnerType } from '@st2/model'
import { checkParameterDefinitions, InvalidSchemaError, ParameterDefinitionError } from '@st2/schema'
import type { Ids } from '../ports/ids.ts'
import { type ActionDefinition, actionDefinition, ActionMetadataError } from './action-metadata.ts'
import type { ContentStores } from './content-stores.ts'
import { canonicalJson, definitionHash } from './definition-hash.ts'
import { MetadataError, readMetadataFile } from './metadata-file.ts'
import { type OverridableKind, Overrides } from './overrides.ts'
import { packConfigProblem } from './pack-config.ts'
import type { PackFolder } from './pack-files.ts'
import { packDefinition } from './pack-metadata.ts'
import { isFileError, PackProblems } from './pack-problems.ts'
import { type FilesReport, registerFiles } from './register-files.ts'
import type { Registrar } from './registrar.ts'
import type { ContentKind, ContentProblem, MissingFile } from './registration-report.ts'

export interface RegisterDeps {
  readonly stores: ContentStores
  readonly ids: Ids
  readonly configsDir: string
  readonly overridesDir: string
  /** `[content] max_metadata_size`, bytes. */
  readonly maxMetadataSize: number
  /** Of the kinds that features own: triggers, sensors, rules, aliases, policies. */
  readonly registrars: readonly Registrar[]
}

/** A pack's folder, and what is in it. */
export interface PackOnDisk extends PackFolder {
  /** Relative names of all files. */
  readonly files: string[]
}

export interface PackReport {
  readonly counts: Partial<Record<ContentKind, number>>
  /** How many of each kind an override file changed. */
  readonly overridden: Partial<Record<OverridableKind, number>>
  readonly problems: readonly ContentProblem[]
  readonly missing: readonly MissingFile[]
  /** What was read → hash of what it says. */
  readonly definitions: Definitions
}

/** Ref of an action, or `<kind>/<ref>` of anything else → hash of what a metadata file says. */
export type Definitions = Readonly<Record<string, string>>

/** What is to be registered of a pack. */
export interface PackPlan {
  readonly kinds: ReadonlySet<ContentKind>
  readonly runnerTypes: ReadonlyMap<string, RunnerType>
  /**
   * What is registered already: a file that says the same as then leaves alone what users have made of its action since,
   * be it changed or removed. Empty: every file is registered.
   */
  readonly registered: Definitions
}

/**
 * Registers one pack: the pack itself and its config schema, then the kinds asked for that stand on their own. What is
 * broken is reported and does not keep the rest from being registered.
 */
export async function registerPack(deps: RegisterDeps, pack: PackOnDisk, plan: PackPlan): Promise<PackReport> {
  const { kinds } = plan
  const problems = new PackProblems(pack.ref)
  // side by side, so that what they write shares one commit
  const [itself, , overrides] = await Promise.all([
    problems.attempt('packs', join(pack.path, 'pack.yaml'), () => registerItself(deps, pack)),
    problems.attempt('packs', join(pack.path, CONFIG_SCHEMA), () => registerConfigSchema(deps, pack)),
    loadOverrides(deps, pack, problems),
  ])
  const files = await registerKinds(deps, pack, plan, { phase: 'definitions', overrides, problems })
  const actions =
    kinds.has('actions') && overrides !== null
      ? await registerActions(deps, pack, plan, { overrides, problems })
      : NO_ACTIONS
  const configFile = join(deps.configsDir, `${pack.ref}.yaml`)
  const config = kinds.has('configs')
    ? await problems.attempt('configs', configFile, () => registerConfig(deps, pack.ref, configFile))
    : null
  return {
    counts: {
      packs: itself === true ? 1 : 0,
      ...files.counts,
      ...(kinds.has('actions') ? { actions: actions.count } : {}),
      ...(kinds.has('configs') ? { configs: config === true ? 1 : 0 } : {}),
    },
    overridden: { ...files.overridden, actions: actions.overridden },
    problems: problems.found.sort((a, b) => (a.file < b.file ? -1 : 1)),
    missing: actions.missing,
    definitions: { ...files.definitions, ...actions.definitions },
  }
}

/** Registers what refers to other packs, once the definitions of all of them are there. */
export async function registerReferences(deps: RegisterDeps, pack: PackOnDisk, plan: PackPlan): Promise<PackReport> {
  const problems = new PackProblems(pack.ref)
  // a broken override file was reported with the definitions
  const overrides = await loadOverrides(deps, pack, new PackProblems(pack.ref))
  const files = await registerKinds(deps, pack, plan, { phase: 'references', overrides, problems })
  return { ...files, problems: problems.found.sort((a, b) => (a.file < b.file ? -1 : 1)), missing: [] }
}

/** Null for a broken file: it may have meant to switch something off, so nothing of the pack is registered without it. */
function loadOverrides(deps: RegisterDeps, pack: PackOnDisk, problems: PackProblems): Promise<Overrides | null> {
  return problems.attempt('actions', join(pack.path, 'actions'), () =>
    Overrides.load(deps.overridesDir, pack.ref, deps.maxMetadataSize),
  )
}

type KindsReport = Pick<PackReport, 'counts' | 'overridden' | 'definitions'>

async function registerKinds(
  deps: RegisterDeps,
  pack: PackOnDisk,
  plan: PackPlan,
  context: { phase: Registrar['phase']; overrides: Overrides | null; problems: PackProblems },
): Promise<KindsReport> {
  const { overrides, phase, problems } = context
  const wanted = deps.registrars.filter((registrar) => registrar.phase === phase && plan.kinds.has(registrar.kind))
  const reports: (readonly [Registrar, FilesReport])[] = []
  for (const registrar of overrides === null ? [] : wanted) {
    if (overrides !== null) {
      reports.push([registrar, await registerFiles(deps, registrar, pack, { overrides, plan, problems })])
    }
  }
  return {
    counts: Object.fromEntries(reports.map(([{ kind }, { count }]) => [kind, count])),
    overridden: Object.fromEntries(
      reports.flatMap(([{ overridable }, { overridden }]) => (overridable === null ? [] : [[overridable, overridden]])),
    ),
    definitions: Object.assign({}, ...reports.map(([, { definitions }]) => definitions)) as Definitions,
  }
}

const CONFIG_SCHEMA = 'config.schema.yaml'

async function registerItself(deps: RegisterDeps, pack: PackOnDisk): Promise<true> {
  if (!pack.files.includes('pack.yaml')) {
    throw new MetadataError(`Pack "${pack.ref}" is missing pack.yaml file`, {})
  }
  const file = await readMetadataFile(join(pack.path, 'pack.yaml'), deps.maxMetadataSize, 'error')
  const definition = packDefinition(file, pack.path, pack.files)
  const known = await deps.stores.packs.findByRef(definition.ref)
  const registered = { id: known?.id ?? deps.ids.next(), ...definition }
  if (known !== null && isSame(known, registered)) return true
  try {
    await deps.stores.packs.save(registered)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    throw file.fault(`the name "${definition.name}" belongs to another pack already`, ['name'], { cause: error })
  }
  return true
}

async function registerConfigSchema(deps: RegisterDeps, pack: PackOnDisk): Promise<void> {
  if (!pack.files.includes(CONFIG_SCHEMA)) return
  const path = join(pack.path, CONFIG_SCHEMA)
  const file = await readMetadataFile(path, deps.maxMetadataSize, 'map')
  if (Object.keys(file.content).length === 0) {
    throw new MetadataError(`Config schema "${path}" is empty and invalid.`, { line: 1 })
  }
  const attributes: unknown = file.content
  try {
    checkParameterDefinitions(attributes)
  } catch (error) {
    if (error instanceof ParameterDefinitionError) {
      throw file.fault(error.message, [error.parameter, ...(error.key === null ? [] : [error.key])], { cause: error })
    }
    if (error instanceof InvalidSchemaError) throw file.fault(error.message, [], { cause: error })
    throw error
  }
  const known = await deps.stores.packConfigs.findSchema(pack.ref)
  if (known !== null && isSame(known.attributes, attributes)) return
  await deps.stores.packConfigs.saveSchema(pack.ref, attributes)
}

async function registerConfig(deps: RegisterDeps, pack: string, path: string): Promise<boolean> {
  const file = await readIfThere(path, deps.maxMetadataSize)
  if (file === null) return false
  const values = { ...file.content }
  const schema = await deps.stores.packConfigs.findSchema(pack)
  if (schema !== null) {
    const problem = packConfigProblem(pack, values, schema.attributes, path)
    if (problem !== null) throw file.fault(problem.message, problem.path)
  }
  const known = await deps.stores.packConfigs.findByPack(pack)
  if (known === null || !isSame(known.values, values)) await deps.stores.packConfigs.save(pack, values)
  return true
}

async function readIfThere(path: string, maxSize: number) {
  try {
    return await readMetadataFile(path, maxSize, 'map')
  } catch (error) {
    if (isFileError(error) && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

interface ActionsReport {
  readonly count: number
  readonly overridden: number
  readonly missing: readonly MissingFile[]
  readonly definitions: Definitions
}

const NO_ACTIONS: ActionsReport = { count: 0, overridden: 0, missing: [], definitions: {} }

async function registerActions(
  deps: RegisterDeps,
  pack: PackOnDisk,
  plan: PackPlan,
  { overrides, problems }: { overrides: Overrides; problems: PackProblems },
): Promise<ActionsReport> {
  const files = pack.files.filter(isActionFile)
  const definitions = new Map<string, ActionDefinition>()
  let overridden = 0
  let count = 0
  for (const name of files) {
    const path = join(pack.path, name)
    const read = await problems.attempt('actions', path, () =>
      readAction(deps, pack, name, overrides, plan.runnerTypes),
    )
    if (read === null) continue
    const earlier = definitions.get(read.definition.ref)
    if (earlier !== undefined) {
      const message = `Action "${earlier.ref}" is also defined in "${earlier.metadata_file}"; this file wins.`
      problems.add('actions', path, message, { line: read.lineOfName() })
    }
    definitions.set(read.definition.ref, read.definition)
    count += 1
    if (read.overridden) overridden += 1
  }
  const hashes = Object.fromEntries([...definitions].map(([ref, definition]) => [ref, definitionHash(definition)]))
  const changed = [...definitions.values()].filter(({ ref }) => plan.registered[ref] !== hashes[ref])
  const known = await saveActions(deps, pack.ref, changed)
  return { count, overridden, missing: missingFiles(known, pack), definitions: hashes }
}

/** Top level of actions/ only; a file named config.yaml there was the pack's configuration once. */
function isActionFile(name: string): boolean {
  return /^actions\/[^/]+\.ya?ml$/.test(name) && !/^actions\/config\.ya?ml/.test(name)
}

async function readAction(
  deps: RegisterDeps,
  pack: PackOnDisk,
  name: string,
  overrides: Overrides,
  runnerTypes: ReadonlyMap<string, RunnerType>,
): Promise<{ definition: ActionDefinition; overridden: boolean; lineOfName: () => number | undefined }> {
  const file = await readMetadataFile(join(pack.path, name), deps.maxMetadataSize, 'error')
  const written = file.content['pack'] ?? pack.ref
  if (written !== pack.ref) {
    throw file.fault(`Model is in pack "${pack.ref}" but field "pack" is different: ${String(written)}`, ['pack'])
  }
  const { metadata, changed } = overrides.apply('actions', { ...file.content, pack: pack.ref, metadata_file: name })
  try {
    const definition = await actionDefinition(metadata, async (runner) => runnerTypes.get(runner) ?? null)
    return { definition, overridden: changed, lineOfName: () => file.fault('', ['name']).line }
  } catch (error) {
    if (!(error instanceof ActionMetadataError)) throw error
    throw file.fault(error.message, error.path, { cause: error })
  }
}

/** Writes what differs from what is registered, under the ids that are known. Answers what was registered before. */
async function saveActions(
  deps: RegisterDeps,
  pack: string,
  definitions: readonly ActionDefinition[],
): Promise<readonly Action[]> {
  const { rows: known } = await deps.stores.actions.list({ filter: { pack } })
  try {
    await deps.stores.actions.save(...changedActions(deps, known, definitions))
    return known
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    // somebody else registered the same action in between: take over its id
    const { rows: present } = await deps.stores.actions.list({ filter: { pack } })
    await deps.stores.actions.save(...changedActions(deps, present, definitions))
    return present
  }
}

function changedActions(
  deps: RegisterDeps,
  known: readonly Action[],
  definitions: readonly ActionDefinition[],
): readonly Action[] {
  const byRef = new Map(known.map((action) => [action.ref, action]))
  return definitions.flatMap((definition) => {
    const before = byRef.get(definition.ref)
    const action: Action = { id: before?.id ?? deps.ids.next(), ...definition }
    return before !== undefined && isSame(before, action) ? [] : [action]
  })
}

function missingFiles(known: readonly Action[], pack: PackOnDisk): MissingFile[] {
  const files = new Set(pack.files)
  return known
    .filter(({ metadata_file }) => metadata_file !== '' && !files.has(metadata_file))
    .map(({ ref, metadata_file }) => ({ ref, file: join(pack.path, metadata_file) }))
}

function isSame(left: unknown, right: unknown): boolean {
  return canonicalJson(left) === canonicalJson(right)
}
