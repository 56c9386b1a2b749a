import type { Announcement, ExecutionEvent } from '@st2/engine'
import { ANNOUNCEMENT_PREFIX, type ExecutionOutput, STREAM_EVENTS } from '@st2/model'
import type { StreamEvent } from './event-filter.ts'

const EXECUTION_EVENTS = {
  create: STREAM_EVENTS.executionCreate,
  update: STREAM_EVENTS.executionUpdate,
  delete: STREAM_EVENTS.executionDelete,
} as const

const LIVEACTION_EVENTS = {
  create: STREAM_EVENTS.liveactionCreate,
  update: STREAM_EVENTS.liveactionUpdate,
  delete: STREAM_EVENTS.liveactionDelete,
} as const

export function executionEvent({ kind, document }: ExecutionEvent): StreamEvent {
  return {
    name: EXECUTION_EVENTS[kind],
    id: document.id,
    status: document.status,
    actionRef: document.action_ref,
    executionId: document.id,
    isTopLevel: document.parent === undefined,
  }
}

/** The second record of the same thing. */
export function liveactionEvent(event: ExecutionEvent): StreamEvent {
  return {
    ...executionEvent(event),
    name: LIVEACTION_EVENTS[event.kind],
    id: event.document.liveaction_id,
    executionId: null,
  }
}

export function outputEvent(output: ExecutionOutput): StreamEvent {
  return {
    name: STREAM_EVENTS.outputCreate,
    id: output.id,
    status: null,
    actionRef: output.action_ref,
    executionId: output.execution_id,
    isTopLevel: null,
  }
}

export function announcementEvent({ route }: Announcement): StreamEvent {
  return {
    name: `${ANNOUNCEMENT_PREFIX}${route}`,
    id: null,
    status: null,
    actionRef: null,
    executionId: null,
    isTopLevel: null,
  }
}
