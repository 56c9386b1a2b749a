import { InvalidError, type PackRegisterRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { Log } from '../ports/log.ts'
import { countersOf } from './content-types.ts'
import type { OneAtATime } from './one-at-a-time.ts'
import { type RegistrationDeps, registerContent } from './register-content.ts'
import { describeProblem, type RegistrationReport } from './registration-report.ts'

export interface RegisterPacksDeps extends RegistrationDeps {
  readonly turns: OneAtATime
  readonly log: Log
}

/** Problems that an answer tells; the log has all of them. */
const MAX_TOLD_PROBLEMS = 100

/** How many of each kind asked for are registered, under upstream's names; `problems` only where there are any. */
export type RegisteredPacks = Readonly<Record<string, number | readonly string[]>>

/**
 * Registers packs because somebody asks: every file is read again and wins over what was changed over the API.
 *
 * @throws InvalidError an unknown type or pack; something broken, unless `fail_on_failure` is false. What could be
 * registered is registered all the same
 * @source rest-api.md 9.8, packs-and-runners.md 1.13
 */
export function registerPacks(
  deps: RegisterPacksDeps,
  principal: Principal,
  request: PackRegisterRequest,
): Promise<RegisteredPacks> {
  return deps.turns.run(async () => {
    const report = await registerContent(deps, { types: request.types, packs: request.packs, read: 'all' })
    const counts = countsOf(report, request.types)
    deps.log.info({ user: principal.user, packs: request.packs, counts }, 'packs registered')
    for (const problem of report.problems) deps.log.warn({ problem }, describeProblem(problem))
    const [first, ...more] = report.problems
    if (first !== undefined && request.fail_on_failure !== false) {
      throw new InvalidError(describeProblem(first) + (more.length === 0 ? '' : ` (and ${more.length} more problems)`))
    }
    return report.problems.length === 0 ? counts : { ...counts, problems: toldProblems(report) }
  })
}

function toldProblems({ problems }: RegistrationReport): string[] {
  const told = problems.slice(0, MAX_TOLD_PROBLEMS).map(describeProblem)
  const untold = problems.length - told.length
  return untold === 0 ? told : [...told, `and ${untold} more problems, which the log tells`]
}

function countsOf(report: RegistrationReport, types: readonly string[] | undefined): Record<string, number> {
  const found: Readonly<Record<string, number>> = report.counts
  const counts = Object.fromEntries(countersOf(types).map((counter) => [counter, found[counter] ?? 0]))
  const overridden = Object.entries(report.overridden).filter(([, count]) => count > 0)
  return { ...counts, ...Object.fromEntries(overridden.map(([kind, count]) => [`${kind}(overridden)`, count])) }
}
