/** Recorded cases that this package answers differently on purpose, each with its reason and its own answer. */
export interface Difference {
  reason: string
  outcome: { result?: unknown; error?: [string, string] }
}

const SETS = 'JSON has no sets: a literal set becomes a list'
const BYTES = 'JSON has no bytes: refused instead of carried along'
const COMPLEX = 'JSON has no complex numbers: refused instead of carried along'
const GUESS = 'an expression that is no literal is refused without parsing all of Python'

const noBytes: Difference = { reason: BYTES, outcome: { error: ['ValueError', 'bytes are not supported'] } }
const noComplex: Difference = {
  reason: COMPLEX,
  outcome: { error: ['ValueError', 'complex numbers are not supported'] },
}

export const DIFFERENCES: Record<string, Difference> = {
  'literal "{\'a\'}"': { reason: SETS, outcome: { result: ['a'] } },
  'literal "{1, 2, 2}"': { reason: SETS, outcome: { result: [1, 2] } },
  'literal "set()"': { reason: SETS, outcome: { result: [] } },
  'literal "b\'x\'"': noBytes,
  'literal "br\'x\'"': noBytes,
  'literal "rb\'x\'"': noBytes,
  'literal "1j"': noComplex,
  'literal "[x for x in y]"': {
    reason: GUESS,
    outcome: { error: ['SyntaxError', 'invalid syntax (<unknown>, line 1)'] },
  },
  'literal "{**{}}"': { reason: GUESS, outcome: { error: ['SyntaxError', 'invalid syntax (<unknown>, line 1)'] } },
}
