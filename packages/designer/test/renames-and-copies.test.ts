import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyTasks, type DesignerEditor, findProblems } from '../src/index.ts'
import { plainWorkflow } from './expected-model.ts'
import { Chance, oddYaml } from './odd-yaml.ts'
import { workflowValue } from './random-workflow.ts'
import { openWorkflow } from './try-command.ts'

const RUNS = { seed: 40, numRuns: Number(process.env.ST2_PROPERTY_RUNS ?? 300), endOnFailure: true }

/** Names that need no quotes and are no part of other words. */
const PLAIN = /^(?:t[123]|task_10|a|b|count|name_1)$/

/** Renames there and back. @returns what differs then from the text before */
function thereAndBack(editor: DesignerEditor, verb: 'rename-task' | 'rename-variable', name: string): string[] {
  const { text } = editor.state.workflow
  if (!editor.execute({ verb, from: name, to: 'zz9' }).allowed) return []
  const renamed = editor.state.workflow.text
  const back = editor.execute({ verb, from: 'zz9', to: name })
  const after = editor.state.workflow.text
  // what an alias shares between outcomes may mean a variable in one and an outcome in another
  if (!back.allowed && back.reason.startsWith('There is an outcome')) {
    editor.undo()
    return []
  }
  return back.allowed && after === text && renamed !== text
    ? []
    : [`${name}: ${text}\n=====>\n${renamed}\n=====>\n${after}`]
}

describe('renames', () => {
  it('there and back leave a text as it was', () => {
    let done = 0
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const editor = openWorkflow(oddYaml(value, seed))
        const { tasks, input, vars } = editor.state.workflow.model
        for (const { name } of tasks.filter((task) => PLAIN.test(task.name))) {
          expect(thereAndBack(editor, 'rename-task', name)).toEqual([])
          done++
        }
        for (const { name } of [...input, ...vars].filter((entry) => PLAIN.test(entry.name))) {
          expect(thereAndBack(editor, 'rename-variable', name)).toEqual([])
          done++
        }
      }),
      RUNS,
    )
    expect(done).toBeGreaterThan(RUNS.numRuns)
  })

  it('of all tasks find as many problems as before', () => {
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const editor = openWorkflow(oddYaml(value, seed))
        const before = problemCount(editor)
        const names = editor.state.workflow.model.tasks.map(({ name }) => name)
        for (const [index, name] of names.entries())
          editor.execute({ verb: 'rename-task', from: name, to: `renamed${index}` })
        expect(problemCount(editor)).toBe(before)
      }),
      RUNS,
    )
  })
})

/** Tasks whose names are in their order sort as before. */
function problemCount(editor: DesignerEditor): number {
  return findProblems(editor.state).filter(({ kind }) => kind === 'semantic' || kind === 'syntax').length
}

describe('copies', () => {
  it('say in another workflow what they said in theirs', () => {
    let done = 0
    fc.assert(
      fc.property(workflowValue, fc.nat(), fc.boolean(), (value, seed, isEmpty) => {
        const editor = openWorkflow(oddYaml(value, seed))
        const { model } = editor.state.workflow
        const chance = new Chance(seed)
        const names = model.tasks.filter((task) => task.undrawn.length === 0 && chance.is(0.7)).map(({ name }) => name)
        if (names.length === 0) return
        const other = openWorkflow(isEmpty ? 'tasks: {}\n' : 'tasks:\n    other:\n        action: x.y\n\n# end\n')
        const outcome = other.execute({ verb: 'paste-tasks', yaml: copyTasks(model, names) })
        if (!outcome.allowed)
          throw new Error(`${outcome.reason}\n${copyTasks(model, names)}\n=====\n${editor.state.workflow.text}`)
        const expected = plainWorkflow(model).tasks.filter(({ name }) => names.includes(name))
        const pasted = plainWorkflow(other.state.workflow.model).tasks.filter(({ name }) => name !== 'other')
        expect(pasted).toEqual(expected)
        done++
      }),
      RUNS,
    )
    expect(done).toBeGreaterThan(RUNS.numRuns / 5)
  })
})
