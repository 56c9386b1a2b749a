import type { Endpoints } from './endpoints.ts'
import { createHttp, type HttpOptions } from './http.ts'
import { actionAliasesResource } from './resources/action-aliases.ts'
import { actionsResource } from './resources/actions.ts'
import { authResource } from './resources/auth.ts'
import { type CollectionResource, collectionResource } from './resources/collection.ts'
import { executionsResource } from './resources/executions.ts'
import { expressionsResource } from './resources/expressions.ts'
import { inquiriesResource } from './resources/inquiries.ts'
import { keysResource } from './resources/keys.ts'
import { packsResource } from './resources/packs.ts'
import { policiesResource, policyTypesResource } from './resources/policies.ts'
import { ruleEnforcementsResource } from './resources/rule-enforcements.ts'
import { rulesResource } from './resources/rules.ts'
import { runnerTypesResource } from './resources/runner-types.ts'
import { sensorTypesResource } from './resources/sensor-types.ts'
import { triggerInstancesResource } from './resources/trigger-instances.ts'
import { triggerTypesResource } from './resources/trigger-types.ts'
import { timersResource, triggersResource, webhooksResource } from './resources/triggers.ts'
import { userResource } from './resources/user.ts'
import { workflowsResource } from './resources/workflows.ts'
import { createUrls } from './urls.ts'

export interface ClientOptions extends Endpoints, HttpOptions {}

export type RestClient = ReturnType<typeof createRestClient>

/** The REST API, typed, for browsers and for Node. */
export function createRestClient(options: ClientOptions) {
  const urls = createUrls(options)
  const http = createHttp(options)
  return {
    /** Every address, for links. */
    urls,
    actions: actionsResource(http, urls),
    executions: executionsResource(http, urls),
    inquiries: inquiriesResource(http, urls),
    workflows: workflowsResource(http, urls),
    runnerTypes: runnerTypesResource(http, urls),
    packs: packsResource(http, urls),
    keys: keysResource(http, urls),
    expressions: expressionsResource(http, urls),
    rules: rulesResource(http, urls),
    ruleEnforcements: ruleEnforcementsResource(http, urls),
    triggerTypes: triggerTypesResource(http, urls),
    triggers: triggersResource(http, urls),
    triggerInstances: triggerInstancesResource(http, urls),
    timers: timersResource(http, urls),
    webhooks: webhooksResource(http, urls),
    sensorTypes: sensorTypesResource(http, urls),
    policies: policiesResource(http, urls),
    policyTypes: policyTypesResource(http, urls),
    actionAliases: actionAliasesResource(http, urls),
    auth: authResource(http, urls),
    user: userResource(http, urls),
    /** A collection by its path, for what treats all of them alike. */
    collection: <T>(path: string): CollectionResource<T> => collectionResource<T>(http, urls, path),
  }
}
