/** Recorded cases that are answered differently on purpose, each with its reason and the answer given instead. */
export interface Difference {
  reason: string
  outcome: { result?: unknown; error?: [string, string] }
}

export const DIFFERENCES: Record<string, Difference> = {
  'template strict: {% macro m(a, a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}': {
    reason: 'upstream fails in the Python it generates; the parser finds the mistake and its place',
    outcome: { error: ['TemplateSyntaxError', "duplicate argument 'a' in a macro"] },
  },
  "template strict: {% autoescape true %}{{ ('<' | safe) ~ '<' }}{% endautoescape %}": {
    reason: 'upstream joins constants before it knows that one is safe; the same with names gives what is given here',
    outcome: { result: '<&lt;' },
  },
  "template strict: {% autoescape yes %}{{ '<' }}{% endautoescape %}": {
    reason: 'upstream forgets to escape constants where a value decides whether to escape; names are escaped there too',
    outcome: { result: '&lt;' },
  },
  'names strict: {% set x | replace(a, b) %}{{ c }}{% endset %}{{ x }}': {
    reason: "upstream's analysis breaks on names in the filters of a set block",
    outcome: { result: ['a', 'b', 'c'] },
  },
}
