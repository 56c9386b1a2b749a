import type { TransitionTable } from './machine.ts'

/** What a workflow's status becomes. @source orquesta: orquesta/machines.py */
export const WORKFLOW_TABLE = {
  rows: [
    { events: ['workflow_requested'], to: { null: 'requested' } },
    { events: ['workflow_scheduled'], to: { null: 'scheduled', requested: 'scheduled', delayed: 'scheduled' } },
    { events: ['workflow_delayed'], to: { null: 'delayed', requested: 'delayed', scheduled: 'delayed' } },
    {
      events: ['workflow_running'],
      to: {
        null: 'running',
        requested: 'running',
        scheduled: 'running',
        delayed: 'running',
        pausing: 'running',
        paused: 'running',
        resuming: 'running',
      },
    },
    {
      events: ['workflow_running_workflow_completed', 'workflow_resuming_workflow_completed'],
      to: { paused: 'succeeded' },
    },
    {
      events: ['workflow_pausing_workflow_active', 'workflow_paused_workflow_active'],
      to: { running: 'pausing', pausing: 'pausing', resuming: 'pausing' },
    },
    {
      events: ['workflow_pausing_workflow_dormant', 'workflow_paused_workflow_dormant'],
      to: {
        requested: 'paused',
        scheduled: 'paused',
        delayed: 'paused',
        running: 'paused',
        pausing: 'paused',
        resuming: 'paused',
      },
    },
    { events: ['workflow_resuming'], to: { pausing: 'resuming', paused: 'resuming' } },
    { events: ['workflow_succeeded'], to: { running: 'succeeded' } },
    {
      events: ['workflow_failed'],
      to: {
        null: 'failed',
        requested: 'failed',
        scheduled: 'failed',
        delayed: 'failed',
        running: 'failed',
        pausing: 'failed',
        paused: 'failed',
        resuming: 'failed',
        canceling: 'failed',
        succeeded: 'failed',
      },
    },
    {
      events: [
        'workflow_canceling_workflow_active',
        'workflow_canceled_workflow_active',
        'task_canceled_workflow_active',
      ],
      to: { running: 'canceling', pausing: 'canceling', resuming: 'canceling', canceling: 'canceling' },
    },
    {
      events: ['workflow_canceling_workflow_dormant', 'workflow_canceled_workflow_dormant'],
      to: {
        requested: 'canceled',
        scheduled: 'canceled',
        delayed: 'canceled',
        running: 'canceled',
        pausing: 'canceled',
        paused: 'canceled',
        resuming: 'canceled',
        canceling: 'canceled',
      },
    },
    { events: ['task_running'], to: { paused: 'running', resuming: 'running' } },
    {
      events: ['task_pending_workflow_active'],
      to: { running: 'pausing', pausing: 'pausing', resuming: 'pausing', canceling: 'canceling' },
    },
    {
      events: [
        'task_pending_workflow_dormant',
        'task_succeeded_workflow_dormant_paused',
        'task_remediated_workflow_dormant_paused',
      ],
      to: { running: 'paused', pausing: 'paused', resuming: 'paused', canceling: 'canceled' },
    },
    { events: ['task_pausing'], to: { running: 'running' } },
    { events: ['task_paused_workflow_active'], to: { running: 'running', pausing: 'pausing', canceling: 'canceling' } },
    { events: ['task_paused_workflow_dormant'], to: { running: 'paused', pausing: 'paused', canceling: 'canceled' } },
    { events: ['task_resuming'], to: { paused: 'running' } },
    {
      events: [
        'task_succeeded_workflow_active_incomplete',
        'task_succeeded_workflow_active_completed',
        'task_remediated_workflow_active_incomplete',
        'task_remediated_workflow_active_completed',
      ],
      to: { running: 'running', pausing: 'pausing', resuming: 'running', canceling: 'canceling' },
    },
    {
      events: ['task_succeeded_workflow_active_paused', 'task_remediated_workflow_active_paused'],
      to: { running: 'pausing', pausing: 'pausing' },
    },
    { events: ['task_succeeded_workflow_active_canceled'], to: { running: 'canceling', pausing: 'pausing' } },
    {
      events: ['task_succeeded_workflow_dormant_incomplete', 'task_remediated_workflow_dormant_incomplete'],
      to: { running: 'running', pausing: 'paused', resuming: 'running', canceling: 'canceled' },
    },
    {
      events: ['task_succeeded_workflow_dormant_completed', 'task_remediated_workflow_dormant_completed'],
      to: { running: 'succeeded', pausing: 'paused', resuming: 'succeeded', canceling: 'canceled' },
    },
    {
      events: [
        'task_succeeded_workflow_dormant_canceled',
        'task_remediated_workflow_dormant_canceled',
        'task_canceled_workflow_dormant',
      ],
      to: { running: 'canceled', pausing: 'canceled', resuming: 'canceled', canceling: 'canceled' },
    },
    {
      events: ['task_failed_workflow_active'],
      to: { running: 'failed', pausing: 'failed', resuming: 'failed', canceling: 'canceling' },
    },
    {
      events: ['task_failed_workflow_dormant'],
      to: { running: 'failed', pausing: 'failed', resuming: 'failed', canceling: 'canceled' },
    },
    { events: ['task_remediated_workflow_active_canceled'], to: { running: 'canceling', pausing: 'canceling' } },
    { events: ['task_canceling'], to: { running: 'canceling', pausing: 'canceling', resuming: 'canceling' } },
    { events: ['task_retrying_workflow_active'], to: { pausing: 'pausing', canceling: 'canceling' } },
    { events: ['task_retrying_workflow_dormant'], to: { pausing: 'paused', canceling: 'canceled' } },
  ],
  final: ['canceled', 'failed'],
} satisfies TransitionTable
