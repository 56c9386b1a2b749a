import { describe, expect, it } from 'vitest'
import { WorkflowLoadError } from '../spec/load-error.ts'
import { inspectWorkflow } from './inspect-workflow.ts'
import { withoutPlaces } from './platform-format.ts'

const TASK = 'properties.tasks.patternProperties.^\\w+$'

function workflow(...lines: string[]): string {
  return ['version: 1.0', ...lines].join('\n')
}

describe('inspectWorkflow', () => {
  it('finds nothing wrong with a workflow that is right', () => {
    const text = workflow(
      'input: [host]',
      'tasks:',
      '  ping:',
      '    action: core.remote cmd=uptime hosts=<% ctx(host) %>',
      '    next:',
      '      - when: <% succeeded() %>',
      '        publish: load=<% result() %>',
      'output:',
      '  - load: <% ctx(load) %>',
    )
    expect(inspectWorkflow(text)).toEqual({})
  })

  it('runs all phases and sorts their entries by rule and place', () => {
    const text = workflow(
      'description: 5',
      'owner: ops',
      'tasks:',
      '  b:',
      '    action: core.noop',
      '    next:',
      '      - when: <% succeeded( %>',
      '        do: nowhere',
      '  a:',
      '    action: core.echo',
      '    input:',
      '      message: <% ctx().greeting %>',
      '      more: {{ ctx("__state") }}',
      '    foo: 1',
    )
      .replace('{{', '"{{')
      .replace('}}', '}}"')
      .replaceAll('"__state"', "'__state'")
    expect(withoutPlaces(inspectWorkflow(text))).toEqual({
      syntax: [
        {
          message: "Additional properties are not allowed ('owner' was unexpected)",
          spec_path: null,
          schema_path: 'additionalProperties',
        },
        { message: "5 is not of type 'string'", spec_path: 'description', schema_path: 'properties.description.type' },
        {
          message: "Additional properties are not allowed ('foo' was unexpected)",
          spec_path: 'tasks.a',
          schema_path: `${TASK}.additionalProperties`,
        },
      ],
      semantics: [
        {
          message: 'The task "nowhere" is not defined.',
          spec_path: 'tasks.b.next[0].do',
          schema_path: `${TASK}.properties.next.items.properties.do`,
        },
      ],
      expressions: [
        {
          type: 'yaql',
          expression: '<% succeeded( %>',
          message: 'Parse error: unexpected end of statement',
          spec_path: 'tasks.b.next[0].when',
          schema_path: `${TASK}.properties.next.items.properties.when`,
        },
      ],
      context: [
        {
          type: 'jinja',
          expression: "{{ ctx('__state') }}",
          message:
            'Variable "__state" that is prefixed with double underscores is considered a private variable and cannot be referenced.',
          spec_path: 'tasks.a.input',
          schema_path: `${TASK}.properties.input`,
        },
        {
          type: 'jinja',
          expression: "{{ ctx('__state') }}",
          message: 'Variable "__state" is referenced before assignment.',
          spec_path: 'tasks.a.input',
          schema_path: `${TASK}.properties.input`,
        },
        {
          type: 'yaql',
          expression: '<% ctx().greeting %>',
          message: 'Variable "greeting" is referenced before assignment.',
          spec_path: 'tasks.a.input',
          schema_path: `${TASK}.properties.input`,
        },
      ],
    })
  })

  it('says where a mistake stands in the text, more exactly than its path does', () => {
    const text = workflow(
      'vars:',
      '  - first: 1',
      '  - second:',
      '      nested: <% 1 + %>',
      'tasks:',
      '  t1:',
      '    action: core.echo message=<% nope( %>',
    )
    const { expressions } = inspectWorkflow(text)
    expect(expressions?.map(({ spec_path, place }) => [spec_path, place?.line])).toEqual([
      ['tasks.t1.input', 8],
      ['vars', 5],
    ])
  })

  it('has no places for a definition that is no text', () => {
    const { syntax } = inspectWorkflow('{"tasks": {}}')
    expect(syntax?.map(({ message }) => message)).toEqual(['{} should be non-empty'])
    expect(syntax?.[0]?.place).not.toBeUndefined()
  })

  it('takes the names of the given context for known', () => {
    const text = workflow('tasks:', '  t1:', '    action: core.echo message=<% ctx().st2.user %>')
    expect(inspectWorkflow(text).context).toHaveLength(1)
    expect(inspectWorkflow(text, { knownVariables: ['st2', 'parent'] })).toEqual({})
  })

  it('reports a variable that only one of two branches publishes, and lets a join see both', () => {
    const branches = (join: string) =>
      workflow(
        'tasks:',
        '  start:',
        '    action: core.noop',
        '    next:',
        '      - do: left, right',
        '  left:',
        '    action: core.noop',
        '    next:',
        '      - publish: side=left',
        '        do: after',
        '  right:',
        '    action: core.noop',
        '    next:',
        '      - do: after',
        '  after:',
        `    ${join}action: core.echo message=<% ctx().side %>`,
      ).replace('side=left', 'side="left"')
    expect(inspectWorkflow(branches('')).context).toHaveLength(1)
    expect(inspectWorkflow(branches('join: all\n    '))).toEqual({})
  })

  it('keeps letters of any language readable', () => {
    const text = workflow('tasks:', '  t1:', '    action: core.noop', '    größe: 1')
    expect(inspectWorkflow(text).syntax?.[0]?.message).toBe(
      "Additional properties are not allowed ('größe' was unexpected)",
    )
  })

  it('refuses what no workflow can be made of', () => {
    expect(() => inspectWorkflow('')).toThrow(WorkflowLoadError)
    expect(() => inspectWorkflow('just words')).toThrow('The spec is not type of json or yaml.')
  })

  it('ends for a ladder of branches whose paths double with every step', () => {
    const steps = Array.from({ length: 40 }, (_, at) => at)
    const text = workflow(
      'tasks:',
      ...steps.flatMap((at) => [
        `  s${at}: {action: core.noop, next: [{publish: [{l${at}: 1}], do: [x${at}]}, {publish: [{r${at}: 1}], do: [y${at}]}]}`,
        `  x${at}: {action: core.noop, next: [{do: s${at + 1}}]}`,
        `  y${at}: {action: core.noop, next: [{do: s${at + 1}}]}`,
      ]),
      `  s${steps.length}: {action: core.echo message=<% ctx().unknown %>}`,
    )
    const { context } = inspectWorkflow(text)
    expect(context?.length).toBeGreaterThan(0)
  })

  it('names the field of a text that takes too long to search', () => {
    const text = workflow(
      'tasks:',
      '  t1:',
      '    action: core.noop',
      '    next:',
      `      - when: <% ${'ctx('.repeat(20_000)} %>`,
    )
    expect(inspectWorkflow(text).context).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('limit'),
        spec_path: 'tasks.t1.next[0].when',
        place: { line: 6, column: 9 },
      }),
    ])
  })
})
