import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Config, Engine } from '@st2/engine'
import { actionWriteRoutes } from '../api/action-writes.ts'
import { actionAliasRoutes } from '../api/action-aliases.ts'
import { aliasExecutionRoutes } from '../api/alias-executions.ts'
import { actionRoutes } from '../api/actions.ts'
import { executionChildrenRoutes } from '../api/execution-children.ts'
import { executionPartRoutes } from '../api/execution-parts.ts'
import { executionStatisticsRoutes } from '../api/execution-statistics.ts'
import { executionResultRoutes } from '../api/execution-results.ts'
import { executionRoutes } from '../api/executions.ts'
import { expressionRoutes } from '../api/expressions.ts'
import { indexDocumentRoutes } from '../api/index-document.ts'
import { openapiRoutes } from '../api/openapi.ts'
import { inquiryRoutes } from '../api/inquiries.ts'
import { keyRoutes } from '../api/keys.ts'
import { packRoutes } from '../api/packs.ts'
import { policyRoutes } from '../api/policies.ts'
import { purgeRoutes } from '../api/purges.ts'
import { ruleEnforcementRoutes } from '../api/rule-enforcements.ts'
import { ruleTypeRoutes } from '../api/rule-types.ts'
import { ruleRoutes } from '../api/rules.ts'
import { runnerTypeRoutes } from '../api/runner-types.ts'
import { sensorTypeRoutes } from '../api/sensor-types.ts'
import { timerRoutes } from '../api/timers.ts'
import { triggerInstanceRoutes } from '../api/trigger-instances.ts'
import { triggerTypeRoutes } from '../api/trigger-types.ts'
import { triggerRoutes } from '../api/triggers.ts'
import { userRoutes } from '../api/user.ts'
import { webhookRoutes } from '../api/webhooks.ts'
import { workflowRoutes } from '../api/workflows.ts'
import { tokenRoutes } from '../auth/tokens.ts'
import { collectRoutes } from '../openapi/route-table.ts'
import { executionOutputRoutes } from '../stream/execution-output.ts'
import { ExecutionTrees } from '../stream/execution-trees.ts'
import { streamSocketRoutes } from '../stream/socket.ts'
import { streamRoutes } from '../stream/stream.ts'
import { StreamHub } from '../stream/stream-hub.ts'
import { ExecutionPresenter } from '../views/execution-presenter.ts'
import { addCors } from './cors.ts'
import { NOT_FOUND, toFault } from './faults.ts'
import { addGuard } from './guard.ts'
import { healthRoutes } from './health.ts'
import { sendJson } from './json-reply.ts'
import { keepBodiesRaw } from './request-body.ts'
import { canonicalUrl } from './service-paths.ts'
import { endRefusedUpgrades, isSocketUpgrade } from './socket-upgrade.ts'
import { swallowBody } from './swallow-body.ts'
import { addWebui } from './webui.ts'

export interface AppOptions {
  readonly engine: Engine
  readonly config: Config
  readonly log: FastifyBaseLogger
  readonly version: string
  readonly webuiFolder: string
  /** Known once the server listens. */
  readonly webuiBaseUrl: () => string
  readonly apiUrl: () => string
  readonly secureCookie: boolean | null
  readonly isReady: () => boolean
}

/** The HTTP face of the server: api, auth, stream and the WebUI as one Fastify instance. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { engine, config } = options
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.server.body_limit,
    requestIdHeader: 'x-request-id',
    genReqId: () => randomUUID(),
    rewriteUrl: (request) => canonicalUrl(request.url ?? '/'),
    forceCloseConnections: true,
    http: { shouldUpgradeCallback: isSocketUpgrade },
    frameworkErrors: (error, _request, reply) => {
      const fault = toFault(error)
      void sendJson(reply, { faultstring: fault.body.faultstring.slice(0, 200) }, fault.status)
    },
    routerOptions: { maxParamLength: 1000, ignoreDuplicateSlashes: false },
  })
  keepBodiesRaw(app)
  addErrorAnswers(app)
  endRefusedUpgrades(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  addCors(app, config.api.allow_origin)
  await app.register(fastifyCookie)

  const presenter = new ExecutionPresenter(engine, options.webuiBaseUrl)
  const trees = new ExecutionTrees({ engine, maxMembers: config.stream.max_tree_executions })
  const hub = new StreamHub({
    engine,
    presenter,
    trees,
    log: options.log,
    maxClients: config.stream.max_clients,
    maxBufferedBytes: config.stream.max_buffered_bytes,
    heartbeatSeconds: config.stream.heartbeat,
  })
  app.addHook('preClose', async () => hub.close())
  const maxPageSize = config.api.max_page_size
  const limits = { maxPageSize, maxListRows: config.api.max_list_rows }
  await app.register(async (services) => {
    addGuard(services, {
      deps: engine.authenticateDeps,
      isEnabled: config.auth.enable,
      systemUser: config.system_user.user,
      cookie: { secure: options.secureCookie, sameSite: config.api.auth_cookie_same_site },
    })
    const routes = collectRoutes(services)
    healthRoutes(services, { isReady: options.isReady, probe: () => engine.probe() })
    indexDocumentRoutes(services, options.version)
    openapiRoutes(services, routes, options.version)
    userRoutes(services)
    actionRoutes(services, { engine, maxPageSize })
    actionWriteRoutes(services, { engine })
    runnerTypeRoutes(services, { engine, maxPageSize })
    packRoutes(services, { engine, maxPageSize })
    keyRoutes(services, { engine, maxPageSize, maxListRows: config.api.max_list_rows })
    ruleRoutes(services, engine, limits)
    ruleTypeRoutes(services, engine)
    ruleEnforcementRoutes(services, engine, limits)
    triggerTypeRoutes(services, engine, limits)
    triggerRoutes(services, engine)
    triggerInstanceRoutes(services, engine, limits)
    timerRoutes(services, engine)
    webhookRoutes(services, engine)
    sensorTypeRoutes(services, engine, limits)
    policyRoutes(services, engine, limits)
    actionAliasRoutes(services, engine, limits)
    aliasExecutionRoutes(services, engine, presenter)
    workflowRoutes(services, { engine, maxViewSize: config.api.max_workflow_view_size })
    inquiryRoutes(services, engine, limits)
    executionPartRoutes(services, { engine, presenter })
    executionStatisticsRoutes(services, { engine, maxCounted: config.api.max_counted_executions })
    executionResultRoutes(services, { engine, presenter })
    executionChildrenRoutes(services, { engine, presenter, ...limits })
    executionRoutes(services, { engine, presenter, maxPageSize, maxListRows: config.api.max_list_rows })
    expressionRoutes(services, { presenter, executions: engine.executions, deps: engine.evaluateDeps })
    purgeRoutes(services, { engine })
    tokenRoutes(services, { engine, apiUrl: options.apiUrl })
    streamRoutes(services, hub)
    streamSocketRoutes(services, { engine, hub, trees, config, log: options.log })
    executionOutputRoutes(services, { engine, hub })
  })
  await app.register((files) => addWebui(files, { folder: options.webuiFolder }))
  return app
}

function addErrorAnswers(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendJson(reply, NOT_FOUND.body, NOT_FOUND.status))
  app.setErrorHandler(async (error, request, reply) => {
    const fault = toFault(error)
    if (fault.status === 413) await swallowBody(request.raw)
    if (fault.status >= 500)
      request.log.error({ err: error, method: request.method, url: pathOf(request.url) }, 'request failed')
    if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
    return sendJson(reply, fault.body, fault.status)
  })
}

/** Without the query, which may hold a credential. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
