import { COMPLETED_STATUSES, type WorkflowJournalView } from '@st2/model'

type JournalRow = WorkflowJournalView['events'][number]
type TaskRecord = Readonly<Record<string, unknown>>

/** An id of an action, taken apart: names of tasks hold no dots. */
interface ActionName {
  readonly task: string
  readonly route: number
  readonly run: number
  readonly item: number | null
}

interface Draft {
  readonly name: ActionName
  readonly start: string
  readonly items: Map<number, string>
  status: string
  end: string | null
}

const OVER: ReadonlySet<string> = new Set(COMPLETED_STATUSES)

/** Runs of tasks as they stood after these rows of a journal, as the workflow's view tells them. Pure. */
export function replayedTasks(rows: readonly JournalRow[]): TaskRecord[] {
  const drafts = new Map<string, Draft>()
  for (const { event, effects, timestamp } of rows) {
    if (event['type'] === 'action') acted(drafts, nameOf(event['id']), String(event['status']), timestamp)
    for (const effect of effects) if (effect['type'] === 'start') started(drafts, nameOf(effect['id']), timestamp)
  }
  const now = rows.at(-1)?.timestamp ?? null
  return [...drafts].map(([id, draft]) => recordOf(id, draft, now))
}

function nameOf(id: unknown): ActionName {
  const [task = '', route = '0', run = '0', item] = String(id).split('.')
  return { task, route: Number(route), run: Number(run), item: item === undefined ? null : Number(item) }
}

const runOf = ({ task, route, run }: ActionName) => `${task}.${route}.${run}`

function started(drafts: Map<string, Draft>, name: ActionName, timestamp: string): void {
  const known = drafts.get(runOf(name))
  const draft = known ?? { name, start: timestamp, items: new Map<number, string>(), status: 'running', end: null }
  if (name.item !== null) draft.items.set(name.item, 'running')
  drafts.set(runOf(name), draft)
}

function acted(drafts: Map<string, Draft>, name: ActionName, status: string, timestamp: string): void {
  const draft = drafts.get(runOf(name))
  if (draft === undefined) return
  if (name.item === null) {
    draft.status = status
    draft.end = OVER.has(status) ? timestamp : null
    return
  }
  draft.items.set(name.item, status)
  const statuses = [...draft.items.values()]
  const isOver = statuses.every((one) => OVER.has(one))
  draft.status = isOver ? (statuses.find((one) => one !== 'succeeded') ?? 'succeeded') : 'running'
  draft.end = isOver ? timestamp : null
}

/** @param now the time of the last row: what goes on has lasted until then */
function recordOf(id: string, { name, start, end, status, items }: Draft, now: string | null): TaskRecord {
  const ended = [...items.values()].filter((one) => OVER.has(one))
  return {
    id,
    task_id: name.task,
    task_route: name.route,
    status,
    itemized: name.item !== null,
    items_count: items.size,
    items_done: ended.length,
    items_bad: ended.filter((one) => one !== 'succeeded').length,
    start_timestamp: start,
    end_timestamp: end ?? now,
  }
}

/** What happened in a row, and what was decided, in words. Pure. */
export function rowWords({ event, effects }: JournalRow): { readonly happened: string; readonly decided: string } {
  const starts = [...new Set(effects.filter(({ type }) => type === 'start').map(({ id }) => nameOf(id).task))]
  const statuses = effects
    .filter(({ type }) => type === 'status')
    .map(({ status }) => `the workflow is ${String(status)}`)
  const decided = [...(starts.length > 0 ? [`starts ${starts.join(', ')}`] : []), ...statuses].join('; ')
  return { happened: happenedOf(event), decided }
}

function happenedOf(event: JournalRow['event']): string {
  const { task, item } = nameOf(event['id'])
  if (event['type'] === 'begin') return 'The workflow began'
  if (event['type'] === 'action')
    return `${task}${item === null ? '' : `, item ${item + 1},`} ${String(event['status'])}`
  if (event['type'] === 'request') return `${String(event['status'])} was asked for`
  if (event['type'] === 'rerun') return 'Tasks are run again'
  return 'The workflow was at fault'
}
