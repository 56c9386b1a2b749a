import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines, readWorkflow, spanOfTask } from '../src/index.ts'
import { Chance, oddYaml } from './odd-yaml.ts'
import { randomCommand } from './random-command.ts'
import { workflowValue } from './random-workflow.ts'
import { openWorkflow, sayAgain, tryCommand } from './try-command.ts'

/** More of them are for a search by hand: each is a few commands over texts that no two runs write alike. */
const RUNS = { seed: 30, numRuns: Number(process.env.ST2_PROPERTY_RUNS ?? 300), endOnFailure: true }

const root = join(import.meta.dirname, '../../..')

/** Every workflow of the packs, and the definitions whose runs were recorded from upstream. */
function corpus(): string[] {
  const files = globSync('packs/*/actions/workflows/**/*.yaml', { cwd: root })
  const recorded = readFileSync(join(root, 'packages/orquesta/conformance/runs.jsonl'), 'utf8').split('\n')
  const specs = recorded.filter((line) => line !== '').map((line) => specOf(JSON.parse(line)))
  return [...files.map((file) => readFileSync(join(root, file), 'utf8')), ...new Set(specs)].filter(isMapping)
}

function specOf(recorded: { spec?: unknown }): string {
  return typeof recorded.spec === 'string' ? recorded.spec : ''
}

function isMapping(text: string): boolean {
  return openWorkflow(text).state.workflow.model.tasks.length > 0
}

describe('commands', () => {
  const texts = corpus()

  it('do what they say and nothing else over workflows of any layout, and are undone exactly', () => {
    const done = new Map<string, number>()
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const text = oddYaml(value, seed)
        const editor = openWorkflow(text)
        const chance = new Chance(seed + 1)
        for (let step = 0; step < 4; step++) {
          const verb = tryCommand(editor, chance)
          if (verb !== null) done.set(verb, (done.get(verb) ?? 0) + 1)
        }
        while (editor.state.canUndo) editor.undo()
        return editor.state.workflow.text === text && !editor.state.isDirty
      }),
      RUNS,
    )
    expect(done.size).toBe(16)
    expect(Math.min(...done.values())).toBeGreaterThan(RUNS.numRuns / 50)
  })

  it('do so over every workflow of the packs and of upstream', () => {
    expect(texts.length).toBeGreaterThan(100)
    let done = 0
    for (const [index, text] of texts.entries()) {
      const editor = openWorkflow(text)
      const chance = new Chance(index)
      for (let step = 0; step < 8; step++) if (tryCommand(editor, chance) !== null) done++
      while (editor.state.canUndo) editor.undo()
      expect(editor.state.workflow.text).toBe(text)
    }
    expect(done).toBeGreaterThan(texts.length * 2)
  })

  it('change nothing when they say what is said already', () => {
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        expect(sayAgain(openWorkflow(oddYaml(value, seed)))).toEqual([])
      }),
      RUNS,
    )
    expect(texts.flatMap((text) => sayAgain(openWorkflow(text)))).toEqual([])
  })

  it('leave every line alone that does not belong to the task they are about', () => {
    let done = 0
    fc.assert(
      fc.property(workflowValue, fc.nat(), (value, seed) => {
        const text = oddYaml(value, seed, 'no anchors')
        const editor = openWorkflow(text)
        const command = randomCommand(editor.state.workflow.model, new Chance(seed + 7))
        if (!('task' in command) || !editor.execute(command).allowed) return
        done++
        const own = linesOfTask(text, command.task)
        const changed = diffLines(text, editor.state.workflow.text).filter(({ kind }) => kind === 'removed')
        expect(changed.filter(({ oldLine }) => oldLine === null || oldLine < own.first || oldLine > own.last)).toEqual(
          [],
        )
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 2 },
    )
    expect(done).toBeGreaterThan(RUNS.numRuns / 4)
  })
})

function linesOfTask(text: string, name: string): { first: number; last: number } {
  const model = readWorkflow(text)
  const span = spanOfTask(model, name) ?? { from: 0, to: 0 }
  const { lines } = model.source
  return { first: lines.lineAt(span.from) + 1, last: lines.lineAt(span.to) + 1 }
}
