import type { TaskModel } from '@st2/designer'
import type { Action, ParameterSchemas } from '@st2/model'
import type { ActionParameters } from '@st2/orquesta'
import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionOverview } from '../../../api/actions.ts'

/** Actions whose parameters are asked for at once; larger workflows are checked without the rest. */
const MAX_ASKED = 80

/** What the actions take that the tasks run, by reference, as far as it is known. */
export function useActionParameters(tasks: readonly TaskModel[]): ReadonlyMap<string, ActionParameters> {
  const key = [...new Set(tasks.flatMap(({ action }) => (isRef(action) ? [action] : [])))]
    .sort()
    .slice(0, MAX_ASKED)
    .join(' ')
  const refs = useMemo(() => key.split(' ').filter(Boolean), [key])
  return useQueries({
    queries: refs.map((ref) => ({ ...actionOverview(ref), retry: false })),
    combine: parametersByRef,
  })
}

function parametersByRef(results: readonly UseQueryResult<Action>[]): ReadonlyMap<string, ActionParameters> {
  return new Map(
    results.flatMap(({ data }) => (data === undefined ? [] : [[data.ref, parametersOf(data.parameters)] as const])),
  )
}

function parametersOf(schemas: ParameterSchemas): ActionParameters {
  const entries = Object.entries(schemas)
  return {
    known: entries.map(([name]) => name),
    required: entries.flatMap(([name, { required, default: preset }]) =>
      required === true && preset === undefined ? [name] : [],
    ),
  }
}

function isRef(action: string | null): action is string {
  return action !== null && /^[\w.-]+\.[\w.-]+$/.test(action)
}
