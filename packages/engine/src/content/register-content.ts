import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { InvalidError, type PackFingerprint, type RunnerManifest, type RunnerType } from '@st2/model'
import type { ContentStores } from './content-stores.ts'
import { kindsOf } from './content-types.ts'
import { endUnfinishedEdit } from './end-unfinished-edit.ts'
import type { OverridableKind } from './overrides.ts'
import type { FoundPacks, PackFiles, PackFolder } from './pack-files.ts'
import { packFingerprint } from './pack-fingerprint.ts'
import {
  type PackOnDisk,
  type PackPlan,
  type PackReport,
  type RegisterDeps,
  registerPack,
  registerReferences,
} from './register-pack.ts'
import type { Registrar } from './registrar.ts'
import { CONTENT_KINDS, type ContentKind, type RegistrationReport } from './registration-report.ts'

export interface RegistrationDeps extends RegisterDeps {
  readonly packFiles: PackFiles
}

export interface RegistrationOptions {
  /** Names as `POST /packs/register` has them. Default: everything. */
  readonly types?: readonly string[] | undefined
  /** Default: every pack on the search path. */
  readonly packs?: readonly string[] | undefined
  /**
   * `changed`: packs whose files are as they were at the last registration are left alone, and so is what users changed
   * about them since. `all`: everything is read again.
   */
  readonly read: 'changed' | 'all'
  readonly onProgress?: (done: number, total: number, pack: string) => void
}

/**
 * Registers the packs on disk. Nothing is ever deleted: what is gone from disk stays registered and is told.
 *
 * @throws InvalidError an unknown type, or a named pack that is not on disk
 * @source packs-and-runners.md 1.13
 */
export async function registerContent(
  deps: RegistrationDeps,
  options: RegistrationOptions,
): Promise<RegistrationReport> {
  const kinds = kindsOf(options.types)
  const found = await deps.packFiles.findPacks()
  const packs = selectPacks(found, options.packs, deps.packFiles.basePaths)
  const runnerTypes = await runnerTypesByName(deps.stores)
  const fingerprints = await deps.stores.fingerprints.all()
  const basis = basisOf(runnerTypes)
  const isEverything = kindsOf(undefined).size === kinds.size

  const reports: PackReport[] = []
  const read: ReadPack[] = []
  for (const [index, folder] of packs.entries()) {
    options.onProgress?.(index, packs.length, folder.ref)
    const pack = await onDisk(deps, folder)
    if (!('files' in pack)) {
      reports.push(pack)
      continue
    }
    if (!holdsContent(pack, deps.registrars)) continue
    const fingerprint = await packFingerprint(pack.path, pack.files, siteFiles(deps, pack.ref), basis)
    const known = fingerprints.get(pack.ref)
    if (options.read === 'changed' && known?.fingerprint === fingerprint) {
      reports.push({ ...NOTHING_READ, counts: known.counts })
      continue
    }
    const registered = options.read === 'changed' ? (known?.definitions ?? {}) : {}
    const plan = { kinds, runnerTypes, registered }
    read.push({ pack, plan, known, fingerprint, definitions: await registerPack(deps, pack, plan) })
  }
  const unchangedPacks = reports.filter(({ problems }) => problems.length === 0).length
  const learnt: PackFingerprint[] = []
  for (const { pack, plan, known, fingerprint, definitions } of read) {
    const report = merged(definitions, await registerReferences(deps, pack, plan))
    reports.push(report)
    learnt.push(learntFrom(report, known, { ref: pack.ref, fingerprint, isEverything }))
  }
  await deps.stores.fingerprints.save(...learnt)
  options.onProgress?.(packs.length, packs.length, '')
  return summary(reports, { kinds, runnerTypes, unchangedPacks, notices: noticesOf(found, fingerprints) })
}

/** A pack whose definitions are registered, and whose references wait for those of the others. */
interface ReadPack {
  readonly pack: PackOnDisk
  readonly plan: PackPlan
  readonly known: PackFingerprint | undefined
  readonly fingerprint: string
  readonly definitions: PackReport
}

const NOTHING_READ: PackReport = { counts: {}, overridden: {}, problems: [], missing: [], definitions: {} }

function merged(first: PackReport, second: PackReport): PackReport {
  return {
    counts: { ...first.counts, ...second.counts },
    overridden: { ...first.overridden, ...second.overridden },
    problems: [...first.problems, ...second.problems],
    missing: [...first.missing, ...second.missing],
    definitions: { ...first.definitions, ...second.definitions },
  }
}

/** Registers the runners; those that are known keep their id and a user's own choice of `enabled`. */
export function registerRunnerTypes(
  deps: { stores: ContentStores },
  manifests: readonly RunnerManifest[],
): Promise<void> {
  return deps.stores.runnerTypes.register(manifests)
}

function selectPacks(
  found: FoundPacks,
  wanted: readonly string[] | undefined,
  basePaths: readonly string[],
): readonly PackFolder[] {
  if (wanted === undefined || wanted.length === 0) return found.packs
  return [...new Set(wanted)].map((ref) => {
    const pack = found.packs.find((one) => one.ref === ref)
    if (pack !== undefined) return pack
    throw new InvalidError(
      `Pack "${ref}" not found on disk: Directory "${join(basePaths[0] ?? '', ref)}" doesn't exist`,
    )
  })
}

async function runnerTypesByName(stores: ContentStores): Promise<ReadonlyMap<string, RunnerType>> {
  const { rows } = await stores.runnerTypes.list()
  return new Map(rows.map((runnerType) => [runnerType.name, runnerType]))
}

/** What the registration of any pack depends on: the parameters of the runners, and which kinds there are. */
function basisOf(runnerTypes: ReadonlyMap<string, RunnerType>): string {
  const runners = [...runnerTypes.values()].map(({ name, runner_parameters }) => [name, runner_parameters])
  return createHash('sha256')
    .update(JSON.stringify([runners, CONTENT_KINDS]))
    .digest('hex')
}

async function onDisk(deps: RegistrationDeps, folder: PackFolder): Promise<PackOnDisk | PackReport> {
  try {
    await endUnfinishedEdit(deps.stores, folder)
    return { ...folder, files: await deps.packFiles.listFiles(folder.path) }
  } catch (error) {
    const isFileError = error instanceof Error && 'syscall' in error
    if (!isFileError && !(error instanceof InvalidError)) throw error
    const problem = { kind: 'packs', pack: folder.ref, file: folder.path, message: error.message } as const
    return { ...NOTHING_READ, problems: [problem] }
  }
}

/** A folder without a manifest and without content is not meant to be a pack. */
function holdsContent(pack: PackOnDisk, registrars: readonly Registrar[]): boolean {
  const folders = ['actions', ...registrars.map(({ folder }) => folder)]
  return pack.files.some((file) => file === 'pack.yaml' || folders.some((folder) => file.startsWith(`${folder}/`)))
}

function siteFiles(deps: RegisterDeps, pack: string): string[] {
  return [
    join(deps.configsDir, `${pack}.yaml`),
    join(deps.overridesDir, '_global.yaml'),
    join(deps.overridesDir, `${pack}.yaml`),
  ]
}

/**
 * What the next registration may rely on. Where something went wrong, or only some kinds were asked for, the pack is read
 * again then; which definitions it holds is kept all the same.
 */
function learntFrom(
  report: PackReport,
  known: PackFingerprint | undefined,
  facts: { ref: string; fingerprint: string; isEverything: boolean },
): PackFingerprint {
  const isSound = report.problems.length === 0
  const before = known?.definitions ?? {}
  // A file that could not be read may hold what was registered before.
  const definitions = isSound && facts.isEverything ? report.definitions : { ...before, ...report.definitions }
  if (isSound && facts.isEverything) {
    return { id: facts.ref, fingerprint: facts.fingerprint, counts: definedCounts(report), definitions }
  }
  const fingerprint = isSound ? (known?.fingerprint ?? '') : ''
  return { id: facts.ref, fingerprint, counts: known?.counts ?? definedCounts(report), definitions }
}

function definedCounts(report: PackReport): Record<string, number> {
  return Object.fromEntries(Object.entries(report.counts).filter(([, count]) => count !== undefined))
}

function noticesOf(found: FoundPacks, fingerprints: ReadonlyMap<string, PackFingerprint>): string[] {
  const onDiskRefs = new Set(found.packs.map(({ ref }) => ref))
  return [
    ...found.shadowed.map(
      ({ ref, path }) => `Pack "${ref}" at "${path}" is ignored: it was found earlier on the search path`,
    ),
    ...[...fingerprints.keys()]
      .filter((ref) => !onDiskRefs.has(ref))
      .map((ref) => `Pack "${ref}" is registered, but its folder is not on the search path any more`),
  ]
}

function summary(
  reports: readonly PackReport[],
  facts: {
    kinds: ReadonlySet<ContentKind>
    runnerTypes: ReadonlyMap<string, RunnerType>
    unchangedPacks: number
    notices: readonly string[]
  },
): RegistrationReport {
  const sum = (kind: ContentKind) =>
    kind !== 'packs' && !facts.kinds.has(kind)
      ? 0
      : reports.reduce((total, { counts }) => total + (counts[kind] ?? 0), 0)
  const counts = Object.fromEntries(CONTENT_KINDS.map((kind) => [kind, sum(kind)])) as Record<ContentKind, number>
  return {
    counts: { ...counts, runners: facts.kinds.has('runners') ? facts.runnerTypes.size : 0 },
    overridden: overriddenIn(reports),
    unchangedPacks: facts.unchangedPacks,
    problems: reports.flatMap(({ problems }) => problems),
    missing: reports.flatMap(({ missing }) => missing),
    notices: facts.notices,
  }
}

function overriddenIn(reports: readonly PackReport[]): RegistrationReport['overridden'] {
  const total = (kind: OverridableKind) => reports.reduce((sum, { overridden }) => sum + (overridden[kind] ?? 0), 0)
  return { sensors: total('sensors'), actions: total('actions'), rules: total('rules'), aliases: total('aliases') }
}
