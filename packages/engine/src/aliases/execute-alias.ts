import { type ActionAlias, type ExecutionDocument, InvalidError, NotFoundError } from '@st2/model'
import { repr } from '@st2/python-values'
import type { Principal } from '../access/principal.ts'
import { effectiveParameters } from '../content/effective-parameters.ts'
import { prepareExecution, type RequestDeps } from '../executions/request-execution.ts'
import type { ActionAliasStore } from './action-alias-store.ts'
import { AliasFormat, type AliasParameters } from './alias-format.ts'
import { formatEntries } from './format-entries.ts'
import type { AliasMatcher } from './match-alias.ts'

export interface ExecuteAliasDeps {
  readonly aliases: ActionAliasStore
  readonly matcher: AliasMatcher
  readonly requestDeps: RequestDeps
}

/** What somebody said somewhere. */
export interface Saying {
  readonly command: string
  readonly user: string
  readonly sourceChannel: string
  readonly sourceContext?: Readonly<Record<string, unknown>> | undefined
  readonly notificationChannel?: string | undefined
  readonly notificationRoute?: string | undefined
}

export interface AliasExecution {
  readonly alias: ActionAlias
  readonly execution: ExecutionDocument
}

/** Steps that the regular expression of one format may take. */
const MAX_STEPS = 2_000_000
/** Steps between two looks at the count. */
const STEPS_PER_CALL = 25
/** Executions that one command may ask for, where a format matches several times. */
const MAX_OCCURRENCES = 100

/**
 * Runs the action of an alias with what a command gives for one of its formats.
 *
 * @throws NotFoundError, InvalidError with upstream's texts
 * @source services.md 6.3; rest-api.md 9.4
 */
export async function executeAlias(
  deps: ExecuteAliasDeps,
  principal: Principal,
  name: string,
  format: string,
  saying: Saying,
): Promise<AliasExecution> {
  const { rows } = await deps.aliases.list({ filter: { name }, limit: 1 })
  const [alias] = rows
  if (alias === undefined) throw new NotFoundError(`Unable to find the ActionAliasDB instance. ${repr({ name })}`)
  if (!alias.enabled) throw new InvalidError(`Action alias with name "${name}" is disabled.`)
  if (!formatEntries(alias).some(({ representation }) => representation === format)) {
    throw new InvalidError(`Format string "${format}" is not available on the alias "${name}"`)
  }
  const extraction = limited(format).extract(saying.command)
  if (extraction.kind === 'refused') throw new InvalidError(extraction.reason)
  return runOne(deps, principal, alias, extraction.parameters, saying)
}

/** Runs what a command means; several executions when its format matches several times. */
export async function matchAndExecute(
  deps: ExecuteAliasDeps,
  principal: Principal,
  saying: Saying,
): Promise<AliasExecution[]> {
  const { actionalias, representation } = deps.matcher.match(await deps.aliases.listEnabled(), saying.command)
  const entry = formatEntries(actionalias).find((one) => one.representation === representation)
  const occurrences = entry?.isMultiple === true ? limited(representation).extractAll(saying.command) : null
  if (occurrences === null) {
    return [await executeAlias(deps, principal, actionalias.name, representation, saying)]
  }
  if (occurrences.length > MAX_OCCURRENCES) {
    throw new InvalidError(`The command matches ${occurrences.length} times, more than ${MAX_OCCURRENCES}.`)
  }
  const executions: AliasExecution[] = []
  for (const parameters of occurrences) {
    executions.push(await runOne(deps, principal, actionalias, parameters, saying))
  }
  return executions
}

function limited(format: string): AliasFormat {
  let left = MAX_STEPS
  return new AliasFormat(format, () => {
    left -= STEPS_PER_CALL
    if (left < 0) throw new InvalidError(`The command takes more than ${MAX_STEPS} steps to match.`)
  })
}

/** What was said is data; what the alias itself adds may be templates. */
async function runOne(
  { requestDeps }: ExecuteAliasDeps,
  principal: Principal,
  alias: ActionAlias,
  parameters: AliasParameters,
  saying: Saying,
): Promise<AliasExecution> {
  const { immutable_parameters: immutable, action_ref } = alias
  const overridden = Object.keys(parameters).filter((name) => name in immutable)
  if (overridden.length > 0) throw new InvalidError(`Immutable arguments cannot be overriden: ${repr(overridden)}`)
  const document = await prepareExecution(requestDeps, principal, {
    action: action_ref,
    parameters: immutable,
    earlier: { values: await splitLists(requestDeps, action_ref, parameters), secret: [] },
    cause: {
      action_alias_ref: { id: alias.id, name: alias.name },
      // Nobody's items of the datastore are meant when nobody is named.
      ...(saying.user === '' ? {} : { api_user: saying.user }),
      source_channel: saying.sourceChannel,
    },
    notify: notifyOf(saying),
  })
  await requestDeps.executions.insert(document)
  requestDeps.wakeScheduler(document)
  return { alias, execution: document }
}

async function splitLists(
  { actions, runnerTypes }: RequestDeps,
  ref: string,
  parameters: AliasParameters,
): Promise<Record<string, unknown>> {
  const action = await actions.findByRef(ref)
  if (action === null) throw new NotFoundError(`Action "${ref}" cannot be found.`)
  const runner = await runnerTypes.findByName(action.runner_type)
  const schemas = effectiveParameters(runner?.runner_parameters ?? {}, action.parameters)
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const isList = schemas[name]?.type === 'array' && !value.trimStart().startsWith('[')
      return [name, isList ? value.split(',').map((item) => item.trim()) : value]
    }),
  )
}

function notifyOf({ user, sourceChannel, sourceContext, ...saying }: Saying): Record<string, unknown> {
  return {
    'on-complete': {
      routes: [saying.notificationRoute ?? saying.notificationChannel ?? null],
      data: { user, source_channel: sourceChannel, source_context: sourceContext ?? null },
    },
  }
}
