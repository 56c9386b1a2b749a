import { compareText } from '@st2/python-values'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { BitSet } from './bit-set.ts'
import type { LiveLinks } from './live-links.ts'
import { spreadFacts } from './spread.ts'

/** Where a variable gets a value. */
export type VariableOrigin =
  | { kind: 'given' }
  | { kind: 'input' }
  | { kind: 'vars' }
  | { kind: 'publish'; task: string; transition: number }

/** A variable that a task may read. */
export interface ReachingVariable {
  name: string
  /** Whether it is there on every way to the task. */
  isCertain: boolean
  /** Everything that may have given it its value. */
  origins: VariableOrigin[]
}

export interface ReachingVariables {
  /** For a task, sorted by name; null for one that never runs. Private names are left out: no expression can read them. */
  at: (task: string) => ReachingVariable[] | null
  /** For the output: any task may have been the last one. */
  atOutput: () => ReachingVariable[]
}

interface Assignment {
  name: string
  origin: VariableOrigin
}

/** Which variables reach which tasks. */
export function reachingVariables(spec: WorkflowSpec, live: LiveLinks, given: Iterable<string>): ReachingVariables {
  const declared = declaredVariables(spec, given)
  const published = publishedVariables(live)
  const assignments = [...declared, ...published.flatMap(({ assignments: own }) => own)]
  // one fact for each name, for what is certain, and one for each assignment, for where it is from
  const names = [...new Set(assignments.map(({ name }) => name))].sort(compareText)
  const numberOf = new Map(names.map((name, number) => [name, number]))
  const factsOf = (list: readonly Assignment[], first: number): number[] =>
    list.flatMap(({ name }, at) => [numberOf.get(name) ?? 0, names.length + first + at])
  let first = declared.length
  const added = new Map<string, number[]>()
  for (const { key, assignments: own } of published) {
    added.set(key, factsOf(own, first))
    first += own.length
  }
  const size = names.length + assignments.length
  const initial = factsOf(declared, 0)
  const spread = spreadFacts(live, {
    size,
    initial,
    addedBy: ({ from, transition }) => added.get(transitionKey(from, transition)) ?? [],
  })
  const describe = (certain: BitSet, possible: BitSet): ReachingVariable[] => {
    const origins = new Map<string, VariableOrigin[]>()
    for (const [at, { name, origin }] of assignments.entries()) {
      if (!possible.has(names.length + at)) continue
      const known = origins.get(name)
      if (known === undefined) origins.set(name, [origin])
      else known.push(origin)
    }
    return [...origins]
      .map(([name, list]) => ({ name, isCertain: certain.has(numberOf.get(name) ?? 0), origins: list }))
      .sort((left, right) => compareText(left.name, right.name))
  }
  const start = BitSet.empty(size)
  for (const fact of initial) start.add(fact)
  const anywhere = start.copy()
  for (const { possible } of spread.values()) anywhere.unite(possible)
  for (const { key, task } of published) {
    if (live.isLive(task)) for (const fact of added.get(key) ?? []) anywhere.add(fact)
  }
  return {
    at: (task) => {
      const found = spread.get(task)
      return found === undefined ? null : describe(found.certain, found.possible)
    },
    atOutput: () => describe(start, anywhere),
  }
}

function declaredVariables(spec: WorkflowSpec, given: Iterable<string>): Assignment[] {
  const declared: Assignment[] = [
    ...[...given].map((name) => ({ name, origin: { kind: 'given' as const } })),
    ...spec.input.map(({ name }) => ({ name, origin: { kind: 'input' as const } })),
    ...spec.vars.map(({ name }) => ({ name, origin: { kind: 'vars' as const } })),
  ]
  return declared.filter(isReadable)
}

interface Published {
  key: string
  task: string
  assignments: Assignment[]
}

function publishedVariables(live: LiveLinks): Published[] {
  return [...live.live].flatMap((task) =>
    live.links.transitionsOf(task).map(({ index, publish }) => ({
      key: transitionKey(task, index),
      task,
      assignments: publish
        .map(({ name }): Assignment => ({ name, origin: { kind: 'publish', task, transition: index } }))
        .filter(isReadable),
    })),
  )
}

function isReadable({ name }: Assignment): boolean {
  return !name.startsWith('__')
}

function transitionKey(task: string, transition: number): string {
  return `${transition} ${task}`
}
