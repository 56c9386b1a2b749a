import type { FunctionDeclaration } from '../resolution/declaration.ts'
import { FunctionLayer } from '../resolution/layer.ts'
import { AGGREGATE_FUNCTIONS } from './aggregates.ts'
import { BOOLEAN_FUNCTIONS } from './boolean.ts'
import { COLLECTION_FUNCTIONS } from './collections.ts'
import { CUTTING_FUNCTIONS } from './cutting.ts'
import { DATE_FUNCTIONS } from './dates.ts'
import { MATH_FUNCTIONS } from './math.ts'
import { QUERY_FUNCTIONS } from './queries.ts'
import { IS_REGEX, REGEX_FUNCTIONS } from './regex.ts'
import { SET_FUNCTIONS } from './sets.ts'
import { STRING_FUNCTIONS } from './strings.ts'
import { FALLBACK_FUNCTIONS, SYSTEM_FUNCTIONS } from './system.ts'

/** Every function of the language, each with its signature and a line of help. */
const STANDARD_FUNCTIONS: readonly FunctionDeclaration[] = [
  ...SYSTEM_FUNCTIONS,
  ...BOOLEAN_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  IS_REGEX,
  ...COLLECTION_FUNCTIONS,
  ...SET_FUNCTIONS,
  ...QUERY_FUNCTIONS,
  ...CUTTING_FUNCTIONS,
  ...AGGREGATE_FUNCTIONS,
  ...DATE_FUNCTIONS,
]

export const STANDARD_LAYER = new FunctionLayer(STANDARD_FUNCTIONS, new FunctionLayer(FALLBACK_FUNCTIONS), 'language')
