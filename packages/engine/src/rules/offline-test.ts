import { KeyPathNode, MissingKeyError, platformEnvironment } from '@st2/expressions'
import { InvalidError, type Rule, ruleRequestSchema, type RuleTest } from '@st2/model'
import { isDict } from '@st2/python-values'
import { SchemaValidationError, validate } from '@st2/schema'
import { readMetadataFile } from '../content/metadata-file.ts'
import { renderRequested } from '../executions/render-parameters.ts'
import { compileRule } from './compiled-rule.ts'
import type { CriterionOutcome } from './criteria/compile-criteria.ts'
import { definitionOf } from './rule-definition.ts'
import { explainMismatch, showOutcome, triggerMismatch } from './test-outcome.ts'

/** Bytes of a rule's or an instance's file. */
const MAX_FILE_SIZE = 20_000_000

const INSTANCE = 'rule_tester_instance'

/**
 * Whether the rule in one file matches the trigger instance in another, without a server: there is no datastore, and
 * parameters are not cast.
 *
 * @param now ms since epoch
 * @throws MetadataError, InvalidError for files that hold something else
 * @source services.md 2.7
 */
export async function testRuleFiles(rulePath: string, instancePath: string, now: number): Promise<RuleTest> {
  const rule = await readRule(rulePath)
  const { trigger, payload } = await readInstance(instancePath)
  if (trigger !== rule.trigger) return triggerMismatch(rule.trigger, trigger)
  const st2kv = new KeyPathNode('st2kv', new Map())
  const outcomes: CriterionOutcome[] = []
  const { criteria } = compileRule(rule, platformEnvironment)
  const verdict = withoutDatastore(() =>
    criteria.evaluate({ payload, now, st2kv }, (outcome) => outcomes.push(outcome)),
  )
  const shown = outcomes.map(showOutcome)
  if (!verdict.isMatch) {
    return { matched: false, reason: explainMismatch(rule, INSTANCE, shown, verdict.failure), criteria: shown }
  }
  return { matched: true, criteria: shown, ...plannedAction(rule, payload, st2kv) }
}

async function readRule(path: string): Promise<Rule> {
  const { content } = await readMetadataFile(path, MAX_FILE_SIZE, 'error')
  const pack = content['pack'] ?? 'unknown'
  const request: unknown = { name: 'unknown', ...content, pack }
  try {
    validate(ruleRequestSchema, request)
  } catch (cause) {
    if (cause instanceof SchemaValidationError) throw new InvalidError(`${path}: ${cause.message}`, { cause })
    throw cause
  }
  return ruleOf(request as Parameters<typeof definitionOf>[0])
}

/** NOTE: a rule in a file counts as enabled, whatever it says. */
function ruleOf(request: Parameters<typeof definitionOf>[0]): Rule {
  const definition = definitionOf(request)
  return { id: 'rule_tester_rule', rev: 0, ...definition, enabled: true, trigger: request.trigger.type, context: {} }
}

async function readInstance(path: string): Promise<{ trigger: string; payload: Record<string, unknown> }> {
  const { content } = await readMetadataFile(path, MAX_FILE_SIZE, 'error')
  const { trigger, payload = {} } = content
  if (typeof trigger !== 'string') throw new InvalidError(`${path}: "trigger" must be the ref of a trigger`)
  if (!isDict(payload) || payload instanceof Map) throw new InvalidError(`${path}: "payload" must be a map`)
  return { trigger, payload }
}

function plannedAction(rule: Rule, payload: object, st2kv: unknown): Pick<RuleTest, 'action' | 'reason'> {
  const contexts = { trigger: payload, st2kv, action_context: {}, config_context: {} }
  const names = { contexts, environment: platformEnvironment, configSecrets: [] }
  const scope = { action: {}, runner: {}, effective: {}, names }
  try {
    const { values } = withoutDatastore(() => renderRequested(scope, rule.action.parameters))
    return { action: { ref: rule.action.ref, parameters: values } }
  } catch (error) {
    if (error instanceof InvalidError) return { reason: error.message }
    throw error
  }
}

function withoutDatastore<T>(evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (!(error instanceof MissingKeyError)) throw error
    throw new InvalidError(
      `${error.source}.${error.key} cannot be looked up without a server: name a stored rule instead`,
    )
  }
}
