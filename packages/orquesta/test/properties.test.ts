import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exportConductor,
  fromJsonText,
  importConductor,
  loadWorkflow,
  snapshotConductor,
  type TaskEntry,
  toJsonText,
  WorkflowRun,
} from '../src/index.ts'
import { randomSchedule, randomWorkflow } from './random-workflows.ts'
import { ScheduledRun } from './scheduled-run.ts'

const PARAMETERS = { numRuns: 200, seed: 20_261 }

describe('a random workflow with random outcomes', () => {
  it('has ended when nothing runs: no task is active, and none is to be started', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSchedule, (definition, schedule) => {
        const scheduled = new ScheduledRun(loadWorkflow(definition), schedule).conduct()
        expect(scheduled.isEndless).toBe(false)
        const { conductor } = scheduled.run
        expect(conductor.status).toSatisfy(() => scheduled.isOver)
        // a task whose items were not all started waits for a rerun
        const waiting = (entry: TaskEntry) =>
          conductor.state.staging.find(entry.id, entry.route)?.items?.waiting(1) ?? []
        expect(conductor.state.activeEntries.filter((entry) => waiting(entry).length === 0)).toEqual([])
        expect(conductor.nextTasks()).toEqual([])
      }),
      PARAMETERS,
    )
  })

  it('goes the same way when it is saved and restored by snapshot or replayed at any point', () => {
    fc.assert(
      fc.property(
        randomWorkflow,
        randomSchedule,
        fc.array(fc.nat({ max: 2 }), { minLength: 1 }),
        (definition, schedule, ways) => {
          const spec = loadWorkflow(definition)
          const straight = new ScheduledRun(spec, schedule).conduct()
          const options = { inputs: { list: ['a', 'b'] } }
          const saved = new ScheduledRun(spec, schedule, (run, journal) => {
            const way = ways[journal.length % ways.length]
            if (way === 0) return run
            if (way === 1) return WorkflowRun.restore(spec, fromJsonText(toJsonText(run.snapshot())))
            return WorkflowRun.replay(
              spec,
              journal.map((row) => JSON.parse(JSON.stringify(row))),
              options,
            )
          }).conduct()
          expect(saved.journal).toEqual(straight.journal)
          expect(toJsonText(saved.run.snapshot())).toBe(toJsonText(straight.run.snapshot()))
        },
      ),
      { ...PARAMETERS, numRuns: 60 },
    )
  })

  it("is the same conductor after it went through upstream's serialised form", () => {
    fc.assert(
      fc.property(randomWorkflow, randomSchedule, (definition, schedule) => {
        const spec = loadWorkflow(definition)
        new ScheduledRun(spec, schedule, (run) => {
          const text = toJsonText(exportConductor(run.conductor))
          const imported = importConductor(fromJsonText(text))
          expect(toJsonText(exportConductor(imported))).toBe(text)
          expect(withoutPaths(imported)).toEqual(withoutPaths(run.conductor))
          return run
        }).conduct()
      }),
      { ...PARAMETERS, numRuns: 60 },
    )
  })

  it("goes the same way from upstream's serialised form", () => {
    fc.assert(
      fc.property(randomWorkflow, randomSchedule, (definition, schedule) => {
        const spec = loadWorkflow(definition)
        const straight = new ScheduledRun(spec, schedule).conduct()
        const moved = new ScheduledRun(spec, schedule, (run) => {
          const conductor = importConductor(fromJsonText(toJsonText(exportConductor(run.conductor))))
          return WorkflowRun.restore(spec, { ...run.snapshot(), conductor: snapshotConductor(conductor) })
        }).conduct()
        expect(moved.journal).toEqual(straight.journal)
      }),
      { ...PARAMETERS, numRuns: 50 },
    )
  })
})

/** How paths of contexts are shared is no part of what they say. */
function withoutPaths(conductor: Parameters<typeof snapshotConductor>[0]): unknown {
  const { paths: _, sequence: _sequence, staged: _staged, ...rest } = snapshotConductor(conductor)
  return rest
}
