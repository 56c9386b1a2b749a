/** Where the command line differs from the official client on purpose, and why. Everything else is the same to the byte. */

export interface Text {
  readonly stdout: string
  readonly stderr: string
}

interface General {
  readonly reason: string
  /** Applied to both sides before they are compared. */
  readonly normalize: (text: Text) => Text
}

const GENERAL: readonly General[] = [
  {
    reason: 'Dots tell how long one waited: one for each two seconds, not one for each question that was asked.',
    normalize: (text) => ({ ...text, stdout: text.stdout.replace(/^\.+\n/, '\n') }),
  },
  {
    reason:
      'Usage lists the commands that exist here, and options that exclude each other without brackets around them.',
    normalize: (text) => ({
      ...text,
      stderr: text.stderr.replace(/^usage: (?!st2 (?:execution \[|login))[\s\S]*?\n(?=st2)/, ''),
    }),
  },
  {
    reason: 'What runs on is timed by the clock of the test.',
    normalize: (text) => ({ ...text, stdout: text.stdout.replace(/running \(\d+s elapsed\)/, 'running') }),
  },
]

export function normalizeText({ stdout, stderr }: Text): Text {
  return GENERAL.reduce((text, general) => general.normalize(text), { stdout, stderr })
}

export interface Difference {
  readonly reason: string
  readonly exitCode?: number
  readonly stdout?: string
  /** Replaces a piece of what the official client prints. */
  readonly replace?: readonly (readonly [official: string | RegExp, ours: string])[]
  readonly stderr?: string
  /** What is sent, where the official client sends nothing. */
  readonly writes?: readonly unknown[]
}

const NO_ROW = /(\+-+\+-+\+\n\| Property         \| Value                       \|\n\+-+\+-+\+\n)/
const URL_SPELLING = 'The address in the message is the one that was asked for: no slash before the question mark.'
const NO_JSON = 'No rows are an empty list in JSON, which programs read.'
const OWN_TEXTS = 'Help has its own wording and lists the commands that exist here.'

export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'answer of a proxy': {
    reason: 'The error of the JSON parser helps nobody.',
    replace: [[/ unexpected character: line 1 column 1 \(char 0\)\n/, '']],
  },
  'execution list, bad limit': { reason: URL_SPELLING, replace: [['/executions/?', '/executions?']] },
  'execution get, chain': {
    reason: 'The result of the last task is shown once, not again at the end.',
    replace: [[/\nresult: \n(?: {2}.*\n)+$/, '\n']],
  },
  'run, colours': {
    reason: 'The status is coloured once; the official client wraps its colour in a second one that nobody sees.',
    replace: [['\u001b[93m\u001b[92msucceeded\u001b[0m\u001b[0m', '\u001b[92msucceeded\u001b[0m']],
  },
  'run, options between parameters': {
    reason: 'Options may stand between the parameters; the official client refuses what follows them.',
    exitCode: 0,
    stdout:
      "\nid: 6b0739894b3c9bb3ab8ff6fb\naction.ref: core.local\ncontext.user: st2admin\nparameters: \n  cmd: echo hi\nstatus: succeeded\nstart_timestamp: Wed, 25 Nov 2026 19:39:53 UTC\nend_timestamp: Wed, 25 Nov 2026 19:39:55 UTC\nresult: \n  failed: false\n  return_code: 0\n  stderr: ''\n  stdout: hi\n  succeeded: true\n",
    stderr: '',
    writes: [
      {
        method: 'POST',
        path: '/v1/executions',
        query: {},
        body: { action: 'core.local', parameters: { cmd: 'env' }, user: 'alice' },
      },
    ],
  },
  'run, bad boolean': {
    reason: 'The message the official client means to give; it shows an object of its parser instead.',
    stdout: 'ERROR: Invalid value for boolean parameter. Valid values are: true, false\n\n',
  },
  'run, bad object': {
    reason: 'The message names the parameter.',
    stdout:
      'ERROR: Invalid value for object parameter "o": Expected property name or \'}\' in JSON at position 1 (line 1 column 2)\n\n',
  },
  'run -h of an action with positions and names': {
    reason: 'Parameters with a position and without one can be sorted: positions first, then names.',
    replace: [
      [
        /ERROR: Unable to print help[\s\S]*$/,
        'Optional Parameters:\n    i\n        A whole number.\n        Type: integer\n        Default: 7\n\n    a\n        A list.\n        Type: array\n\n    b\n        Type: boolean\n        Default: False\n\n    c\n        A colour.\n        Type: string\n        Enum: red, green\n\n    n\n        Type: number\n\n    o\n        Type: object\n\n    pairs\n        Type: array\n\n',
      ],
    ],
  },
  'nobody answers': {
    reason: 'The address and the reason, without the internals of an HTTP library.',
    stdout:
      'ERROR: No answer from http://127.0.0.1:PORT/v1/actions?include_attributes=ref%2Cpack%2Cdescription: [Errno 111] Connection refused\n\n',
  },
  'config file, time zone': {
    reason: 'Times are moved to the zone once; the official client moves them twice and is an hour off.',
    replace: [[/2026 21:39/g, '2026 20:39']],
  },
  'config file, bad boolean': {
    reason: 'An error is reported as one, not as a stack trace.',
    stdout: 'ERROR: Not a boolean: perhaps\n\n',
    stderr: '',
  },
  'missing config file': {
    reason: 'An error is reported as one, not as a stack trace.',
    stdout: 'ERROR: Config "/none/config" not found\n\n',
    stderr: '',
  },
  'key list, unknown scope': { reason: URL_SPELLING, replace: [['/keys/?', '/keys?']] },
  'key list, another user': { reason: URL_SPELLING, replace: [['/keys/?', '/keys?']] },
  'key get, two': {
    reason: 'The second one has a name too.',
    replace: [[NO_ROW, '$1| name             | t1                          |\n']],
  },
  'key load, no text after a text': {
    reason: 'Nothing is stored before every item has been looked at.',
    writes: [],
  },
  'key load, no name': {
    reason: 'The message says what is missing, and where.',
    stdout: 'ERROR: Item 1 of file "keys.json" has no "name", or one that is not a text.\n\n',
  },
  'key load, no value': {
    reason: 'The message says what is missing, and where.',
    stdout: 'ERROR: Item \'l1\' has no "value".\n\n',
  },
  'key load, no object': {
    reason: 'The message says what is wrong, and where.',
    stdout: 'ERROR: Item 1 of file "keys.json" is not an object.\n\n',
  },
  'rule list, empty -j': { reason: NO_JSON, stdout: '[]\n' },
  'timer list, bad type': {
    reason: `${URL_SPELLING} Attributes are named, as in every other list.`,
    replace: [
      ['/timers/?timer_type=x', '/timers?include_attributes=id%2Cuid%2Cpack%2Cname%2Ctype%2Cparameters&timer_type=x'],
    ],
  },
  'action-alias match, attributes': {
    reason: 'Formats need not be texts; the official client fails at those that are none.',
    exitCode: 0,
    stdout: [
      '+------------------+----------------------+',
      '| ref              | formats              |',
      '+------------------+----------------------+',
      "| default.orcalias | ['orc run {{cmd}}',  |",
      "|                  | {'display': 'orc hi  |",
      "|                  | <who>',              |",
      "|                  | 'representation':    |",
      "|                  | ['orc hi             |",
      "|                  | {{who=you}}']}]      |",
      '+------------------+----------------------+',
      '',
    ].join('\n'),
  },
  'usage: unknown command': {
    reason: 'The commands that exist here.',
    stderr:
      "st2: error: argument parser: invalid choice: 'frobnicate' (choose from 'run', 'action', 'action-alias', 'auth', 'login', 'whoami', 'expr', 'execution', 'inquiry', 'key', 'pack', 'policy', 'policy-type', 'rule', 'rule-enforcement', 'runner', 'sensor', 'timer', 'trigger', 'trigger-instance', 'workflow', 'webhook')\n",
  },
}

/** Help texts: only where they are printed, how they begin and the exit code are compared. */
export const HELP_CASES: Readonly<Record<string, string>> = {
  'usage: no arguments': OWN_TEXTS,
  'usage: branch alone': OWN_TEXTS,
}
