import type { CommandSpec } from '../shell/command-spec.ts'

/** This project's own: upstream's client has no such command. */
export const EXPR_COMMAND: CommandSpec = {
  name: 'expr',
  summary: 'Evaluate an expression on the server, with the context of a past execution if one is named.',
  arguments: [
    {
      name: 'expression',
      takes: 'optional',
      help:
        'The expression. Without it requests are read from standard input, one JSON object a line: ' +
        '{"id", "language", "layer", "expression", "context", "execution"}.',
    },
  ],
  options: [
    {
      name: 'execution',
      flags: ['-e', '--execution'],
      takes: 'one',
      help: 'ID of an execution whose parameters, context and result the expression may name.',
    },
    {
      name: 'language',
      flags: ['-l', '--language'],
      takes: 'one',
      help: 'yaql or jinja. Default: what the delimiters say; yaql without any.',
    },
    {
      name: 'layer',
      flags: ['--layer'],
      takes: 'one',
      help:
        'orquesta: a field of a workflow; platform: a template of a parameter or a rule; plain: the language alone. ' +
        'Default: orquesta for <% %>, platform for {{ }}, else plain.',
    },
    { name: 'context', flags: ['-c', '--context'], takes: 'one', help: 'JSON object of further names.' },
  ],
  load: async () => (await import('../expression/evaluate.ts')).evaluate,
}
