import { describe, expect, it } from 'vitest'
import { copyTasks } from '../commands/copy-tasks.ts'
import type { DesignerCommand } from '../commands/designer-command.ts'
import { DesignerEditor } from './designer-editor.ts'

const TEXT = `version: 1.0
tasks:
  # [0, 0]
  a:
    action: core.noop
    next:
      - when: <% succeeded() %>
        do: b
      - when: <% succeeded() %>
        do: b
  # [200, 100]
  b:
    action: core.local
    input: # of b
      cmd: date
    join: all
`
const METADATA = 'name: x\nrunner_type: orquesta\nentry_point: workflows/x.yaml\n'

function open(workflow = TEXT): DesignerEditor {
  return new DesignerEditor({ workflow, metadata: METADATA })
}

function textAfter(command: DesignerCommand, workflow = TEXT): string {
  const editor = open(workflow)
  const outcome = editor.execute(command)
  return outcome.allowed ? editor.state.workflow.text : outcome.reason
}

describe('the editor', () => {
  it('writes nothing on its own (webui.md 17 row 7: layout rewritten on open)', () => {
    const editor = open('tasks:\n  a: {action: x.y}\n')
    expect(editor.state).toMatchObject({ isDirty: false, canUndo: false, lastChanges: null })
    expect(editor.state.workflow.text).toBe('tasks:\n  a: {action: x.y}\n')
  })

  it('keeps what is typed although it can not be read, and the last model', () => {
    const editor = open()
    const { model } = editor.state.workflow
    editor.type('workflow', [{ from: 0, to: 0, insert: 'x: [\n' }])
    expect(editor.state.workflow).toMatchObject({ text: `x: [\n${TEXT}`, isCurrent: false })
    expect(editor.state.workflow.model).toBe(model)
    expect(editor.state.workflow.fault).toMatchObject({ line: 3, column: 6, offset: 23 })
    const refused = editor.execute({ verb: 'add-task', name: 'c' })
    expect(refused).toEqual({
      allowed: false,
      reason: 'Line 3 of the workflow can not be read: mend it first, or undo.',
    })
    expect(editor.execute({ verb: 'set-metadata-field', field: 'description', value: 'd' }).allowed).toBe(true)
    editor.type('workflow', [{ from: 3, to: 4, insert: '[]' }])
    expect(editor.state.workflow).toMatchObject({ isCurrent: true, fault: null })
    expect(editor.execute({ verb: 'add-task', name: 'c' }).allowed).toBe(true)
    while (editor.state.canUndo) editor.undo()
    expect(editor.state.workflow.text).toBe(TEXT)
  })

  it('reads what is typed later when it is asked to, and before whatever needs it', () => {
    const editor = open()
    const { model } = editor.state.workflow
    const told: boolean[] = []
    editor.subscribe(() => told.push(editor.state.workflow.isRead))
    editor.type('workflow', [{ from: TEXT.length, to: TEXT.length, insert: '  c: {}\n' }], { reading: 'later' })
    expect(editor.state.workflow).toMatchObject({ text: `${TEXT}  c: {}\n`, isRead: false, fault: null })
    expect(editor.state.workflow.model).toBe(model)
    editor.readTyped()
    expect(editor.state.workflow).toMatchObject({ isRead: true, isCurrent: true })
    expect([...editor.state.workflow.model.taskNames.keys()]).toEqual(['a', 'b', 'c'])
    editor.readTyped()
    expect(told, 'nothing new is not told').toEqual([false, true])

    editor.type('workflow', [{ from: 0, to: 0, insert: 'x: [\n' }], { reading: 'later' })
    expect(editor.check({ verb: 'add-task', name: 'd' })).toMatchObject({ allowed: false })
    editor.undo()
    editor.type('workflow', [{ from: 0, to: 0, insert: '# d\n' }], { reading: 'later' })
    expect(editor.execute({ verb: 'add-task', name: 'c' }).allowed, 'it is there already').toBe(false)
    expect(editor.execute({ verb: 'rename-task', from: 'c', to: 'd' }).allowed).toBe(true)
    expect(editor.state.workflow).toMatchObject({ isRead: true, isCurrent: true })
    expect(editor.state.workflow.model.taskNames.has('d')).toBe(true)
    while (editor.state.canUndo) editor.undo()
    expect(editor.state.workflow.text).toBe(TEXT)
  })

  it('opens a text that can not be read', () => {
    const editor = open('tasks: {')
    expect(editor.state.workflow.model.tasks).toEqual([])
    expect(editor.state.workflow.fault?.line).toBe(1)
  })

  it('undoes steps of one group together', () => {
    const editor = open()
    for (const x of [1, 2, 3])
      editor.execute({ verb: 'move-tasks', positions: { a: { x, y: x } } }, { group: 'drag:1' })
    editor.endGroup()
    editor.execute({ verb: 'move-tasks', positions: { a: { x: 9, y: 9 } } }, { group: 'drag:1' })
    expect(editor.state.undoLabel).toBe('Move a')
    expect(editor.undo()).toEqual({ workflow: [{ from: 24, to: 30, insert: '[3, 3]' }] })
    editor.undo()
    expect(editor.state).toMatchObject({ canUndo: false, canRedo: true, isDirty: false })
    editor.redo()
    expect(editor.state.workflow.model.taskNames.get('a')?.position).toEqual({ x: 3, y: 3 })
  })

  it('tells its listeners, and keeps tasks that did not change as the same objects', () => {
    const editor = open()
    const before = editor.state
    let told = 0
    const end = editor.subscribe(() => told++)
    editor.execute({ verb: 'set-task-field', task: 'b', field: 'delay', value: 3 })
    end()
    editor.undo()
    expect(told).toBe(1)
    editor.redo()
    expect(editor.state).not.toBe(before)
    expect(editor.state.workflow.model.tasks[0]).toBe(before.workflow.model.tasks[0])
    expect(editor.state.workflow.model.tasks[1]).not.toBe(before.workflow.model.tasks[1])
  })

  it('knows what was saved', () => {
    const editor = open()
    editor.execute({ verb: 'add-task' })
    editor.markSaved()
    expect(editor.state.isDirty).toBe(false)
    editor.undo()
    expect(editor.state.isDirty).toBe(true)
    editor.reset({ workflow: TEXT, metadata: METADATA })
    expect(editor.state).toMatchObject({ isDirty: false, canUndo: false, canRedo: false })
  })

  it('takes other texts in one step, however many of them differ', () => {
    const editor = open()
    editor.execute({ verb: 'add-task', name: 'mine' })
    const mine = editor.state.workflow.text
    editor.replaceTexts({ workflow: `${TEXT}# theirs\n`, metadata: `${METADATA}enabled: true\n` })
    expect(editor.state.workflow.text).toBe(`${TEXT}# theirs\n`)
    expect(editor.state.metadata.text).toBe(`${METADATA}enabled: true\n`)
    editor.undo()
    expect([editor.state.workflow.text, editor.state.metadata.text]).toEqual([mine, METADATA])
    editor.replaceTexts({ workflow: mine, metadata: METADATA })
    expect(editor.state.redoLabel, 'the same texts are no step').toBe('Replace the text')
  })

  it('refuses to take away what others use, and says which tasks share a change', () => {
    const shared = 'tasks:\n  a: &base\n    action: x.y\n    delay: 1\n  b:\n    <<: *base\n    join: all\n'
    const editor = open(shared)
    expect(editor.execute({ verb: 'remove-tasks', names: ['a'] })).toEqual({
      allowed: false,
      reason: 'It holds "&base", which is used elsewhere as "*base": take that use away first.',
    })
    const outcome = editor.execute({ verb: 'set-task-field', task: 'a', field: 'delay', value: 2 })
    expect(outcome).toMatchObject({ allowed: true, notes: ['"b" shares what was changed, and changes with it.'] })
    expect(editor.execute({ verb: 'set-task-field', task: 'b', field: 'delay', value: null }).allowed).toBe(false)
    editor.execute({ verb: 'set-task-field', task: 'b', field: 'delay', value: 7 })
    expect(editor.state.workflow.text).toBe(
      'tasks:\n  a: &base\n    action: x.y\n    delay: 2\n  b:\n    <<: *base\n    delay: 7\n    join: all\n',
    )
  })
})

describe('transitions (webui.md 17 row 7)', () => {
  it('that are equal stay two', () => {
    const text = textAfter({ verb: 'set-transition', task: 'a', index: 1, color: '#629e47' })
    expect(text).toBe(TEXT.replace(/(do: b\n.*\n)( *)do: b/, '$1$2# #629e47\n$2do: b'))
    expect(textAfter({ verb: 'remove-transition', task: 'a', index: 0 })).toBe(
      TEXT.replace('      - when: <% succeeded() %>\n        do: b\n', ''),
    )
  })

  it('lose their condition and what they publish', () => {
    expect(textAfter({ verb: 'set-transition', task: 'a', index: 0, when: null })).toBe(
      TEXT.replace('- when: <% succeeded() %>\n        do: b', '- do: b'),
    )
    const published = TEXT.replace('do: b', 'publish: x=1\n        do: b')
    expect(textAfter({ verb: 'set-transition', task: 'a', index: 0, publish: null }, published)).toBe(TEXT)
    expect(textAfter({ verb: 'set-transition', task: 'a', index: 0, when: null, do: null })).toBe(
      'Nothing would be left of the transition: remove it instead.',
    )
  })

  it('keep the form in which they publish as long as it can say it', () => {
    const base = TEXT.replace('do: b', 'publish: x=1  y=<% result() %>\n        do: b')
    const set = (value: unknown): string =>
      textAfter(
        {
          verb: 'set-transition',
          task: 'a',
          index: 0,
          publish: [
            { name: 'x', value },
            { name: 'y', value: '<% result() %>' },
          ],
        },
        base,
      )
    expect(set('it')).toBe(base.replace('x=1', 'x="it"'))
    expect(set('both \' and "')).toContain(
      'publish:\n          - x: both \' and "\n          - y: <% result() %>\n        do: b',
    )
  })
})

describe('copied tasks (webui.md 17 row 7: copy loses data)', () => {
  it('keep everything, and their references to each other', () => {
    const editor = open()
    const yaml = copyTasks(editor.state.workflow.model, ['a', 'b'])
    const outcome = editor.execute({ verb: 'paste-tasks', yaml })
    expect(outcome).toMatchObject({ allowed: true, names: ['a_2', 'b_2'] })
    const copied = TEXT.slice(TEXT.indexOf('  # [0'))
      .replace('  a:', '  a_2:')
      .replace('  b:', '  b_2:')
      .replaceAll('do: b', 'do: b_2')
    expect(editor.state.workflow.text).toBe(
      TEXT + copied.replace('[0, 0]', '[40, 40]').replace('[200, 100]', '[240, 140]'),
    )
  })

  it('go into another workflow, whatever its indentation and line ends', () => {
    const yaml = copyTasks(open().state.workflow.model, ['b'])
    const at = { x: 5, y: 6 }
    expect(textAfter({ verb: 'paste-tasks', yaml, at }, 'tasks:\r\n    z:\r\n        action: x.y')).toBe(
      'tasks:\r\n    z:\r\n        action: x.y\r\n    # [5, 6]\r\n    b:\r\n      action: core.local\r\n      input: # of b\r\n        cmd: date\r\n      join: all',
    )
    expect(textAfter({ verb: 'paste-tasks', yaml }, 'tasks: {}\n')).toBe(
      'tasks:\n  # [200, 100]\n  b:\n    action: core.local\n    input: # of b\n      cmd: date\n    join: all\n',
    )
    expect(textAfter({ verb: 'paste-tasks', yaml: '[1' })).toContain('can not be read')
    expect(textAfter({ verb: 'paste-tasks', yaml: 'x: 1' })).toBe('What is to be pasted holds no tasks.')
  })

  it('are written out where they name what stands elsewhere', () => {
    const text = 'x: &i {cmd: date}\ntasks:\n  a:\n    action: core.local\n    input: *i\n'
    expect(copyTasks(open(text).state.workflow.model, ['a'])).toBe(
      'a:\n  action: core.local\n  input:\n    cmd: date\n',
    )
  })
})

describe('a workflow in JSON', () => {
  it('stays JSON', () => {
    const json = '{\n  "tasks": {\n    "a": {\n      "action": "core.noop"\n    }\n  }\n}\n'
    const editor = open(json)
    editor.execute({ verb: 'add-task', name: 'b', action: 'core.local', fields: { input: { cmd: 'x' } } })
    editor.execute({ verb: 'add-transition', task: 'a', do: ['b'], when: '<% failed() %>' })
    expect(JSON.parse(editor.state.workflow.text)).toEqual({
      tasks: {
        a: { action: 'core.noop', next: [{ when: '<% failed() %>', do: 'b' }] },
        b: { action: 'core.local', input: { cmd: 'x' } },
      },
    })
  })
})

describe('a new workflow', () => {
  it('grows out of nothing', () => {
    const editor = open('')
    editor.execute({ verb: 'set-workflow-field', field: 'version', value: 1.5 })
    editor.execute({ verb: 'add-task', action: 'core.local', position: { x: 1, y: 2 } })
    editor.execute({ verb: 'add-task', action: 'core.noop' })
    editor.execute({ verb: 'set-parameter', name: 'host', schema: { type: 'string' } })
    editor.execute({ verb: 'set-entry', section: 'output', name: 'done', value: '<% ctx(host) %>' })
    expect(editor.state.workflow.text).toBe(
      'version: 1.5\ninput:\n  - host\ntasks:\n  # [1, 2]\n  task1:\n    action: core.local\n  task2:\n    action: core.noop\noutput:\n  - done: <% ctx(host) %>\n',
    )
    expect(editor.state.metadata.text).toBe(`${METADATA}parameters:\n  host:\n    type: string\n`)
  })
})
