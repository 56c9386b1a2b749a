import { type Arrow, isArrow } from '../../../widgets/workflow-graph/walk.ts'
import { chooseTasks, namesIn } from '../state/chosen.ts'
import type { Designer, Execute } from '../state/designer-context.ts'
import { duplicateChosen, moveChosen, removeChosen } from '../state/task-operations.ts'
import { GRID } from './places.ts'
import { FIT } from './show-all.ts'
import type { GoTo } from '../state/drawn.ts'
import { walkGraph } from './walk-graph.ts'

export interface KeyTools {
  readonly designer: Designer
  readonly execute: Execute
  readonly goTo: GoTo
  readonly openAction: (task: string) => void
  readonly editChosen: () => void
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** What a key does on the canvas. @returns false: nothing, the key is for somebody else */
export function pressOnCanvas(press: Press, tools: KeyTools): boolean {
  const isCommand = press.ctrlKey || press.metaKey
  if (isArrow(press.key)) return isCommand ? false : walkOrMove(press.key, press, tools)
  const deed = isCommand
    ? COMMANDS[press.key.toLowerCase()]
    : press.altKey
      ? undefined
      : (KEYS[press.key] ?? ZOOMS[press.key])
  if (deed === undefined) return false
  return deed(tools, press) !== false
}

/** false: not this time. */
type Deed = (tools: KeyTools, press: Press) => boolean | void

const KEYS: Readonly<Record<string, Deed>> = {
  Enter: ({ designer, editChosen, goTo }) => {
    if (chosenTask(designer) === null) goToFirst(designer, goTo)
    else editChosen()
  },
  Tab: ({ designer }, { shiftKey }) => (shiftKey ? false : askForTask(designer)),
  Insert: ({ designer }) => askForTask(designer),
  Delete: ({ designer, execute, goTo }) => removeAndGo(designer, execute, goTo),
  Backspace: ({ designer, execute, goTo }) => removeAndGo(designer, execute, goTo),
  Escape: ({ designer }) => {
    const { chosen, transition } = designer.view.getState()
    if (chosen.length === 0 && transition === null) return false
    chooseTasks(designer.view, [])
    return true
  },
  F2: ({ designer }) => {
    const task = chosenTask(designer)
    if (task !== null) designer.view.setState({ dialog: { kind: 'rename-task', task } })
  },
  Home: ({ designer, goTo }) => goToFirst(designer, goTo),
  End: ({ designer, goTo }) => {
    const last = designer.editor.state.workflow.model.tasks.at(-1)
    if (last !== undefined) goTo(last.name)
  },
  l: ({ designer }) => {
    const task = chosenTask(designer)
    if (task !== null) designer.view.setState({ dialog: { kind: 'link', task } })
  },
  o: ({ designer, openAction }) => {
    const task = chosenTask(designer)
    if (task !== null) openAction(task)
  },
  r: ({ designer }) => designer.view.setState({ dialog: { kind: 'run' } }),
}

const ZOOMS: Readonly<Record<string, Deed>> = {
  '+': ({ designer }) => designer.drawn.current?.zoom((flow) => flow.zoomIn()),
  '=': ({ designer }) => designer.drawn.current?.zoom((flow) => flow.zoomIn()),
  '-': ({ designer }) => designer.drawn.current?.zoom((flow) => flow.zoomOut()),
  '0': ({ designer }) => designer.drawn.current?.zoom((flow) => flow.fitView(FIT)),
}

/** Copy, cut and paste come as events of the clipboard; undo, redo, save and search are the whole screen's. */
const COMMANDS: Readonly<Record<string, Deed>> = {
  a: ({ designer }) =>
    chooseTasks(
      designer.view,
      designer.editor.state.workflow.model.tasks.map(({ name }) => name),
    ),
  d: ({ designer, execute }) => duplicateChosen(designer, execute),
}

function walkOrMove(arrow: Arrow, { altKey, shiftKey }: Press, { designer, execute, goTo }: KeyTools): boolean {
  if (altKey) {
    const step = GRID * (shiftKey ? 5 : 1)
    const [x, y] = STEPS[arrow]
    moveChosen(designer, execute, { x: x * step, y: y * step })
    return true
  }
  const { drawn, editor, view } = designer
  const from = chosenTask(designer)
  if (from === null || drawn.current === null) {
    goToFirst(designer, goTo)
    return true
  }
  const next = walkGraph(drawn.current.graph, drawn.current.picture.places, from, arrow)
  if (next === null) return true
  const before = namesIn(editor.state.workflow.model, view.getState())
  goTo(next, shiftKey ? [...before.filter((name) => name !== next), next] : [next])
  return true
}

const STEPS: Readonly<Record<Arrow, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** The one that was chosen last. */
function chosenTask({ editor, view }: Designer): string | null {
  return namesIn(editor.state.workflow.model, view.getState()).at(-1) ?? null
}

function goToFirst({ editor }: Designer, goTo: KeyTools['goTo']): void {
  const first = editor.state.workflow.model.tasks[0]
  if (first !== undefined) goTo(first.name)
}

function askForTask(designer: Designer): true {
  designer.view.setState({ dialog: { kind: 'add', after: { task: chosenTask(designer) } } })
  return true
}

function removeAndGo(designer: Designer, execute: Execute, goTo: KeyTools['goTo']): void {
  removeChosen(designer, execute)
  const next = chosenTask(designer)
  if (next !== null) goTo(next)
}
