import { DEFAULT_STREAM_EVENTS, isCompleted, isExecutionStatus } from '@st2/model'

/** What one event of the stream is about; its body is built for those who want it. */
export interface StreamEvent {
  readonly name: string
  /** Id and status of its body; null where that has none. */
  readonly id: string | null
  readonly status: string | null
  /** Reference of the action it is about; null: about none. */
  readonly actionRef: string | null
  /** Execution it is about; null: about none, or a liveaction, which has no execution id. */
  readonly executionId: string | null
  /** Whether nobody but a user or a rule asked for that execution; null: the event does not say. */
  readonly isTopLevel: boolean | null
}

export interface StreamFilter {
  readonly wants: (event: StreamEvent) => boolean
  /** Whether this event is the last one the client asked for. */
  readonly ends: (event: StreamEvent) => boolean
}

export interface StreamRequest {
  readonly events: readonly string[] | undefined
  readonly actionRefs: readonly string[] | undefined
  readonly executionIds: readonly string[] | undefined
  readonly endEvent: string | undefined
  readonly endExecutionId: string | undefined
}

/** @source rest-api.md 11.1 */
export function streamFilter(request: StreamRequest): StreamFilter {
  const names = (request.events ?? DEFAULT_STREAM_EVENTS).map(globPattern)
  const actionRefs = request.actionRefs === undefined ? null : new Set(request.actionRefs)
  const executionIds = request.executionIds === undefined ? null : new Set(request.executionIds)
  return {
    wants: (event) =>
      names.some((name) => name.test(event.name)) &&
      (actionRefs === null || (event.actionRef !== null && actionRefs.has(event.actionRef))) &&
      (executionIds === null || (event.executionId !== null && executionIds.has(event.executionId))),
    ends: (event) =>
      event.name === request.endEvent &&
      request.endExecutionId !== undefined &&
      event.id === request.endExecutionId &&
      isExecutionStatus(event.status) &&
      isCompleted(event.status),
  }
}

/** Shell style: `*`, `?` and `[…]`. Event names are short, and a pattern has no nested repetition. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\[!/g, '[^')
  try {
    return new RegExp(`^${source}$`)
  } catch {
    // An unclosed bracket matches itself, as fnmatch does.
    return new RegExp(`^${source.replace(/[[\]]/g, '\\$&')}$`)
  }
}
