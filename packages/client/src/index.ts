/** Bindings of the REST API and the stream, for browsers and for Node. */
export { ApiError, MalformedAnswerError, UnreachableError } from './api-error.ts'
export { type Client, createClient } from './create-client.ts'
export { type ClientOptions, createRestClient, type RestClient } from './create-rest-client.ts'
export { type Endpoints, endpointsBehind, endpointsOnPorts } from './endpoints.ts'
export { DEFAULT_TIMEOUT_MS, type RequestOptions, type Secret, type SecretSource } from './http.ts'
export type { FreeListQuery, List, ListQuery } from './list.ts'
export type { ActionAliasesResource, ActionAliasHelpQuery, ActionAliasListQuery } from './resources/action-aliases.ts'
export type { ActionAtRevision, ActionListQuery, ActionsResource, SaveOptions } from './resources/actions.ts'
export { basicAuthorization } from './resources/auth.ts'
export type { CollectionResource } from './resources/collection.ts'
export {
  type CancelAnswer,
  EXECUTION_FILTER_TYPES,
  type ExecutionAttribute,
  type ExecutionChildrenQuery,
  type ExecutionFilters,
  type ExecutionFilterType,
  type ExecutionGetQuery,
  type ExecutionListQuery,
  type ExecutionsResource,
  type ExecutionStatisticsQuery,
  type ExecutionUpdate,
  type OutputType,
} from './resources/executions.ts'
export type { ResultLines } from './resources/execution-results.ts'
export type { InquiriesResource, InquiryListQuery } from './resources/inquiries.ts'
export type { KeyGetQuery, KeyListQuery, KeyPlaceQuery, KeysResource, ShownKeyValuePair } from './resources/keys.ts'
export type { PackListQuery, PacksResource, PackText } from './resources/packs.ts'
export type {
  PoliciesResource,
  PolicyListQuery,
  PolicyTypeListQuery,
  PolicyTypesResource,
} from './resources/policies.ts'
export type { RuleEnforcementListQuery, RuleEnforcementsResource } from './resources/rule-enforcements.ts'
export type { RuleListQuery, RulesResource } from './resources/rules.ts'
export type { RunnerTypeListQuery, RunnerTypesResource } from './resources/runner-types.ts'
export type { SensorTypeListQuery, SensorTypesResource } from './resources/sensor-types.ts'
export type {
  ReEmitAnswer,
  TriggerInstanceListQuery,
  TriggerInstancesResource,
} from './resources/trigger-instances.ts'
export type { TriggerTypeListQuery, TriggerTypesResource } from './resources/trigger-types.ts'
export type {
  TimersResource,
  TimerType,
  TriggerListQuery,
  TriggersResource,
  WebhooksResource,
} from './resources/triggers.ts'
export type { WorkflowEvaluationRequest, WorkflowsResource } from './resources/workflows.ts'
export type { CurrentUser } from './resources/user.ts'
export {
  type BackOff,
  type ConnectionState,
  DEFAULT_BACK_OFF,
  StreamEndedError,
} from './stream/connection.ts'
export { DEFAULT_SILENCE_MS, type EventsOptions, type StreamItem } from './stream/events.ts'
export { type OutputItem, type OutputOptions } from './stream/output.ts'
export {
  type SocketAddress,
  SocketClosedError,
  type SocketItem,
  type SocketLike,
  type SocketSubscription,
  StreamSocket,
  type StreamSocketOptions,
} from './stream/socket.ts'
export { MAX_MESSAGE_CHARACTERS, StreamSilentError } from './stream/server-sent-events.ts'
export type { Query, QueryValue, ResultUrlOptions, Urls } from './urls.ts'
