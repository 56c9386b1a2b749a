import { describe, expect, it } from 'vitest'
import { DesignerEditor } from '../editor/designer-editor.ts'

const METADATA = 'name: x\nparameters:\n  # the host\n  "host": {type: string, default: "host"}\n'

/** Lines of the workflow after a rename; the reason where it is refused. */
function renamed(text: string, verb: 'rename-task' | 'rename-variable', from: string, to: string): string {
  const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
  const outcome = editor.execute({ verb, from, to })
  return outcome.allowed ? editor.state.workflow.text : outcome.reason
}

describe('the rename of a task (webui.md 17 row 7)', () => {
  it('reaches its key, every form of do, and expressions of both languages, and no plain text', () => {
    const text = `# t1 is first
description: t1 runs t1
tasks:
  # [1, 2] t1
  't1': # t1
    action: core.echo message="t1 <% task_status(t1) %>"
    next:
      - when: <% task_status('t1') = succeeded and task(t1).result.t1 %>
        publish: t1=<% task(taskId => t1) %> b="t1"
        do: t2 , t1,  t10
      - publish:
          - t1: "{{ task_status('t1') }} t1"
        do: [t1, "t1", fail]
  t2: {with: "t1 in <% task(\\"t1\\") %>", action: t1.t1, next: [{do: t1}]}
output:
  - t1: <% task_status("t1") %> <% ctx(t1) %> t1
`
    expect(renamed(text, 'rename-task', 't1', 'first')).toBe(`# t1 is first
description: t1 runs t1
tasks:
  # [1, 2] t1
  'first': # t1
    action: core.echo message="t1 <% task_status(first) %>"
    next:
      - when: <% task_status('first') = succeeded and task(first).result.t1 %>
        publish: t1=<% task(taskId => first) %> b="t1"
        do: t2 , first,  t10
      - publish:
          - t1: "{{ task_status('first') }} t1"
        do: [first, "first", fail]
  t2: {with: "t1 in <% task(\\"first\\") %>", action: t1.t1, next: [{do: first}]}
output:
  - t1: <% task_status("first") %> <% ctx(t1) %> t1
`)
  })

  it('quotes a name that would mean something else', () => {
    const text = 'tasks:\n  a:\n    action: x.y\n    next:\n      - when: <% task_status(a) %>\n        do: a\n'
    expect(renamed(text, 'rename-task', 'a', 'on')).toBe(
      "tasks:\n  'on':\n    action: x.y\n    next:\n      - when: <% task_status(on) %>\n        do: 'on'\n",
    )
    expect(renamed(text, 'rename-task', 'a', '1st')).toContain("<% task_status('1st') %>")
  })

  it('is refused for names that can not be', () => {
    const text = 'tasks:\n  a: {action: x.y}\n  b: {action: x.y}\n'
    expect(renamed(text, 'rename-task', 'a', 'b')).toBe('There is a task "b" already.')
    expect(renamed(text, 'rename-task', 'a', 'noop')).toContain('command of the engine')
    expect(renamed(text, 'rename-task', 'a', 'x-y')).toContain('only letters, digits and underscores')
    expect(renamed(text, 'rename-task', 'c', 'd')).toBe('There is no task "c".')
  })

  it('writes what is behind an anchor once', () => {
    const text = 'tasks:\n  a: &a\n    action: x.y\n    next: &n [{do: a}]\n  b: *a\n  c:\n    next: *n\n'
    expect(renamed(text, 'rename-task', 'a', 'z')).toBe(text.replace('  a: &a', '  z: &a').replace('do: a', 'do: z'))
  })

  it('says which expressions it could not read', () => {
    const editor = new DesignerEditor({
      workflow: 'tasks:\n  a: {action: x.y, delay: "<% task(a %>"}\n',
      metadata: METADATA,
    })
    expect(editor.execute({ verb: 'rename-task', from: 'a', to: 'b' })).toMatchObject({
      allowed: true,
      notes: ['This expression can not be read and stays as it is: <% task(a %>'],
    })
  })
})

describe('the rename of a variable', () => {
  const text = `input:
  - host
  - other: <% ctx(host) %> host
vars:
  - url: http://{{ ctx().host }}/host
tasks:
  host:
    action: core.http url=<% ctx(host) %> host="host"
    with: host in <% ctx().host.get(host) %>
    next:
      - when: <% ctx(host) and item(host) and task(host) %>
        publish: host=<% result().host %> x="host"
        do: host
      - publish:
          - host: >-
              one {{ ctx('host') }}
              two {{ ctx("host") }}
output:
  - a: '<% ctx("host") %> it''s'
  - host: <% ctx(host) %>
  - b: <% ctx(host) %>
`

  it('reaches where it gets its value and where expressions name it', () => {
    expect(renamed(text, 'rename-variable', 'host', 'server')).toBe(`input:
  - server
  - other: <% ctx(server) %> host
vars:
  - url: http://{{ ctx().server }}/host
tasks:
  host:
    action: core.http url=<% ctx(server) %> host="host"
    with: host in <% ctx().server.get(host) %>
    next:
      - when: <% ctx(server) and item(host) and task(host) %>
        publish: server=<% result().host %> x="host"
        do: host
      - publish:
          - server: >-
              one {{ ctx('server') }}
              two {{ ctx("server") }}
output:
  - a: '<% ctx("server") %> it''s'
  - host: <% ctx(server) %>
  - b: <% ctx(host) %>
`)
  })

  it('of an input also renames the parameter, in one step', () => {
    const editor = new DesignerEditor({ workflow: text, metadata: METADATA })
    const outcome = editor.execute({ verb: 'rename-variable', from: 'host', to: 'server' })
    expect(outcome).toMatchObject({
      notes: ['It is an input: whoever starts the workflow must give "server" from now on.'],
    })
    expect(editor.state.metadata.text).toBe(METADATA.replace('"host":', '"server":'))
    editor.undo()
    expect([editor.state.workflow.text, editor.state.metadata.text]).toEqual([text, METADATA])
  })

  it('keeps line ends and escapes', () => {
    const crlf =
      'tasks:\r\n  a:\r\n    action: "x.\\u0079 <% ctx(v) %>\\\r\n      {{ v }}"\r\n    delay: "\\x3c% ctx(v) %\\x3e"\r\nvars: [{v: 1}]'
    expect(renamed(crlf, 'rename-variable', 'v', 'w')).toBe(
      crlf.replaceAll('ctx(v)', 'ctx(w)').replace('{v: 1}', '{w: 1}'),
    )
  })

  it('is refused where the new name means something already', () => {
    expect(renamed(text, 'rename-variable', 'host', 'url')).toBe('There is a variable "url" already.')
    expect(renamed(text, 'rename-variable', 'st2', 'x')).toContain('given by the platform')
    expect(renamed(text, 'rename-variable', 'nope', 'unused')).toBe('There is no variable "nope".')
    expect(renamed(text, 'rename-variable', 'host', 'a')).toContain('There is an outcome "a"')
    expect(renamed(text, 'rename-variable', 'host', '2nd')).toContain('can not stand behind a dot')
  })
})
