import {
  copyTasks,
  type DesignerCommand,
  freeTaskName,
  type Position,
  type TaskModel,
  type WorkflowModel,
} from '@st2/designer'
import { isEngineCommand } from '@st2/orquesta'
import { TASK } from '../../../widgets/workflow-graph/graph-layout.ts'
import { type Alignment, alignTasks } from '../canvas/align.ts'
import { draftGraph } from '../canvas/draft-graph.ts'
import { freePlace, GRID, inLayers, onGrid, type Places } from '../canvas/places.ts'
import { WHEN_SUCCEEDED } from '../details/conditions.ts'
import { chooseTasks, namesIn } from './chosen.ts'
import { type Designer, type Execute, newGroup } from './designer-context.ts'
import type { AddPlace } from './view-store.ts'

/** Adds a task that runs an action, with the transition that leads to it. @returns its name; null when it was refused */
export function addTask(designer: Designer, execute: Execute, action: string, place: AddPlace): string | null {
  const { editor, view } = designer
  const name = taskNameFor(action, editor.state.workflow.model)
  const options = { group: newGroup('add') }
  const position = positionFor(designer, place)
  const before = place.task === null ? undefined : editor.state.workflow.model.taskNames.get(place.task)
  const added = execute(
    {
      verb: 'add-task',
      name,
      action,
      ...(position === null ? {} : { position }),
      ...(before === undefined ? {} : { after: before.name }),
    },
    options,
  )
  if (!added.allowed) return null
  for (const command of transitionsFor(name, before, place)) execute(command, options)
  editor.endGroup()
  chooseTasks(view, [name], { panel: view.getState().panel === 'code' ? 'code' : 'chosen', said: `${name} added` })
  return name
}

function transitionsFor(name: string, before: TaskModel | undefined, { between }: AddPlace): DesignerCommand[] {
  if (before === undefined) return []
  const cut = between === undefined ? undefined : before.next[between.index]
  if (between === undefined || cut === undefined)
    return [{ verb: 'add-transition', task: before.name, when: WHEN_SUCCEEDED, do: [name] }]
  const targets =
    cut.do.length === 0 ? [name] : cut.do.map((target) => (isTarget(between.target, target) ? name : target))
  const follows = cut.do.find((target) => isTarget(between.target, target))
  const commands: DesignerCommand[] = [{ verb: 'set-transition', task: before.name, index: cut.index, do: targets }]
  if (follows !== undefined) commands.push({ verb: 'add-transition', task: name, when: WHEN_SUCCEEDED, do: [follows] })
  return commands
}

/** Boxes of commands and of what is missing have names of their own. */
function isTarget(box: string, name: string): boolean {
  return box === name || box === `?${name}` || box.startsWith(`${name}@`)
}

/** `core.send-mail` makes `send_mail`, or the next free name like it. */
function taskNameFor(action: string, model: WorkflowModel): string {
  const written = action.slice(action.lastIndexOf('.') + 1).replaceAll(/\W+/g, '_')
  const name = written === '' ? 'task' : written
  return model.taskNames.has(name) || isEngineCommand(name) ? freeTaskName(model, name) : name
}

/** null: the layout finds a place, as it does for all the others. */
function positionFor({ editor, drawn }: Designer, { task, at }: AddPlace): Position | null {
  const places = tasksOf(editor.state.workflow.model.tasks, drawn.current?.picture.places)
  if (at !== undefined) return onGrid(at)
  if (editor.state.workflow.model.tasks.every(({ position }) => position === null)) return null
  const above = task === null ? undefined : places.get(task)
  if (above !== undefined) return freePlace(places, { x: above.x, y: above.y + TASK.height + GRID * 3 })
  const lowest = Math.max(0, ...[...places.values()].map(({ y }) => y + TASK.height))
  return freePlace(places, { x: 0, y: lowest + GRID * 2 })
}

function tasksOf(tasks: readonly TaskModel[], places: Places | undefined): Places {
  return new Map(tasks.flatMap(({ name }) => [[name, places?.get(name)] as const]).filter(isPlaced))
}

function isPlaced(entry: readonly [string, Position | undefined]): entry is readonly [string, Position] {
  return entry[1] !== undefined
}

export function removeChosen({ editor, view }: Designer, execute: Execute): void {
  const { transition } = view.getState()
  if (transition !== null) {
    execute({ verb: 'remove-transition', task: transition.task, index: transition.index })
    return view.setState({ transition: null })
  }
  const names = namesIn(editor.state.workflow.model, view.getState())
  if (names.length === 0) return
  const next = neighbourOf(editor.state.workflow.model.tasks, names)
  if (execute({ verb: 'remove-tasks', names }).allowed) chooseTasks(view, next === null ? [] : [next])
}

/** What is chosen after it is gone: what led there, else what comes before it. */
function neighbourOf(tasks: readonly TaskModel[], gone: readonly string[]): string | null {
  const stays = tasks.filter(({ name }) => !gone.includes(name))
  const led = stays.find(({ next }) => next.some((transition) => transition.do.some((target) => gone.includes(target))))
  return (led ?? stays.at(-1))?.name ?? null
}

/** Moves tasks by px; what only the layout placed is written now. */
export function moveChosen({ editor, view, drawn }: Designer, execute: Execute, by: Position): void {
  const names = namesIn(editor.state.workflow.model, view.getState())
  const places = drawn.current?.picture.places
  const moved = names.flatMap((name) => {
    const place = places?.get(name)
    return place === undefined ? [] : [[name, { x: place.x + by.x, y: place.y + by.y }] as const]
  })
  if (moved.length > 0)
    execute({ verb: 'move-tasks', positions: Object.fromEntries(moved) }, { group: `nudge:${names.join()}` })
}

export function alignChosen({ editor, view, drawn }: Designer, execute: Execute, alignment: Alignment): void {
  const names = namesIn(editor.state.workflow.model, view.getState())
  const positions = alignTasks(drawn.current?.picture.places ?? new Map(), names, alignment)
  if (Object.keys(positions).length > 0) execute({ verb: 'move-tasks', positions })
}

/** Lays all of it out, and writes where it came to be. */
export function arrange({ editor, drawn }: Designer, execute: Execute): void {
  const { model } = editor.state.workflow
  const { places } = inLayers(draftGraph(model))
  const positions = Object.fromEntries(model.tasks.map(({ name }) => [name, places.get(name) ?? null]))
  execute({ verb: 'move-tasks', positions })
  // They are drawn there in the next frame.
  requestAnimationFrame(() => drawn.current?.showAll())
}

/** px below and beside what was copied. */
const BESIDE = { x: GRID * 2, y: GRID * 2 }

export function pasteTasks({ editor, view, drawn }: Designer, execute: Execute, yaml: string): boolean {
  const at = placeOfPaste({ editor, drawn })
  const outcome = execute({ verb: 'paste-tasks', yaml, ...(at === null ? {} : { at }) })
  if (!outcome.allowed) return false
  const names = outcome.names ?? []
  view.setState({ said: `${names.length} tasks pasted` })
  showNew({ view, drawn }, names)
  return true
}

function placeOfPaste({ editor, drawn }: Pick<Designer, 'editor' | 'drawn'>): Position | null {
  const { tasks } = editor.state.workflow.model
  if (tasks.every(({ position }) => position === null)) return null
  const { flow, frame, picture } = drawn.current ?? {}
  if (flow == null || frame == null) return null
  const { left, top, width, height } = frame.getBoundingClientRect()
  const middle = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 3 })
  return freePlace(picture?.places ?? new Map(), { x: middle.x - TASK.width / 2, y: middle.y })
}

/** A copy beside it, through the same text as the clipboard's. */
export function duplicateChosen({ editor, view, drawn }: Designer, execute: Execute): void {
  const { model } = editor.state.workflow
  const names = namesIn(model, view.getState())
  if (names.length === 0) return
  const corner = names.flatMap((name) => drawn.current?.picture.places.get(name) ?? [])
  const x = Math.min(...corner.map((place) => place.x))
  const y = Math.min(...corner.map((place) => place.y))
  const isPlaced = model.tasks.some(({ position }) => position !== null) && corner.length > 0
  const at = isPlaced ? { at: { x: x + BESIDE.x, y: y + TASK.height + BESIDE.y } } : {}
  const outcome = execute({ verb: 'paste-tasks', yaml: copyTasks(model, names), ...at })
  if (outcome.allowed) showNew({ view, drawn }, outcome.names ?? [])
}

function showNew({ view, drawn }: Pick<Designer, 'view' | 'drawn'>, names: readonly string[]): void {
  const last = names.at(-1)
  if (last !== undefined && drawn.current !== null) drawn.current.goTo(last, names)
  else chooseTasks(view, names)
}
