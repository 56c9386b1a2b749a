/**
 * Defects of upstream that lose data or never end. The platform mends them; a comparison with upstream keeps them.
 * Three more are mended always: nested publishes that leak into other contexts, branches whose publishes were lost because
 * none of their transitions held, and the retry without end of a canceled task.
 */
export const DEFECTS = {
  /** An items task whose room is not used up stays running when another task pauses or cancels the workflow. */
  'items-stall': 'a task with items hangs while the workflow pauses or cancels by another task',
  /** An action that ends although its task was pausing, paused, resuming or canceling leaves its task as it was. */
  'late-end': 'an action that ends while its task pauses, is paused, resumes or cancels leaves the task unended',
  /** An action or an item that is heard of after its task has ended: `'NoneType' object is not subscriptable`. */
  'late-event': 'an event of an action crashes when its task has ended',
  /** An expression that fails after the workflow was canceled: the event is refused. */
  'late-error': 'an error in a transition is refused when the workflow was canceled',
  /** A second arrival at an items task that runs clears its progress: items run twice, then `KeyError: 'items'`. */
  'items-restart': 'a second arrival at a running task with items starts its items again',
  /** A succeeded items task can not be rerun: `'NoneType' object has no attribute 'get'`. */
  'rerun-items': 'a succeeded task with items can not be rerun',
  /** In a rerun of the items that failed, the results of those that succeeded are null, once the task had ended. */
  'rerun-results': 'a rerun of failed items has lost the results of the others',
  /** A rerun without tasks hands out the command `fail` as if it were a task, and then crashes. */
  'rerun-fail': 'a rerun takes the command fail for a task',
  /** A request that is refused has nevertheless paused or canceled tasks with items. */
  'refused-request': 'a refused request still reaches tasks with items',
} as const

export type Defect = keyof typeof DEFECTS

const NAMES: readonly Defect[] = [
  'items-stall',
  'late-end',
  'late-event',
  'late-error',
  'items-restart',
  'rerun-items',
  'rerun-results',
  'rerun-fail',
  'refused-request',
]

/** Which defects a conductor keeps. */
export type KeptDefects = ReadonlySet<Defect>

export const NO_DEFECTS: KeptDefects = new Set()
/** As upstream has them. */
export const ALL_DEFECTS: KeptDefects = new Set(NAMES)
