import {
  PLATFORM_FUNCTIONS,
  type PlatformFunction,
  TEMPLATE_ONLY,
  WORKFLOW_ALIASES,
} from '../platform/function-table.ts'

/** The platform's functions as workflows know them: without those of templates alone, with their second names. */
export function platformFunctionsOfWorkflows(): PlatformFunction[] {
  const own = PLATFORM_FUNCTIONS.filter(({ name }) => !TEMPLATE_ONLY.has(name))
  const aliases = Object.entries(WORKFLOW_ALIASES).flatMap(([alias, name]) =>
    own.filter((declaration) => declaration.name === name).map((declaration) => ({ ...declaration, name: alias })),
  )
  return [...own, ...aliases]
}
