const TASKS = 300

/** 300 tasks in 2,000 lines: a chain with comments, conditions, publishing and inputs. */
export function largeWorkflow(): string {
  const lines = [
    'version: 1.0',
    'input:',
    '  - host',
    'vars:',
    '  - count: 0',
    'output:',
    '  - count: <% ctx(count) %>',
    'tasks:',
  ]
  for (let at = 0; at < TASKS; at++) {
    lines.push(`  # [${(at % 20) * 240}, ${Math.floor(at / 20) * 120}]`, `  task${at}:`, '    action: core.local')
    if (at % 3 === 0) lines.push('    input:', `      cmd: "echo <% ctx(host) %> ${at}"`)
    lines.push('    next:', '      - when: <% succeeded() %>')
    if (at % 3 === 0) lines.push('        publish: count=<% ctx(count) + 1 %>')
    lines.push(`        do: task${at + 1}`)
  }
  lines.push(`  task${TASKS}:`, '    action: core.noop')
  return `${lines.join('\n')}\n`
}
