import type { CommandSpec, OptionSpec } from '../shell/command-spec.ts'
import { COMMON_OPTIONS, CREDENTIAL_OPTIONS } from './shared-options.ts'

const DEFINITION_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'file',
    flags: ['--file'],
    takes: 'one',
    exclusive: 'definition',
    help: 'Path of the definition on this machine.',
  },
  {
    name: 'action',
    flags: ['--action'],
    takes: 'one',
    exclusive: 'definition',
    help: 'Reference of a registered action; its definition is asked from the server.',
  },
]

export const WORKFLOW_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'inspect',
    summary: 'Inspect workflow definition and return the list of errors if any.',
    arguments: [],
    options: [...CREDENTIAL_OPTIONS, ...DEFINITION_OPTIONS],
    load: async () => (await import('../workflow/inspect.ts')).inspectWorkflow,
  },
  {
    name: 'simulate',
    summary: 'Conduct a definition with given results and without effects.',
    arguments: [],
    options: [
      ...COMMON_OPTIONS,
      ...DEFINITION_OPTIONS,
      { name: 'inputs', flags: ['-i', '--inputs'], takes: 'one', help: 'Inputs, a JSON object.' },
      {
        name: 'outcomes',
        flags: ['-o', '--outcomes'],
        takes: 'one',
        help: 'How tasks end: JSON such as {"task1": {"status": "failed", "result": 5}}, or @FILE with JSON or YAML.',
      },
      { name: 'datastore', flags: ['--datastore'], takes: 'one', help: 'Values of st2kv by key, a JSON object.' },
    ],
    load: async () => (await import('../workflow/simulate.ts')).simulateWorkflow,
  },
  {
    name: 'rehearse',
    summary: 'Try definitions against test cases.',
    arguments: [],
    options: [
      ...CREDENTIAL_OPTIONS,
      {
        name: 'base_path',
        flags: ['-p', '--base-path'],
        takes: 'one',
        required: true,
        help: 'Folder that paths in test cases start from.',
      },
      { name: 'test_spec', flags: ['-f', '--test-spec'], takes: 'one', exclusive: 'test', help: 'One test case.' },
      {
        name: 'test_spec_dir',
        flags: ['-d', '--test-spec-dir'],
        takes: 'one',
        exclusive: 'test',
        help: 'Folder of test cases.',
      },
    ],
    load: async () => (await import('../workflow/rehearse.ts')).rehearseWorkflows,
  },
]
