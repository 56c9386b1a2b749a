import fc from 'fast-check'

const NAMES = ['t1', 't2', 't3', 'task_10', 'on', 'süd', 'echo', 't'] as const
const TARGETS = [...NAMES, 'noop', 'fail', 'gone'] as const
const VARIABLES = ['a', 'b', 'count', 'name_1', 'on'] as const

const expression = fc.constantFrom(
  '<% ctx(a) %>',
  '<% ctx().b + ctx(count) %>',
  "{{ ctx('a') }}",
  '{{ ctx().name_1 }} and t1',
  'text a b <% task_status(t1) %>',
  "<% task('t2').result %>",
  '<% succeeded() %>',
  '<% result().a %>',
  'a',
  't1',
)
const scalar = fc.oneof(
  expression,
  fc.integer({ min: 0, max: 99 }),
  fc.boolean(),
  fc.constantFrom('', 'yes', '5', "it's", 'two\nlines\n', 'x: y', '#no', null),
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('k', 'l', 'm n'), scalar, { maxKeys: 2 }) },
)
const variable = fc.constantFrom(...VARIABLES)
const assignments = fc.uniqueArray(fc.tuple(variable, value), {
  minLength: 1,
  maxLength: 3,
  selector: ([name]) => name,
})
const assigned = assignments.map((all) => all.map(([name, inner]) => ({ [name]: inner })))

const transition = fc
  .record(
    {
      when: expression,
      publish: fc.oneof(assigned, fc.constantFrom('a=1', 'a=<% result() %> b="x y"', "name_1='q'")),
      do: fc.oneof(
        fc.constantFrom(...TARGETS),
        fc.uniqueArray(fc.constantFrom(...TARGETS), { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom(...TARGETS), { minLength: 2, maxLength: 3 }).map((all) => all.join(', ')),
      ),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0)

const task = fc
  .record(
    {
      action: fc.constantFrom('core.noop', 'core.local', 'core.local cmd="date" n=1', 'core.http url=<% ctx(a) %>'),
      input: fc.oneof(fc.dictionary(fc.constantFrom('cmd', 'url', 'x'), value, { minKeys: 1, maxKeys: 3 }), expression),
      with: fc.oneof(
        fc.constantFrom('x in <% ctx(a) %>', '<% ctx(b) %>'),
        fc.record({ items: fc.constant('i in <% ctx(a) %>'), concurrency: fc.constantFrom(1, '<% ctx(b) %>') }),
      ),
      join: fc.constantFrom('all', 1, 2),
      delay: fc.constantFrom(3, '<% ctx(count) %>'),
      retry: fc.record({ when: expression, count: fc.constantFrom(2, '<% ctx(count) %>'), delay: fc.constant(1) }),
      next: fc.array(transition, { minLength: 1, maxLength: 3 }),
      unknown: fc.constant('kept'),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0)

/** Values of workflows: any fields, targets that are missing, parts that the language does not know. */
export const workflowValue = fc.record(
  {
    version: fc.constantFrom(1, '1.0'),
    description: fc.constantFrom('one', 'two\nlines\n', 'ctx(a) t1'),
    input: fc
      .uniqueArray(fc.tuple(variable, fc.boolean(), value), { minLength: 1, selector: ([name]) => name })
      .map((all) => all.map(([name, hasDefault, inner]) => (hasDefault ? { [name]: inner } : name))),
    vars: assigned,
    tasks: fc.dictionary(fc.constantFrom(...NAMES), task, { minKeys: 1, maxKeys: 5 }),
    output: assigned,
    'x-other': value,
  },
  { requiredKeys: ['tasks'] },
)
