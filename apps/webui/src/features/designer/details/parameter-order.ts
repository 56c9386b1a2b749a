import type { ParameterModel } from '@st2/designer'
import { moved } from './moved.ts'

/** As callers see them: by `position`, those without one last, in the order of the file. Pure. */
export function inOrder(parameters: readonly ParameterModel[]): ParameterModel[] {
  return parameters.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The position of each after one of them was moved. Pure. @param shown in their order */
export function placesAfterMove(
  shown: readonly ParameterModel[],
  from: number,
  to: number,
): ReadonlyMap<string, number> {
  return new Map(moved(shown, from, to).map(({ name }, index) => [name, index]))
}

function placeOf({ schema }: ParameterModel): number {
  return typeof schema['position'] === 'number' ? schema['position'] : Number.MAX_SAFE_INTEGER
}
