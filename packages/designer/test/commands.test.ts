import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyChanges,
  DesignerEditor,
  diffLines,
  invertChanges,
  readWorkflow,
  type WorkflowModel,
} from '../src/index.ts'
import { isSameValue } from '../src/yaml-edits/same-value.ts'
import { expectedWorkflow, plainWorkflow } from './expected-model.ts'
import { Chance, oddYaml } from './odd-yaml.ts'
import { randomCommand } from './random-command.ts'
import { workflowValue } from './random-workflow.ts'

const RUNS = { seed: Number(process.env.SEED ?? 30), numRuns: Number(process.env.ST2_PROPERTY_RUNS ?? 300), endOnFailure: true }
const METADATA = 'name: x\nparameters:\n  a: {type: string}\n'

const root = join(import.meta.dirname, '../../..')
const files = globSync('packs/*/actions/workflows/**/*.yaml', { cwd: root }).map((path) => join(root, path))

/** One command, its effect compared with what it must be, undone and redone. @returns whether it was done */
function tryCommand(editor: DesignerEditor, chance: Chance): string | null {
  const before = editor.state
  const text = before.workflow.text
  const command = randomCommand(before.workflow.model, chance)
  const verdict = editor.check(command)
  expect(editor.state).toBe(before)
  const outcome = editor.execute(command)
  expect(outcome.allowed).toBe(verdict.allowed)
  if (!outcome.allowed) {
    expect(editor.state).toBe(before)
    expect(outcome.reason).not.toBe('')
    return null
  }
  const after = editor.state
  const where = `\n${JSON.stringify(command)}\n${text}\n=====>\n${after.workflow.text}`
  const isShared = /[&*]a\d|<</.test(text)
  const expected = expectedWorkflow(plainWorkflow(before.workflow.model), command)
  if (expected !== null && !isShared) expect(plainWorkflow(after.workflow.model), where).toEqual(expected)
  expect(after.workflow.isCurrent, where).toBe(true)
  const changes = outcome.changes?.workflow ?? []
  expect(applyChanges(text, changes)).toBe(after.workflow.text)
  expect(applyChanges(after.workflow.text, invertChanges(text, changes))).toBe(text)
  if (changes.length > 0) {
    editor.undo()
    expect(editor.state.workflow.text).toBe(text)
    expect(editor.state.metadata.text).toBe(before.metadata.text)
    editor.redo()
    expect(editor.state.workflow.text).toBe(after.workflow.text)
  }
  return command.verb
}

describe('commands', () => {
  it('do what they say and nothing else over workflows of any layout, and are undone exactly', () => {
    const done = new Map<string, number>()
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const editor = new DesignerEditor({ workflow: oddYaml(value, seed), metadata: METADATA })
        const first = editor.state.workflow.text
        expect(editor.state.workflow.fault, first).toBe(null)
        const chance = new Chance(seed + 1)
        for (let step = 0; step < 4; step++) {
          const verb = tryCommand(editor, chance)
          if (verb !== null) done.set(verb, (done.get(verb) ?? 0) + 1)
        }
        while (editor.state.canUndo) editor.undo()
        expect(editor.state.workflow.text).toBe(first)
        expect(editor.state.isDirty).toBe(false)
      }),
      RUNS,
    )
    for (const [verb, count] of done) expect(count, verb).toBeGreaterThan(RUNS.numRuns / 50)
    expect(done.size).toBe(16)
  })

  it('do so over every workflow of the packs', () => {
    expect(files.length).toBeGreaterThan(50)
    for (const [index, file] of files.entries()) {
      const text = readFileSync(file, 'utf8')
      const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
      const chance = new Chance(index)
      for (let step = 0; step < 30; step++) tryCommand(editor, chance)
      while (editor.state.canUndo) editor.undo()
      expect(editor.state.workflow.text).toBe(text)
    }
  })

  it('change nothing when they say what is said already', () => {
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const text = oddYaml(value, seed)
        const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
        sayAgain(editor, editor.state.workflow.model)
        expect(editor.state.workflow.text).toBe(text)
      }),
      { ...RUNS, numRuns: RUNS.numRuns / 3 },
    )
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
      sayAgain(editor, editor.state.workflow.model)
      expect(editor.state.workflow.text).toBe(text)
    }
  })

  it('leave every line alone that does not belong to the task they are about', () => {
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const text = oddYaml(value, seed)
        if (/[&*]a\d/.test(text)) return
        const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
        const chance = new Chance(seed + 7)
        const command = randomCommand(editor.state.workflow.model, chance)
        if (!('task' in command) || !editor.execute(command).allowed) return
        const own = linesOfTask(editor.state.workflow.model, text, command.task)
        for (const { kind, oldLine, text: line } of diffLines(text, editor.state.workflow.text)) {
          if (kind !== 'removed' || oldLine === null) continue
          expect(own, `${JSON.stringify(command)}: ${line}\n${text}\n=====>\n${editor.state.workflow.text}`).toContain(
            oldLine,
          )
        }
      }),
      RUNS,
    )
  })
})

function linesOfTask(_: WorkflowModel, text: string, name: string): number[] {
  const model = readWorkflow(text)
  const { tree, lines } = model.source
  const tasks = tree.root?.kind === 'map' ? tree.root.pairs.find((pair) => pair.name === 'tasks')?.value : undefined
  const pair = tasks?.kind === 'map' ? tasks.pairs.find((one) => one.name === name) : undefined
  if (pair === undefined) return []
  const [first, last] = [lines.lineAt(pair.start), lines.lineAt(pair.end)]
  return Array.from({ length: last - first + 1 }, (_unused, at) => first + at + 1)
}

function sayAgain(editor: DesignerEditor, model: WorkflowModel): void {
  for (const task of model.tasks) {
    const { name, position } = task
    const fields = {
      action: task.action,
      input: task.input,
      with: task.with,
      join: task.join,
      delay: task.delay,
      retry: task.retry,
    }
    for (const [field, value] of Object.entries(fields)) {
      if (value === null || value === '' || (field === 'input' && isSameValue(value, []))) continue
      expectSame(editor, { verb: 'set-task-field', task: name, field: field as 'action', value })
    }
    if (position !== null) expectSame(editor, { verb: 'move-tasks', positions: { [name]: position } })
    for (const { index, when, publish, do: names, color } of task.next) {
      const all = { when, publish: publish.length > 0 ? publish : null, do: names.length > 0 ? names : null, color }
      const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
      expectSame(editor, { verb: 'set-transition', task: name, index, ...given })
    }
  }
  for (const { name, hasDefault, default: value } of model.input) {
    expectSame(editor, { verb: 'set-entry', section: 'input', name, ...(hasDefault ? { value } : {}) })
  }
  for (const section of ['vars', 'output'] as const) {
    for (const { name, value } of model[section]) expectSame(editor, { verb: 'set-entry', section, name, value })
  }
}

function expectSame(editor: DesignerEditor, command: Parameters<DesignerEditor['execute']>[0]): void {
  const { text } = editor.state.workflow
  editor.execute(command)
  expect(editor.state.workflow.text, JSON.stringify(command)).toBe(text)
}
